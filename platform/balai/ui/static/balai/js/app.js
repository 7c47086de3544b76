// What every page needs: the scheme, menus, toasts, errors, and parts loaded only when they are there.
import { chooseScheme } from "./scheme.js";
import { closeMenus } from "./menu.js";
import { tidyToasts } from "./toast.js";

chooseScheme();
closeMenus();
tidyToasts();
document.querySelector("[data-focus]")?.focus();

const wanted = [
  ["dialog, [data-dialog]", () => import("./dialog.js")],
  ["[data-photo-list]", () => import("./photos.js")],
  ["[data-pin]", () => import("./pin.js")],
  ["form[data-offline-queue]", () => import("./queue.js")],
];
for (const [selector, load] of wanted) if (document.querySelector(selector)) load();

if ("serviceWorker" in navigator && document.body.dataset.sw)
  navigator.serviceWorker.register(document.body.dataset.sw).then(
    () => import("./queue.js"),
    () => undefined, // private windows refuse workers; the page works without
  );
