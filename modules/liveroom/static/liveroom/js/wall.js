// The wall: says when it was updated, goes full screen, and follows the switching of modules.
const updated = document.querySelector("[data-wall-updated]");
const off = document.querySelector("[data-wall-off]");
const full = document.querySelector("[data-full]");
const zone = document.querySelector("[data-wall-clock]")?.dataset.zone || undefined;
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false });
const AGAIN = 30_000;

function now() {
  const moment = new Date();
  updated.dateTime = moment.toISOString();
  updated.textContent = clock.format(moment);
}

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
  now();
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
  now();
}, 5 * 60_000);
