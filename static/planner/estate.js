// Comfort of the estate's tables on top of pages that work without it.

// A click anywhere in a row opens it, as its link does.
document.addEventListener("click", (event) => {
  const row = event.target.closest("table.rows tbody tr");
  if (!row || event.target.closest("a, button, input, select, label, form form")) return;
  if (!window.getSelection().toString()) row.querySelector("a.open")?.click();
});

// Escape leaves the form of a row as Cancel does.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.target.closest?.("tr.editing")?.querySelector(".cancel")?.click();
});

// One tick for all rows of the page.
document.addEventListener("change", (event) => {
  if (event.target.id !== "tick-all") return;
  for (const tick of document.querySelectorAll('table.rows input[name="row"]')) tick.checked = event.target.checked;
});
