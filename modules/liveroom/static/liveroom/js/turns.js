// More tiles than a television holds take turns: what is red stays, the others change places
// every quarter of a minute. Somebody at a keyboard can stop that. Narrow screens scroll instead.
const TURN = 15_000;
const ROWS = 2;
const PANELS = 2;
const wide = matchMedia("(min-width: 64em)");
const stop = document.querySelector("[data-turns]");
const turns = new Map();
let paused = false;

const isUrgent = (tile) => tile.querySelector(".stat--alarm, .stat--red") !== null;
const isThere = (tile) => !tile.hidden && tile.children.length > 0;

function places(box) {
  if (!box.matches(".wall__cards")) return PANELS;
  return ROWS * getComputedStyle(box).gridTemplateColumns.split(" ").length;
}

// Return whether somebody has to wait.
function deal(box, step) {
  const all = [...box.children].filter(isThere);
  const room = wide.matches ? places(box) : Infinity;
  const kept = room < all.length ? all.filter(isUrgent).slice(0, room - 1) : all;
  const others = all.filter((tile) => !kept.includes(tile));
  const free = room - kept.length;
  const first = others.length ? ((turns.get(box) ?? 0) + step * free) % others.length : 0;
  turns.set(box, first);
  const shown = new Set([...kept, ...Array.from({ length: Math.min(free, others.length) }, (_, n) => others[(first + n) % others.length])]);
  for (const tile of all) tile.classList.toggle("wall__waits", !shown.has(tile));
  return others.length > free;
}

function dealAll(step) {
  const waiting = [...document.querySelectorAll(".wall__cards, .wall__col")].map((box) => deal(box, step));
  if (stop) stop.hidden = !waiting.includes(true);
}

stop?.addEventListener("click", () => {
  paused = !paused;
  stop.setAttribute("aria-pressed", String(paused));
});
wide.addEventListener("change", () => dealAll(0));
addEventListener("resize", () => dealAll(0));
document.addEventListener("liveroom:fresh", () => dealAll(0));
setInterval(() => {
  const busy = document.querySelector(".wall__cards:focus-within, .wall__col:focus-within");
  if (!paused && !busy && !document.hidden) dealAll(1);
}, TURN);
dealAll(0);
