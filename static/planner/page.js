// Comfort that all pages with htmx share: nothing here is needed to read a page or to send a form.
document.documentElement.classList.add("scripted");

// A request that failed is said aloud; htmx leaves the page as it was. What was being done stands in the page.
for (const [event, words] of [
  ["htmx:responseError", (what) => `${what.subject} could not be updated. ${what.again}`],
  ["htmx:sendError", (what) => `The site cannot be reached. ${what.offline}`],
  ["htmx:timeout", (what) => `${what.subject} took too long. ${what.again}`],
]) {
  document.addEventListener(event, () => {
    const region = document.getElementById("trouble");
    region.textContent = words(region.dataset);
  });
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".print")) window.print();
});

// What was opened stays open when the part around it is replaced.
let open = new Set();

document.addEventListener("htmx:beforeRequest", () => {
  open = new Set([...document.querySelectorAll("details[open][id]")].map((part) => part.id));
});

document.addEventListener("htmx:afterRequest", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
});

// The same words are not announced twice.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const region = event.detail.target;
  if (region.id === "announce" && region.textContent === event.detail.fragment.textContent) event.preventDefault();
});
