// A button that copies a text of the page, says so, and selects the text where the browser does not let it copy.
const said = document.getElementById("announce");

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text.textContent);
    return "Copied.";
  } catch {
    getSelection().selectAllChildren(text);
    return document.execCommand("copy") ? "Copied." : "The text is selected: copy it with Ctrl+C.";
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const words = await copy(document.getElementById(button.dataset.copies));
  // Emptied first, so that a second copy is announced too.
  said.textContent = "";
  requestAnimationFrame(() => (said.textContent = words));
  button.nextElementSibling.textContent = words;
  setTimeout(() => (button.nextElementSibling.textContent = ""), 4000);
});
