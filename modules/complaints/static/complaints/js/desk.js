// The desk of reports: choosing rows, the countdown of a bulk action, prepared answers.
// Everything works without this file: boxes, buttons and pages do the same.
const STORE = "balai-picks";
const bar = document.getElementById("bulk");
const picked = new Set(read());
let last = null;
let shift = false;

const boxes = () => [...document.querySelectorAll("[data-pick]")];

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "[]");
  } catch {
    return [];
  }
}

function keep() {
  try {
    sessionStorage.setItem(STORE, JSON.stringify([...picked]));
  } catch {
    // a browser that stores nothing forgets the choice with the page
  }
}

function show() {
  const count = bar?.querySelector("[data-pick-count]");
  if (!count) return;
  for (const box of boxes()) box.checked = picked.has(box.value);
  bar.toggleAttribute("data-some", picked.size > 0);
  count.hidden = picked.size === 0;
  count.textContent = count.dataset.words.replace("{n}", picked.size);
  bar.querySelector("[data-pick-clear]").hidden = picked.size === 0;
}

function choose(box, on) {
  box.checked = on;
  picked[on ? "add" : "delete"](box.value);
}

// Shift and click chooses every row between this one and the one before.
document.addEventListener("click", (event) => { shift = event.shiftKey; }, true);
document.addEventListener("change", (event) => {
  const box = event.target.closest("[data-pick]");
  if (!box) return;
  const all = boxes();
  const from = shift && last ? all.findIndex((other) => other.value === last) : -1;
  const to = all.indexOf(box);
  const span = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const one of span) choose(one, box.checked);
  last = box.value;
  keep();
  show();
});

// Rows that came anew are as chosen as before, and the row in hand stays in hand.
let held = "";
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-rows] tr");
  held = row?.querySelector("a[data-row]")?.getAttribute("href") ?? "";
});
document.addEventListener("htmx:after:swap", () => {
  show();
  if (held && document.activeElement === document.body)
    document.querySelector(`a[data-row][href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
});

// What was chosen on another page of the inbox goes along.
bar?.addEventListener("submit", () => {
  const here = new Set(boxes().map((box) => box.value));
  for (const value of picked) {
    if (here.has(value)) continue;
    bar.append(Object.assign(document.createElement("input"), { type: "hidden", name: "pick", value }));
  }
  picked.clear();
  keep();
});
bar?.querySelector("[data-pick-clear]")?.addEventListener("click", () => {
  picked.clear();
  bar.querySelector("[data-pick-all]").checked = false;
  keep();
  show();
});

// "Begins in 12 s": the words are the page's, the number is counted here.
setInterval(() => {
  for (const sign of document.querySelectorAll("[data-countdown]")) {
    sign.dataset.end ??= Date.now() + sign.dataset.countdown * 1000;
    const left = Math.ceil((sign.dataset.end - Date.now()) / 1000);
    sign.textContent = left > 0 ? sign.dataset.words.replace("{n}", left) : sign.dataset.now;
  }
}, 1000);

// A prepared answer stands in the field at once; what was written before is kept above it.
document.addEventListener("change", (event) => {
  const select = event.target.closest("[data-canned]");
  const words = select?.selectedOptions[0]?.dataset.text;
  const field = select?.form && document.querySelector("[data-canned-into] textarea[name=text]");
  if (!words || !field) return;
  const before = field.value.trim() === (field.dataset.inserted ?? "").trim() ? "" : `${field.value.trimEnd()}\n\n`;
  field.value = before + words;
  field.dataset.inserted = before ? "" : words;
  field.focus();
});
for (const button of document.querySelectorAll("[data-canned-insert]")) button.hidden = true;

show();
