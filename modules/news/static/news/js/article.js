// Share, copy and print: buttons that need a script appear only with it.
const box = document.querySelector("[data-share]");
if (box) {
  const share = box.querySelector("[data-share-do]");
  share.hidden = !navigator.share;
  share.addEventListener("click", () =>
    navigator.share({ title: share.dataset.title, url: share.dataset.url }).catch(() => {}));
  const copy = box.querySelector("[data-copy]");
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.lastChild.textContent = copy.dataset.copied;
  });
  const print = box.querySelector("[data-print]");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
