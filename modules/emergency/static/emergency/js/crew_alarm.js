// Sound and vibration when the unit is sent. Browsers let a page sound only after a touch on it:
// the switch is one, and on a page that was loaded anew the first touch anywhere is.
const WANTED = "balai-112-crew-sound";
const TONES = [880, 660, 880, 660];
const LENGTH = 0.22; // seconds of a tone
let context;
let lock;
let known;

const wanted = () => localStorage.getItem(WANTED) === "yes";

function wake() {
  if (!wanted()) return;
  context ??= new AudioContext();
  context.resume();
  stayOn();
}

// The screen stays on while the page is in front: a dark phone hears nothing of the centre.
async function stayOn() {
  if (!navigator.wakeLock || (lock && !lock.released)) return;
  lock = await navigator.wakeLock.request("screen").catch(() => undefined);
}

function sound() {
  navigator.vibrate?.([400, 150, 400, 150, 400]);
  if (!context || context.state !== "running") return;
  TONES.forEach((pitch, at) => {
    const tone = new OscillatorNode(context, { type: "square", frequency: pitch });
    const volume = new GainNode(context, { gain: 0.25 });
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + at * LENGTH);
    tone.stop(context.currentTime + (at + 1) * LENGTH);
  });
}

// `incident` tells which one the page shows now, "" for none.
export function startAlarm(incident) {
  const control = document.querySelector("[data-crew-sound]");
  if (!control || control.dataset.started) return;
  control.dataset.started = "yes";
  control.checked = wanted();
  known ??= incident();
  control.addEventListener("change", () => {
    localStorage.setItem(WANTED, control.checked ? "yes" : "no");
    wake();
    if (control.checked) sound();
    else lock?.release();
  });
  document.addEventListener("htmx:after:swap", () => {
    const here = incident();
    if (here && here !== known && wanted()) sound();
    known = here;
  });
}

document.addEventListener("pointerdown", wake, { once: true });
document.addEventListener("visibilitychange", () => document.hidden || (wanted() && stayOn()));
