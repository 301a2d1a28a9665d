// Comfort that all pages with htmx share: nothing here is needed to read a page or to send a form.
document.documentElement.classList.add("scripted");

// A request that failed is said aloud; htmx leaves the page as it was. What was being done stands in the page.
for (const [event, words] of [
  ["htmx:responseError", (what, answer) => session(answer) || `${what.subject} could not be updated. ${what.again}`],
  ["htmx:sendError", (what) => `The site cannot be reached. ${what.offline}`],
  ["htmx:timeout", (what) => `${what.subject} took too long. ${what.again}`],
]) {
  document.addEventListener(event, ({ detail }) => {
    const region = document.getElementById("trouble");
    region.textContent = words(region.dataset, detail.xhr);
    if (detail.xhr?.status === 401 && region.dataset.signIn) region.append(" ", signIn(region.dataset.signIn));
  });
}

// What a session that ended has to do with it. With a new session the page gets its token, so that it can send again.
function session(answer) {
  if (answer.status === 401) return "Your session ended, your input is still here.";
  const token = answer.status === 403 && answer.getResponseHeader("X-CSRFToken");
  if (!token) return "";
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  return "You have signed in since this page was opened, and your input is still here: send it again.";
}

function signIn(address) {
  const link = Object.assign(document.createElement("a"), { href: address, target: "_blank" });
  link.textContent = "Sign in in a new window, then send it again here.";
  return link;
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
