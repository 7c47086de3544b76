// The unit's position: only with the switch on, only while on duty, at most every 20 seconds.
const EVERY = 20_000;
const KEPT = "balai-112-share"; // the unit it is shared for: on another one it is asked again
const GONE = 410;
let watch;
let last = 0;

const control = () => document.querySelector("[data-crew-share]");
const says = (words) => {
  const place = document.querySelector("[data-crew-says]");
  if (place) place.textContent = words;
};

export function csrf() {
  const name = document.body.dataset.csrfCookie;
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

function stop() {
  navigator.geolocation?.clearWatch(watch);
  watch = undefined;
}

async function send({ coords }) {
  const words = control()?.dataset;
  if (!words || Date.now() - last < EVERY) return;
  last = Date.now();
  const body = new URLSearchParams({ latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6), accuracy: coords.accuracy.toFixed(0) });
  const answer = await fetch(words.url, { method: "POST", body, headers: { "X-CSRFToken": csrf() }, credentials: "same-origin" }).catch(() => undefined);
  if (answer?.status === GONE) {
    stop();
    localStorage.removeItem(KEPT);
    control().checked = false;
  } else if (answer?.ok) {
    says(words.sent.replace("{time}", new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" }).format(last)));
  } else says(words.lost);
}

function begin() {
  const words = control().dataset;
  if (!navigator.geolocation) return says(words.denied);
  says(words.finding);
  last = 0;
  watch ??= navigator.geolocation.watchPosition(send, () => says(words.denied), { enableHighAccuracy: true, maximumAge: 10_000 });
}

export function startPosition() {
  const own = control();
  if (!own) { // signed off: nothing of this phone is told any more
    stop();
    if (document.querySelector("[data-crew-off], .crew")) localStorage.removeItem(KEPT);
    return;
  }
  if (own.dataset.started) return;
  own.dataset.started = "yes";
  own.checked = localStorage.getItem(KEPT) === own.dataset.unit;
  own.addEventListener("change", () => {
    if (own.checked) {
      localStorage.setItem(KEPT, own.dataset.unit);
      begin();
    } else {
      localStorage.removeItem(KEPT);
      stop();
      says("");
    }
  });
  if (own.checked) begin();
}
