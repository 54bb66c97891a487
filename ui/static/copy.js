/* The button of a text to copy (ui/view/copy_text.py): copies the text beside it and says so. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button.copy");
  if (!button) {
    return;
  }
  const text = button.nextElementSibling;
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = button.dataset.done;
  } catch {
    window.getSelection().selectAllChildren(text); // where the browser forbids it, the reader's own copy takes what is marked
  }
});
