// Keeps the parts of a page true: one event stream a page, and every [data-live~=topic] is told
// "live" when its topic happens. htmx then fetches it again (hx-trigger="live").

const TOKEN_URL = "/live-token/";
const STREAM_URL = "/live/";
const QUIET_MS = 250;
const LONGEST_WAIT_MS = 30_000;

let stream = null;
let opening = false;
let lastId = "";
let failures = 0;
let timer = 0;
let listening = "";
const dirty = new Set();

const parts = () => [...document.querySelectorAll("[data-live]")];
const topicsOf = (part) => part.dataset.live.split(/\s+/).filter(Boolean);
const topics = () => [...new Set(parts().flatMap(topicsOf))].sort();

// One fetch a part however many events come at once.
function refresh(hit) {
  parts().filter(hit).forEach((part) => dirty.add(part));
  setTimeout(() => {
    const now = [...dirty];
    dirty.clear();
    now.filter((part) => part.isConnected).forEach((part) => part.dispatchEvent(new CustomEvent("live")));
  }, QUIET_MS);
}

function say(state) {
  document.documentElement.dataset.liveState = state;
  for (const sign of document.querySelectorAll("[data-live-status]")) {
    sign.hidden = state === "live";
    sign.textContent = state === "live" ? "" : sign.dataset[state] || "";
  }
}

function close() {
  clearTimeout(timer);
  stream?.close();
  stream = null;
}

function later(milliseconds) {
  close();
  timer = setTimeout(open, milliseconds * (0.5 + Math.random()));
}

function broken() {
  say(navigator.onLine ? "reconnecting" : "offline");
  failures += 1;
  later(Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures));
}

async function token(wanted) {
  const query = new URLSearchParams(wanted.map((topic) => ["topic", topic]));
  const answer = await fetch(`${TOKEN_URL}?${query}`, { headers: { Accept: "application/json" } });
  if (answer.status === 403) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).token;
}

async function open() {
  const wanted = topics();
  close();
  if (opening || document.hidden || wanted.length === 0) return;
  opening = true;
  try {
    listening = wanted.join(" ");
    const allowed = await token(wanted);
    // Nothing here is ours to hear any more: ask again in a while, a module may come back.
    if (allowed === null) later(60_000);
    else connect(allowed);
  } catch {
    broken();
  } finally {
    opening = false;
  }
}

function connect(allowed) {
  // Without an event seen yet, the hub tells what happened since the page began to load.
  const since = lastId ? { last: lastId } : { age: Math.ceil(performance.now()) };
  stream = new EventSource(`${STREAM_URL}?${new URLSearchParams({ token: allowed, ...since })}`);
  stream.addEventListener("open", () => {
    failures = 0;
    say("live");
  });
  stream.addEventListener("message", (event) => {
    lastId = event.lastEventId || lastId;
    const told = JSON.parse(event.data);
    document.dispatchEvent(new CustomEvent("balai:live", { detail: told }));
    refresh((part) => topicsOf(part).includes(told.topic));
  });
  stream.addEventListener("resync", () => refresh(() => true));
  stream.addEventListener("renew", () => later(500));
  // The browser would come back with the same token, which is too old by then: do it ourselves.
  stream.addEventListener("error", broken);
}

document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
addEventListener("pagehide", close);
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  refresh(() => true);
  open();
});
addEventListener("online", open);
addEventListener("offline", () => say("offline"));

// A part that htmx brought in may have a topic that the stream does not carry yet.
new MutationObserver(() => {
  if (topics().join(" ") !== listening && !opening) open();
}).observe(document.body, { childList: true, subtree: true });

open();
