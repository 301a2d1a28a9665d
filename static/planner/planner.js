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

// An estate that is too long for the address stays with the page's entry in the history of the browser: it is there
// again after a reload and on the way back, in this tab only.
const form = () => document.getElementById("estate");

function keep() {
  if (document.getElementById("too-long").hidden) return;
  const typed = new FormData(form());
  typed.delete("csrfmiddlewaretoken");
  history.replaceState({ estate: new URLSearchParams(typed).toString() }, "");
}

// A link to a place in the page makes an entry of its own.
document.addEventListener("htmx:afterRequest", keep);
window.addEventListener("hashchange", keep);

function restore(estate) {
  const typed = new FormData();
  for (const [name, text] of new URLSearchParams(estate)) typed.append(name, text);
  typed.set("do", "restore");
  htmx.ajax("POST", form().getAttribute("action"), { target: "#estate", swap: "outerHTML", values: typed });
}

// A link to the bare address starts with nothing, though the browser may keep the entry for it.
if (performance.getEntriesByType("navigation")[0].type === "navigate") history.replaceState(null, "");
else if (history.state?.estate) restore(history.state.estate);
