// <button data-copy="#id" data-copied="Copied"> puts an element's text into the clipboard. Without
// script, or where the browser refuses, the text stands there to be marked by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent.trim());
    button.querySelector("[data-copy-words]").textContent = button.dataset.copied;
  });
}
