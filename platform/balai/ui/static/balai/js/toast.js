// Messages at the foot of the page: errors stay until closed, the others go after eight seconds.
const SECONDS = 8;
const place = () => document.querySelector("[data-toasts]");

function arm(toast) {
  const close = Object.assign(document.createElement("button"), {
    type: "button", className: "toast__close", textContent: "×",
  });
  close.setAttribute("aria-label", place().dataset.close);
  close.addEventListener("click", () => toast.remove());
  toast.append(close);
  if (!toast.classList.contains("toast--error")) setTimeout(() => toast.remove(), SECONDS * 1000);
}

export function tidyToasts() {
  for (const toast of document.querySelectorAll(".toast")) arm(toast);
}

export function toast(words, kind = "info") {
  const line = Object.assign(document.createElement("p"), { className: `toast toast--${kind}` });
  line.append(Object.assign(document.createElement("span"), { className: "grow", textContent: words }));
  place().append(line);
  arm(line);
}
