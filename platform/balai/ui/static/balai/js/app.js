// What every page needs: the scheme, menus, toasts, errors, and parts loaded only where they are used.
import { chooseScheme } from "./scheme.js";
import { closeMenus } from "./menu.js";
import { tidyToasts } from "./toast.js";

const parts = [
  ["[data-dialog]", () => import("./dialog.js")],
  ["[data-photo-list]", () => import("./photos.js").then((part) => part.startPhotos())],
  ["[data-pin]", () => import("./pin.js").then((part) => part.startPins())],
  ["form[data-offline-queue], [data-queue]", () => import("./queue.js")],
];

function start() {
  chooseScheme();
  tidyToasts();
  document.querySelector("[data-focus]")?.focus();
  for (const [selector, load] of parts) if (document.querySelector(selector)) load();
}

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
  indexedDB.databases().then((all) => all.some(({ name }) => name === "balai") && import("./queue.js"), () => undefined);
