// Comfort of the quick planner on top of a page that works without it.
// The answer says by a mark that it changed.
let lead = "";
const answer = () => document.getElementById("plan-title");

document.addEventListener("htmx:beforeRequest", () => {
  lead = answer()?.textContent;
});

document.addEventListener("htmx:afterRequest", () => {
  if (answer() && lead !== answer().textContent) {
    answer().classList.add("changed");
    setTimeout(() => answer()?.classList.remove("changed"), 1500);
  }
});

// A network's new name shows at once where networks are chosen.
document.addEventListener("input", (event) => {
  const number = /^n(\d+)-name$/.exec(event.target.id)?.[1];
  if (!number) return;
  for (const option of document.querySelectorAll(`select[name$="-network"] option[value="${number}"]`))
    option.textContent = event.target.value;
  for (const option of document.querySelectorAll(`select[name$="-kms"] option[value="via${number}"]`))
    option.textContent = `Those of ${event.target.value}`;
});
