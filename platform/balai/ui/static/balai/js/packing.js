// A form as something that can be kept and opened again. Fields and files are sealed apart, so that
// typing seals no photograph twice. Tokens of the page are left out: they are taken fresh when it is sent.
import * as vault from "./vault.js";

const OWN = ["csrfmiddlewaretoken", "idempotency_key"];
const sealedFiles = new WeakMap();
const text = new TextEncoder();

export async function pack(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OWN.includes(name));
  const inputs = [...form.querySelectorAll("input[type=file][name]")];
  const files = inputs.flatMap((input) => [...input.files].map((file) => [input.name, file]));
  const names = files.map(([field, file]) => ({ field, name: file.name, type: file.type }));
  const sealed = await vault.seal(text.encode(JSON.stringify({ fields, names })));
  return { ...sealed, files: await Promise.all(files.map(([, file]) => sealedOnce(file))) };
}

async function sealedOnce(file) {
  if (!sealedFiles.has(file)) sealedFiles.set(file, vault.seal(await file.arrayBuffer()));
  return sealedFiles.get(file);
}

async function opened(item) {
  return JSON.parse(new TextDecoder().decode(await vault.open(item)));
}

// What was in the form, as the browser would have sent it.
export async function contents(item) {
  if (item.type) return new Response(await vault.open(item), { headers: { "Content-Type": item.type } }).formData(); // kept by an earlier version
  const { fields, names } = await opened(item);
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  for (const [at, { field, name, type }] of names.entries())
    data.append(field, new File([await vault.open(item.files[at])], name, { type }));
  return data;
}

// The first words of what was written, for a list; only this browser can read them.
export async function glance(item) {
  if (item.type) return { words: item.title, photos: 0 };
  const { fields, names } = await opened(item);
  const words = fields.find(([name]) => name === item.words)?.[1] ?? "";
  return { words: words.trim().replace(/\s+/g, " ").slice(0, 70), photos: names.length };
}

export function fill(form, data) {
  for (const field of form.elements) {
    if (!field.name || OWN.includes(field.name)) continue;
    if (field.type === "file") {
      const files = new DataTransfer();
      for (const file of data.getAll(field.name)) if (file.size) files.items.add(file);
      field.files = files.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (["radio", "checkbox"].includes(field.type)) field.checked = data.getAll(field.name).includes(field.value);
    else if (data.has(field.name)) field.value = data.get(field.name);
  }
  // A select whose choices depend on another is filled once they have been fetched.
  const late = [...form.querySelectorAll("select[hx-get]")].filter((select) => select.value);
  for (const select of late) select.dispatchEvent(new Event("change", { bubbles: true }));
  if (late.length) document.addEventListener("htmx:after:swap", () => fillSelects(form, data), { once: true });
  form.dispatchEvent(new CustomEvent("balai:filled", { bubbles: true }));
}

function fillSelects(form, data) {
  for (const select of form.querySelectorAll("select")) if (!select.value && data.get(select.name)) select.value = data.get(select.name);
}
