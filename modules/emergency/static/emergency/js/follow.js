// One's own call: while its page is open and the box is ticked, it tells the centre where one is.
import { clock, place, post, watch } from "./phone.js";

const EVERY = 15_000;
const GONE = 410;
const FOLLOW = "balai-112-follow";
const box = document.querySelector("[data-follow]");
const says = document.querySelector("[data-follow-says]");
const lost = document.querySelector("[data-call-lost]");
let watching;
let last = 0;

async function send(told) {
  if (Date.now() - last < EVERY) return;
  last = Date.now();
  const answer = await post(box.dataset.follow, place(told)).catch(() => undefined);
  if (answer?.status === GONE) {
    stop();
    box.checked = false;
    says.textContent = box.dataset.over;
  } else says.textContent = answer?.ok ? box.dataset.sent.replace("{time}", clock()).replace("{m}", Math.round(told.coords.accuracy)) : box.dataset.lost;
}

function stop() {
  navigator.geolocation?.clearWatch(watching);
  watching = undefined;
  sessionStorage.removeItem(FOLLOW);
}

function follow() {
  if (!box.checked) {
    stop();
    says.textContent = "";
    return;
  }
  sessionStorage.setItem(FOLLOW, "yes");
  last = 0;
  says.textContent = navigator.geolocation ? box.dataset.finding : box.dataset.denied;
  watching ??= watch(send, () => (says.textContent = box.dataset.denied));
}

if (box) {
  box.checked = sessionStorage.getItem(FOLLOW) === "yes";
  box.addEventListener("change", follow);
  if (box.checked) follow();
}

// What is over changes no more; what cannot be asked is said.
document.addEventListener("htmx:after:swap", () => {
  lost.hidden = true;
  if (document.querySelector("[data-call-over]")) location.reload();
});
document.addEventListener("htmx:error", () => (lost.hidden = false));
addEventListener("offline", () => (lost.hidden = false));
addEventListener("online", () => (lost.hidden = true));
