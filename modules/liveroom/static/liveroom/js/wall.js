// The wall: fetches its tiles together, says when it was updated, goes full screen, and follows
// the switching of modules.
const updated = document.querySelector("[data-wall-updated]");
const off = document.querySelector("[data-wall-off]");
const full = document.querySelector("[data-full]");
const tiles = document.querySelector("[data-tiles]");
const zone = document.querySelector("[data-wall-clock]")?.dataset.zone || undefined;
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false });
const AGAIN = 30_000;
const APART = 1000;
const SPREAD = 200;

function now() {
  const moment = new Date();
  updated.dateTime = moment.toISOString();
  updated.textContent = clock.format(moment);
}

// One request for all tiles that an event touched, and at most one a second: hundreds of walls
// hear of the same event in the same moment, and ask over a fifth of a second.
const wanted = new Set();
let last = -Infinity;
let timer = 0;

const keyOf = (tile) => decodeURIComponent(tile.getAttribute("hx-get").split("/").at(-2));

function want(tile) {
  wanted.add(tile);
  if (!timer) timer = setTimeout(fetchTiles, Math.max(0, last + APART - performance.now()) + SPREAD * Math.random());
}

async function fetchTiles() {
  const asked = [...wanted];
  wanted.clear();
  last = performance.now();
  timer = 0;
  const query = new URLSearchParams(asked.map((tile) => ["key", keyOf(tile)]));
  try {
    const answer = await fetch(`${tiles.dataset.tiles}?${query}`, { cache: "no-store", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = await answer.json();
    for (const tile of asked) if (fresh[keyOf(tile)]) tile.innerHTML = fresh[keyOf(tile)];
    document.dispatchEvent(new CustomEvent("liveroom:fresh"));
    now();
  } catch {
    // Too many at once, or no network: again in a moment, not all in the same one.
    setTimeout(() => asked.filter((tile) => tile.isConnected).forEach(want), APART * (1 + 2 * Math.random()));
  }
}

// Before htmx hears of it: it would fetch each tile by itself.
document.addEventListener("live", (event) => {
  const tile = event.target.closest?.("[data-tiles] [data-live][hx-get]");
  if (!tile) return;
  event.stopImmediatePropagation();
  want(tile);
}, true);

// A module came or went: draw everything anew; when the wall itself went, wait for it.
async function lookAgain() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (answer?.ok && !answer.redirected) location.reload();
  else {
    if (answer) document.querySelector("main").replaceChildren(Object.assign(document.createElement("p"), { className: "empty wall__empty", textContent: off.dataset.wallOff }));
    setTimeout(lookAgain, AGAIN);
  }
}

document.addEventListener("balai:live", (event) => {
  if (event.detail.topic === "module.switched") lookAgain();
});

if (full && document.documentElement.requestFullscreen) {
  full.hidden = false;
  full.addEventListener("click", () => document.documentElement.requestFullscreen());
}

// Figures that depend on the clock ("late", "today") move without any event.
setInterval(() => {
  if (document.documentElement.dataset.liveState === "offline") return;
  for (const part of document.querySelectorAll("[data-live][hx-get]")) part.dispatchEvent(new CustomEvent("live"));
}, 5 * 60_000);
