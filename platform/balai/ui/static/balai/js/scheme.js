// Light, dark or what the device says. The cookie lets the server draw the next page right at once.
const root = document.documentElement;
const YEAR = 365 * 24 * 3600;

const kept = () => localStorage.getItem("balai-scheme") ?? "";

function show(scheme) {
  if (scheme) root.dataset.scheme = scheme;
  else delete root.dataset.scheme;
  for (const button of document.querySelectorAll("[data-scheme-choice] button"))
    button.setAttribute("aria-pressed", String(button.value === scheme));
}

function keep(scheme) {
  localStorage.setItem("balai-scheme", scheme);
  const age = scheme ? YEAR : 0;
  document.cookie = `balai_scheme=${scheme}; path=/; max-age=${age}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
}

export function chooseScheme() {
  if (!document.querySelector(".wall")) show(kept());
  for (const box of document.querySelectorAll("[data-scheme-choice]")) {
    if (!box.hidden) continue;
    box.hidden = false;
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      keep(button.value);
      show(button.value);
    });
  }
}
