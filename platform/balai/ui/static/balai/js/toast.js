// Messages at the foot of the page: errors stay until closed, the others go after eight seconds.
const SECONDS = 8;
const place = () => document.querySelector("[data-toasts]");

function arm(toast) {
  if (toast.querySelector(".toast__close")) return;
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

export function toast(words, kind = "info", url = "", action = null) {
  const line = Object.assign(document.createElement("p"), { className: `toast toast--${kind}` });
  const text = Object.assign(document.createElement(url ? "a" : "span"), { className: "grow", textContent: words });
  if (url) text.href = url;
  line.append(text);
  if (action) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--second", textContent: action.label });
    button.addEventListener("click", () => {
      line.remove();
      action.run();
    });
    line.append(button);
  }
  place().append(line);
  arm(line);
}
