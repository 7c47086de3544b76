// What every page needs: the scheme, menus, toasts, errors, and parts loaded only where they are used.
import { chooseScheme } from "./scheme.js";
import { closeMenus } from "./menu.js";
import { tidyToasts } from "./toast.js";

const SATCHEL = "balai-satchel";
const parts = [
  ["[data-dialog]", () => import("./dialog.js")],
  ["[data-photo-list]", () => import("./photos.js").then((part) => part.startPhotos())],
  ["[data-pin]", () => import("./pin.js").then((part) => part.startPins())],
  ["form[data-offline-queue], form[data-draft], [data-queue]", () => import("./queue.js")],
  ["[data-satchel], [data-satchel-here]", () => import("./satchel.js").then((part) => part.startSatchel()).catch(() => undefined)],
  ["form[data-push]", () => import("./push.js").then((part) => part.startPush())],
];

function start() {
  chooseScheme();
  tidyToasts();
  document.querySelector("[data-focus]")?.focus();
  for (const [selector, load] of parts) if (document.querySelector(selector)) load();
}

// A line of an error summary leads to its field: the field gets the focus, its label is seen.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".errsum a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.closest(".field")?.scrollIntoView({ block: "center" });
});

closeMenus();
start();
document.addEventListener("balai:page", start);
document.addEventListener("htmx:after:swap", () => {
  for (const [selector, load] of parts.slice(1, 3)) if (document.querySelector(selector)) load();
});

// The worker keeps the shell; what an earlier page left in the queue is sent from any page.
if ("serviceWorker" in navigator && document.body.dataset.sw)
  navigator.serviceWorker.register(document.body.dataset.sw).catch(() => undefined); // private windows refuse
if (indexedDB.databases)
  indexedDB.databases().then((all) => {
    if (all.some(({ name }) => name === "balai")) import("./queue.js");
    if (document.body.dataset.person === "out" && all.some(({ name }) => name === SATCHEL)) indexedDB.deleteDatabase(SATCHEL);
  }, () => undefined);

// What an officer took along does not outlive the session: see satchel.js.
document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && indexedDB.deleteDatabase(SATCHEL));
