// Keys of the desk: j and k walk the rows, x chooses one, / searches, ? helps, [data-key] presses its
// button or link. Letters typed into a field stay letters. Who works with a screen reader or by voice
// can switch single letters off in the help (WCAG 2.1.4); this browser remembers it.
const STORE = "balai-keys";
const rows = () => [...document.querySelectorAll("[data-rows] a[data-row], .desk__table tbody th a")];

function stored() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null;
  }
}

let on = stored() !== "off";

function typing(node) {
  if (node.closest("textarea, select, dialog, [contenteditable]")) return true;
  return node.matches("input:not([type=checkbox], [type=radio])");
}

// The row that has the focus, by its link or by its box.
function here(all) {
  const active = document.activeElement;
  return all.findIndex((link) => link === active || link.closest("tr")?.contains(active));
}

function press(key) {
  if (key === "?") {
    const help = document.getElementById("keys");
    help?.showModal();
    return Boolean(help);
  }
  if (key === "/") {
    const search = document.querySelector("[data-search], input[type=search]");
    search?.focus();
    return Boolean(search);
  }
  const box = key === "x" && document.activeElement.closest("[data-rows] tr")?.querySelector("[data-pick]");
  const step = { j: 1, k: -1 }[key];
  if (step) {
    const all = rows();
    all[Math.max(0, Math.min(all.length - 1, here(all) + step))]?.focus();
    return false;
  }
  const target = box || document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target || target.disabled) return false;
  target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (press(event.key.toLowerCase())) event.preventDefault();
});

for (const opener of document.querySelectorAll("[data-keys-open]")) opener.hidden = false;
for (const choice of document.querySelectorAll("[data-keys-toggle]")) {
  choice.checked = on;
  choice.addEventListener("change", () => {
    on = choice.checked;
    try {
      localStorage.setItem(STORE, on ? "on" : "off");
    } catch {
      // a browser that stores nothing asks again on the next page
    }
  });
}
