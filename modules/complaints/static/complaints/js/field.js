// The officer's phone: distances are worked out here, so that a position never leaves it for a list;
// each photo is noted with time, place and a permission that was fetched ahead.
const LIMIT = 9.5 * 1024 * 1024; // bytes; the site takes 10 MB
const LONGEST = 3000; // pixels of a photo that was too large
const FIND = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 };
const EARTH = 6_371_000;

const find = () => new Promise((done, failed) => {
  if (!navigator.geolocation) failed(new Error("none"));
  else navigator.geolocation.getCurrentPosition(({ coords }) => done(coords), failed, FIND);
});

// --- the list ---

function metres(one, other) {
  const turn = Math.PI / 180;
  const north = Math.sin(((other.lat - one.lat) * turn) / 2) ** 2;
  const east = Math.sin(((other.lng - one.lng) * turn) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(north + Math.cos(one.lat * turn) * Math.cos(other.lat * turn) * east));
}

function told(away, rough) {
  const numbers = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: away < 10_000 ? 1 : 0 });
  const words = away < 950 ? `${Math.max(10, Math.round(away / 10) * 10)} m` : `${numbers.format(away / 1000)} km`;
  return rough ? `± ${words}` : words;
}

function startList() {
  const list = document.querySelector("[data-stops]");
  const button = document.querySelector("[data-near]");
  if (!list || !button || button.dataset.started) return;
  button.dataset.started = "yes";
  button.hidden = false;
  const says = document.querySelector("[data-near-says]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { latitude: lat, longitude: lng } = await find();
      sort(list, { lat, lng });
      says.textContent = button.dataset.sorted;
    } catch {
      says.textContent = button.dataset.denied;
    } finally {
      button.disabled = false;
    }
  });
  navigator.permissions?.query({ name: "geolocation" }).then(({ state }) => state === "granted" && button.click(), () => undefined);
}

// Those without any place keep their order by due date, at the end.
function sort(list, here) {
  const rows = [...list.children].map((row, at) => {
    const { lat, lng } = row.dataset;
    const away = lat ? metres(here, { lat: Number(lat), lng: Number(lng) }) : Infinity;
    row.querySelector("[data-away]").textContent = lat ? told(away, "rough" in row.dataset) : "";
    return { row, away, at };
  });
  rows.sort((one, other) => one.away - other.away || one.at - other.at);
  list.append(...rows.map(({ row }) => row));
}

// --- the camera form ---

let filling = false;
const part = (shot, name) => shot.querySelector(`input[name^="${name}_"]`);
const words = () => document.querySelector("[data-shot-words]").dataset;

function startForm() {
  const form = document.querySelector("form[data-evidence]");
  if (!form || form.dataset.field) return;
  form.dataset.field = "yes";
  for (const shot of form.querySelectorAll("[data-shot]")) {
    const input = shot.querySelector("input[type=file]");
    // A kept form that is filled in again brings what was noted when its photos were taken.
    input.addEventListener("change", () => setTimeout(() => filling || taken(form, shot, input)));
  }
  form.addEventListener("balai:filled", () => {
    filling = true;
    form.querySelectorAll("[data-shot]").forEach(show);
    setTimeout(() => (filling = false));
  });
  form.addEventListener("balai:cleared", () => cleared(form));
  ahead(form);
}

async function taken(form, shot, input) {
  const [file] = input.files;
  for (const name of ["taken", "lat", "lng", "acc"]) part(shot, name).value = "";
  show(shot);
  const says = shot.querySelector("[data-shot-says]");
  says.textContent = "";
  if (!file) return;
  part(shot, "taken").value = new Date().toISOString();
  says.textContent = words().finding;
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  const [where] = await Promise.allSettled([find(), fit(input, file)]);
  button.disabled = false;
  show(shot);
  if (where.status === "fulfilled") {
    const { latitude, longitude, accuracy } = where.value;
    part(shot, "lat").value = latitude.toFixed(6);
    part(shot, "lng").value = longitude.toFixed(6);
    part(shot, "acc").value = accuracy.toFixed(1);
    says.textContent = words().found.replace("{m}", Math.round(accuracy));
  } else says.textContent = words().denied;
  form.dispatchEvent(new Event("change")); // the draft takes what was noted, too
}

// As it came from the camera, with what its file says; only one that is too large is made anew.
async function fit(input, file) {
  if (file.size <= LIMIT) return;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  const list = new DataTransfer();
  list.items.add(new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg", lastModified: file.lastModified }));
  input.files = list.files;
}

function show(shot) {
  const seen = shot.querySelector(".shot__seen");
  const [file] = shot.querySelector("input[type=file]").files;
  if (seen.src) URL.revokeObjectURL(seen.src);
  seen.hidden = !file;
  if (file) seen.src = URL.createObjectURL(file);
  else seen.removeAttribute("src");
}

// Permissions for a day replace the ten-minute ones that came with the page; then the page is kept.
async function ahead(form) {
  try {
    const name = document.body.dataset.csrfCookie;
    const token = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
    const answer = await fetch(form.dataset.nonces, { method: "POST", headers: { "X-CSRFToken": decodeURIComponent(token) }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const { nonces, until } = await answer.json();
    for (const [at, shot] of [...form.querySelectorAll("[data-shot]")].entries()) part(shot, "nonce").value = nonces[at] ?? "";
    const note = form.querySelector("[data-ahead]");
    const when = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(until));
    note.textContent = note.dataset.words.replace("{until}", when);
    note.hidden = false;
    document.dispatchEvent(new CustomEvent("balai:keep"));
  } catch {
    // no network: those that came with the page, or were kept with it, stand
  }
}

// What was put aside has used them up.
function cleared(form) {
  for (const shot of form.querySelectorAll("[data-shot]")) {
    for (const name of ["nonce", "taken", "lat", "lng", "acc"]) part(shot, name).value = "";
    shot.querySelector("[data-shot-says]").textContent = "";
    show(shot);
  }
  form.querySelector("[data-ahead]").hidden = true;
  document.dispatchEvent(new CustomEvent("balai:keep"));
  ahead(form);
}

function start() {
  startList();
  startForm();
}

start();
document.addEventListener("balai:page", start);
