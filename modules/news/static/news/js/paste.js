// What word processors and other pages put on the clipboard, in the marks that editors type.
const BLOCK = /^(P|DIV|SECTION|ARTICLE|TABLE|TR|UL|OL|H[1-6]|LI|BLOCKQUOTE)$/;
const SKIPPED = /^(STYLE|SCRIPT|TITLE|META|LINK)$/;
const BOLD = /font-weight:\s*(bold|[6-9]00)/, NOT_BOLD = /font-weight:\s*(normal|400)/;

// Styles are read, never applied: under another name the site's policy has nothing to refuse.
const inert = (html) =>
  html.replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)=/gi, " data-$1="));

export const marked = (html) =>
  words(new DOMParser().parseFromString(inert(html), "text/html").body)
    .replace(/[ \t]*\n[ \t]*/g, "\n").replace(/\n{3,}/g, "\n\n").trim();

function words(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.test(node.tagName)) return "";
  if (node.tagName === "BR") return "\n";
  const point = pointOf(node);
  const text = [...node.childNodes].map(words).join("");
  if (point) return `\n${point}${text.trim()}`;
  if (BLOCK.test(node.tagName)) return block(node, text.trim());
  if (/^T[DH]$/.test(node.tagName)) return `${text.trim()}  `;
  return inline(node, text);
}

// A list's mark; Word writes lists as paragraphs that carry their bullet as text.
function pointOf(node) {
  if (node.tagName === "LI") {
    const place = [...node.parentNode.children].indexOf(node) + (node.parentNode.start || 1);
    return node.parentNode.tagName === "OL" ? `${place}. ` : "- ";
  }
  const bullet = /mso-list:\s*l/i.test(node.dataset.style) && node.querySelector("[data-style*='mso-list:Ignore' i]");
  if (!bullet) return "";
  const number = parseInt(bullet.textContent, 10);
  bullet.remove();
  return number ? `${number}. ` : "- ";
}

function block(node, text) {
  if (!text) return "\n\n";
  if (/^H[1-6]$/.test(node.tagName)) return `\n\n## ${text.replaceAll("**", "").replace(/\n+/g, " ")}\n\n`;
  if (node.tagName === "BLOCKQUOTE") return `\n\n${text.split(/\n+/).map((line) => `> ${line}`).join("\n")}\n\n`;
  return `\n\n${text}\n\n`;
}

function inline(node, text) {
  const style = node.dataset?.style ?? "";
  if (!text.trim() || text.includes("\n")) return text;
  if (node.tagName === "A" && /^https?:/.test(node.href)) return `[${text.trim()}](${node.href})`;
  if ((/^(B|STRONG)$/.test(node.tagName) && !NOT_BOLD.test(style)) || BOLD.test(style)) return around(text, "**");
  if (/^(I|EM)$/.test(node.tagName) || /font-style:\s*italic/.test(style)) return around(text, "_");
  return text;
}

const around = (text, mark) => text.replace(/^(\s*)(.*?)(\s*)$/, `$1${mark}$2${mark}$3`);
