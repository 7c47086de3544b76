// A toolbar over the plain text field, and a question before unsaved words are left behind.
import { marked } from "./paste.js";

const LINES = { heading: "## ", list: "- ", steps: "1. ", quote: "> " };
const AROUND = { bold: "**", italic: "_" };
const words = (name) => document.getElementById("news-tools").content.querySelector(`[data-tool=${name}]`);

function replace(field, start, end, text, from, to) {
  field.focus();
  field.setSelectionRange(start, end);
  // execCommand is the one way that keeps the browser's own undo.
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, start, end, "end");
  field.setSelectionRange(from, to);
}

function surround(field, mark) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const inner = value.slice(start, end);
  replace(field, start, end, mark + inner + mark, start + mark.length, end + mark.length);
}

function begin(field, mark) {
  const { selectionEnd: end, value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const lines = value.slice(start, end).split("\n");
  const text = lines.map((line, at) => (mark === "1. " ? `${at + 1}. ` : mark) + line).join("\n");
  replace(field, start, end, text, start + text.length, start + text.length);
}

function link(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const inner = value.slice(start, end) || words("link").dataset.words;
  const text = `[${inner}](https://)`;
  replace(field, start, end, text, start + text.length - 1, start + text.length - 1);
}

function use(field, name) {
  if (name in AROUND) surround(field, AROUND[name]);
  else if (name in LINES) begin(field, LINES[name]);
  else link(field);
}

for (const field of document.querySelectorAll("[data-markup]")) {
  const bar = document.getElementById("news-tools").content.cloneNode(true).firstElementChild;
  field.before(bar);
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tool]");
    if (button) use(field, button.dataset.tool);
  });
  field.addEventListener("paste", (event) => {
    const text = marked(event.clipboardData.getData("text/html"));
    if (!text) return;
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end } = field;
    replace(field, start, end, text, start + text.length, start + text.length);
  });
  field.addEventListener("keydown", (event) => {
    const name = { b: "bold", i: "italic", k: "link" }[event.key];
    if (!name || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    use(field, name);
  });
}

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
