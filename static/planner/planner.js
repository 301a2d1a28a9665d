// Comfort on top of a page that works without it: nothing here is needed to get a plan.
// A request that failed is said aloud; htmx leaves the page as it was.
for (const [event, words] of [
  ["htmx:responseError", "The plan could not be updated. Your input is still here: press Show the plan to try again."],
  ["htmx:sendError", "The planner cannot be reached. Your input is still here: try again when the connection is back."],
  ["htmx:timeout", "The plan took too long. Your input is still here: press Show the plan to try again."],
]) {
  document.addEventListener(event, () => {
    document.getElementById("trouble").textContent = words;
  });
}

document.documentElement.classList.add("scripted");

document.addEventListener("click", (event) => {
  if (event.target.closest(".print")) window.print();
});

// What was opened stays open when the part around it is replaced, and the answer says by a mark that it changed.
let open = new Set();
let lead = "";
const answer = () => document.getElementById("plan-title");

document.addEventListener("htmx:beforeRequest", () => {
  open = new Set([...document.querySelectorAll("details[open][id]")].map((part) => part.id));
  lead = answer()?.textContent;
});

document.addEventListener("htmx:afterRequest", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (answer() && lead !== answer().textContent) {
    answer().classList.add("changed");
    setTimeout(() => answer()?.classList.remove("changed"), 1500);
  }
});

// The same words are not announced twice.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const region = event.detail.target;
  if (region.id === "announce" && region.textContent === event.detail.fragment.textContent) event.preventDefault();
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
