// The panic button: three seconds held, ten to cancel. What could not be sent says so, with 112
// large beneath it; it is tried again only when the person wants that.
import { clock, place, post, watch } from "./phone.js";

const HOLD = 3_000;
const GRACE = 10_000;
const AGAIN = 5_000;
const FOLLOW = "balai-112-follow"; // the call's page goes on sending where the phone is
const box = document.querySelector("[data-panic]");
const part = (name) => box.querySelector(`[data-panic-${name}]`);
const button = part("hold");
const first = part("words").textContent;
let key = crypto.randomUUID();
let here; // the latest position
let led; // where to send, cancel and follow it; undefined until it was kept there
let watching;
let ticking;
let trying;
let tries = 0;
let keys = false;
let reaching = false;
let fresh = false; // nothing was pressed yet since what is shown was shown

function show(name) {
  fresh = true;
  for (const one of ["idle", "count", "failed", "cancelled"]) part(one).hidden = one !== name && !(one === "idle" && name === "cancelled");
  part("call").hidden = name === "failed"; // it stands there already, larger
}

// --- three seconds ---

function begin() {
  if (ticking || reaching) return;
  const since = Date.now();
  watching ??= watch((found) => moved(place(found)), () => undefined);
  button.classList.add("is-held");
  part("hint").textContent = "";
  const tick = () => {
    const left = HOLD - (Date.now() - since);
    const words = box.dataset.hold.replace("{n}", Math.ceil(left / 1000));
    if (part("words").textContent !== words) part("words").textContent = words; // read out once each
    if (left <= 0) held();
  };
  ticking = setInterval(tick, 100);
  tick();
}

function release() {
  clearInterval(ticking);
  ticking = undefined;
  button.classList.remove("is-held");
  part("words").textContent = first;
}

function abort() {
  if (!ticking) return;
  release();
  part("hint").textContent = box.dataset.short;
}

async function held() {
  release();
  navigator.vibrate?.(200);
  reaching = true; // on a slow network this lasts: nobody shall think that nothing happens
  part("words").textContent = box.dataset.reaching;
  button.classList.add("is-reaching");
  const kept = await arm();
  reaching = false;
  part("words").textContent = first;
  button.classList.remove("is-reaching");
  if (!kept) return failed();
  count();
}

// --- ten seconds ---

async function arm() {
  const answer = await post(box.dataset.arm, { key, number: part("number").value, ...here }).catch(() => undefined);
  if (!answer?.ok) return false;
  led = await answer.json();
  return true;
}

function count() {
  const since = Date.now();
  show("count");
  part("count").focus(); // not a button: who still holds the key would press it
  const tick = () => {
    const left = GRACE - (Date.now() - since);
    part("left").textContent = Math.max(0, Math.ceil(left / 1000));
    if (left <= 0) send();
  };
  ticking = setInterval(tick, 200);
  tick();
}

async function send() {
  clearInterval(ticking);
  ticking = undefined;
  const answer = await post(led.send, {}).catch(() => undefined);
  if (!answer?.ok) return failed();
  arrived();
  return true;
}

function arrived() {
  clearTimeout(trying);
  sessionStorage.setItem(FOLLOW, "yes");
  location.assign(led.page);
}

async function cancel() {
  clearInterval(ticking);
  ticking = undefined;
  const answer = await post(led.cancel, {}).catch(() => undefined);
  const told = answer?.ok ? await answer.json() : undefined;
  navigator.geolocation?.clearWatch(watching);
  watching = undefined;
  if (told && !told.cancelled) return location.assign(led.page); // it had gone: the centre decides
  show(told ? "cancelled" : "idle");
  part("hint").textContent = told ? "" : box.dataset.uncancelled;
  key = crypto.randomUUID();
  led = undefined;
  button.focus();
}

async function moved(found) {
  here = found;
  if (led) await post(led.move, found).catch(() => undefined);
}

// --- it could not be sent ---

function failed() {
  const fault = part("fault");
  fault.textContent = led ? fault.dataset.unsure : fault.dataset.never;
  show("failed");
  box.querySelector("[data-panic-failed] .sos__call").focus();
}

// Wanted by the person: without a further ten seconds, until it arrives or they stop it.
async function again() {
  clearTimeout(trying);
  part("again").hidden = true;
  part("stop").hidden = false;
  tries += 1;
  part("tries").textContent = box.dataset.trying;
  if (led || (await arm())) {
    const answer = await post(led.send, {}).catch(() => undefined);
    if (answer?.ok) return arrived();
  }
  if (part("stop").hidden) return; // stopped meanwhile
  part("tries").textContent = box.dataset.unheard.replace("{n}", tries).replace("{time}", clock());
  trying = setTimeout(again, AGAIN);
}

function stop() {
  clearTimeout(trying);
  part("again").hidden = false;
  part("stop").hidden = true;
  part("tries").textContent = "";
}

button.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  button.setPointerCapture(event.pointerId);
  begin();
});
for (const kind of ["pointerup", "pointercancel", "blur"]) button.addEventListener(kind, abort);
button.addEventListener("contextmenu", (event) => event.preventDefault());
button.addEventListener("keydown", (event) => {
  if (![" ", "Enter"].includes(event.key)) return;
  event.preventDefault();
  keys = true;
  if (!event.repeat) begin();
});
button.addEventListener("keyup", () => {
  abort();
  setTimeout(() => (keys = false)); // after the click that some browsers make of it
});
// A finger that is lifted clicks what has come under it meanwhile: Cancel, or a call to 112.
for (const kind of ["pointerdown", "keydown"]) box.addEventListener(kind, () => (fresh = false), true);
box.addEventListener("click", (event) => {
  if (!fresh || event.detail === 0) return;
  event.preventDefault();
  event.stopPropagation();
}, true);
// A key that is held goes on repeating on whatever has the focus next: it shall press nothing.
box.addEventListener("keydown", (event) => {
  if (event.repeat && [" ", "Enter"].includes(event.key)) event.preventDefault();
});
// A screen reader presses without holding: it is asked on a page instead.
button.addEventListener("click", (event) => {
  if (event.detail === 0 && !keys) location.assign(box.querySelector("[data-panic-idle] a").href);
});
part("cancel").addEventListener("click", cancel);
part("now").addEventListener("click", send);
part("again").addEventListener("click", again);
part("stop").addEventListener("click", stop);
addEventListener("online", () => part("stop").hidden || again());
