// The board: clocks that count on, a sound for what is new or late, and the row in hand stays in hand.
// Without this file the clocks stand as they were drawn, and a reload brings what is new.
const STORE = "balai-112-sound";
const clocks = () => [...document.querySelectorAll("[data-clock]")];
const incidents = () => [...document.querySelectorAll("[data-incident]")];

const toggle = document.querySelector("[data-sound]");
const waits = document.querySelector("[data-sound-waits]");
const says = document.querySelector("[data-board-says]");
let audio = null;

function stored() {
  try {
    return localStorage.getItem(STORE) === "on";
  } catch {
    return false;
  }
}

function keep(on) {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // a browser that stores nothing asks again on the next page
  }
}

// Two short tones for what is new, three low ones for what is late.
function sound(kind) {
  if (!toggle?.checked) return;
  dispatchEvent(new CustomEvent("balai:sound", { detail: kind }));
  if (audio?.state !== "running") return;
  const tones = kind === "late" ? [330, 330, 330] : [660, 880];
  tones.forEach((pitch, at) => {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const from = audio.currentTime + at * 0.22;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.2);
  });
}

async function wake() {
  if (!toggle?.checked) return;
  audio ??= new AudioContext();
  // A browser lets nothing sound before somebody pressed something on the page.
  if (audio.state !== "running") audio.resume();
  await new Promise((done) => setTimeout(done, 60));
  waits.hidden = !toggle.checked || audio.state === "running";
}

if (toggle && window.AudioContext) {
  document.querySelector("[data-sound-box]").hidden = false;
  toggle.checked = stored();
  toggle.addEventListener("change", async () => {
    keep(toggle.checked);
    waits.hidden = true;
    await wake();
    sound("new");
  });
  addEventListener("pointerdown", wake);
  addEventListener("keydown", wake);
  wake();
}

function face(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

// The server's clock counts, not the computer's on the desk.
const ahead = Date.now() - new Date(document.querySelector("[data-board-now]")?.dataset.boardNow ?? Date.now());
const skew = Math.abs(ahead) > 5_000 ? ahead : 0;

function tick(clock) {
  const now = Date.now() - skew;
  const due = new Date(clock.dataset.due);
  const words = clock.querySelector("[data-clock-words]");
  const late = now > due;
  const level = late ? "late" : now >= new Date(clock.dataset.soon) ? "soon" : "running";
  words.textContent = words.dataset[late ? "over" : "left"].replace("{t}", face(Math.round(Math.abs(due - now) / 1000)));
  const became = level === "late" && !clock.classList.contains("clock--late");
  clock.classList.remove("clock--running", "clock--soon", "clock--late");
  clock.classList.add(`clock--${level}`);
  return became;
}

setInterval(() => {
  if (clocks().filter(tick).length) sound("late");
}, 1000);

let known = new Set(incidents().map((row) => row.dataset.incident));
let held = "";

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-rows] tr");
  held = row?.querySelector("a[data-row]")?.getAttribute("href") ?? "";
});

// What somebody folded open stays open when the part comes anew.
const unfolded = new Set();
document.addEventListener("toggle", ({ target }) => {
  if (target.dataset?.fold) unfolded[target.open ? "add" : "delete"](target.dataset.fold);
}, true);

document.addEventListener("htmx:after:swap", () => {
  for (const fold of document.querySelectorAll("[data-fold]")) fold.open = unfolded.has(fold.dataset.fold);
  const rows = incidents();
  const fresh = rows.filter((row) => !known.has(row.dataset.incident) && row.dataset.state === "queued");
  known = new Set([...known, ...rows.map((row) => row.dataset.incident)]);
  clocks().forEach(tick);
  if (fresh.length && says) {
    const what = fresh.map((row) => row.querySelector("a[data-row]").textContent.trim()).join(", ");
    says.textContent = says.dataset.new.replace("{what}", what);
    sound("new");
  }
  if (held && document.activeElement === document.body)
    document.querySelector(`a[data-row][href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
});
