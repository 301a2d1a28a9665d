// The product field as a combobox: suggests while typing, with product group and support, by arrow keys or pointer.
// Without it the browser's own list of the same products is used.
const MOST = 50;
const list = document.createElement("ul");
list.id = "product-list";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Products");

const products = [...document.querySelectorAll("#products option")].map((option) => ({
  name: option.value,
  about: option.dataset.about,
  text: option.value.toLowerCase(),
}));

const field = (event) => (event.target.matches?.("input.product") ? event.target : null);
const options = () => [...list.children];
const active = () => list.querySelector("[aria-selected=true]");

function matches(typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length || products.some((product) => product.text === typed.trim().toLowerCase())) return [];
  return products.filter((product) => words.every((word) => product.text.includes(word))).slice(0, MOST);
}

function entry(product, number) {
  const option = document.createElement("li");
  option.id = `product-${number}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  const about = document.createElement("span");
  about.className = "muted";
  about.textContent = product.about;
  option.append(`${product.name} `, about);
  option.dataset.name = product.name;
  return option;
}

function close(input) {
  list.remove();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-controls");
  input.removeAttribute("aria-activedescendant");
}

function show(input) {
  const found = matches(input.value);
  if (!found.length) return close(input);
  list.replaceChildren(...found.map(entry));
  input.parentElement.append(list);
  input.setAttribute("aria-expanded", "true");
  input.setAttribute("aria-controls", list.id);
  input.removeAttribute("aria-activedescendant");
}

function point(input, option) {
  active()?.setAttribute("aria-selected", "false");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function choose(input, option) {
  input.value = option.dataset.name;
  close(input);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(input, step) {
  if (!list.isConnected) show(input);
  const all = options();
  const next = all.indexOf(active()) + step;
  if (all.length) point(input, all.at(next < 0 && step < 0 ? -1 : next % all.length));
}

document.addEventListener("focusin", (event) => {
  const input = field(event);
  if (!input || !products.length || input.role === "combobox") return;
  input.removeAttribute("list");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
});

document.addEventListener("focusout", (event) => field(event) && close(field(event)));
document.addEventListener("input", (event) => field(event) && show(field(event)));

document.addEventListener("keydown", (event) => {
  const input = field(event);
  if (!input) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(input, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && list.isConnected && active()) {
    event.preventDefault();
    choose(input, active());
  } else if (event.key === "Escape" && list.isConnected) {
    event.preventDefault();
    close(input);
  }
});

list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) choose(list.parentElement.querySelector("input"), option);
});
