// Keys of the desk: j and k walk the rows, / searches, [data-key] presses its button or link.
// Letters typed into a field stay letters.
const rows = () => [...document.querySelectorAll("[data-rows] a[data-row], .desk__table tbody th a")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search], input[type=search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    return;
  }
  const step = { j: 1, k: -1 }[event.key];
  if (step) {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (target && !target.disabled) {
    event.preventDefault();
    target.click();
  }
});
