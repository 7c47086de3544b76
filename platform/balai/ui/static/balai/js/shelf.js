// The list of what is kept on this phone: drafts, what waits for a connection, what was refused.
// It stands on the offline page and wherever a page has a place for it ([data-queue]).
import { glance } from "./packing.js";
import { toast } from "./toast.js";
import * as vault from "./vault.js";

const words = () => document.querySelector("[data-queue-words]").dataset;
const make = (name, attributes) => Object.assign(document.createElement(name), attributes);

export async function draw() {
  const items = await vault.all().catch(() => []);
  for (const box of document.querySelectorAll("[data-queue]")) {
    const lines = await Promise.all(items.map((item) => row(item, "manage" in box.dataset)));
    box.hidden = items.length === 0;
    box.querySelector("[data-queue-list]").replaceChildren(...lines);
  }
  for (const empty of document.querySelectorAll("[data-queue-empty]")) empty.hidden = items.length > 0;
  for (const note of document.querySelectorAll("[data-queue-count]")) {
    const others = items.filter((item) => item.id !== note.closest("form")?.dataset.kept);
    note.hidden = others.length === 0;
    note.querySelector("[data-n]").textContent = others.length;
  }
}

function state(item) {
  if (item.refused) return words().refused;
  return item.draft ? words().draft : words().waits;
}

async function row(item, manage) {
  const { words: first, photos } = await glance(item).catch(() => ({ words: "", photos: 0 }));
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(item.at);
  const parts = [when, state(item)];
  if (photos) parts.push(`${photos} ${photos === 1 ? words().photo : words().photos}`);
  const line = make("li", { className: "item" });
  const told = make("span", { className: "stack stack--1 grow" });
  told.append(
    make("span", { className: "item__title", textContent: first || words().untitled }),
    make("span", { className: "sm muted", textContent: parts.join(" · ") }),
  );
  line.append(told);
  if (manage || item.refused) {
    const label = item.refused ? words().mend : words().open;
    const link = make("a", { className: "btn btn--second", href: `${item.page}#kept=${item.id}`, textContent: label });
    link.setAttribute("aria-label", `${label}: ${first || words().untitled}`);
    line.append(link);
  }
  if (manage) {
    const button = make("button", { type: "button", className: "btn btn--quiet", textContent: words().delete });
    button.setAttribute("aria-label", `${words().delete}: ${first || words().untitled}`);
    button.addEventListener("click", () => askFirst(item, first));
    line.append(button);
  }
  return line;
}

function askFirst(item, first) {
  const dialog = document.querySelector("[data-forget]");
  dialog.querySelector("[data-forget-words]").textContent = first || words().untitled;
  dialog.querySelector("[data-forget-yes]").onclick = () => {
    dialog.close();
    forget(item);
  };
  dialog.showModal();
}

async function forget(item) {
  await vault.drop(item.id);
  await draw();
  document.querySelector("[data-queue] a, [data-queue-empty] a")?.focus();
  toast(words().deleted, "info", "", {
    label: words().undo,
    run: async () => {
      await vault.put(item);
      await draw();
    },
  });
}
