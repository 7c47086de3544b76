// The composer's map: shapes and one circle are drawn here and written into the form's own fields.
// Without it the fields, and the list of areas beside them, say the same.
import { boundaries, leaflet } from "../../balai/js/pin.js";

const box = document.querySelector("[data-alert-map]");
const field = (name) => document.querySelector(`[name=${name}]`);
const round = (value) => Number(value.toFixed(6));

if (box) start();

async function start() {
  const shapes = await boundaries(box.dataset.boundaries);
  if (!shapes.features.length) return; // nothing to draw a map of: names and coordinates remain
  const L = await leaflet();
  box.hidden = false;
  const map = L.map(box.querySelector("[data-alert-canvas]"), { attributionControl: false, zoomSnap: 0.5, doubleClickZoom: false });
  const areas = L.geoJSON(shapes, { style: () => ({ className: "pin__area", weight: 1.5 }), onEachFeature: (feature, layer) => layer.bindTooltip(feature.properties.name) }).addTo(map);
  map.fitBounds(areas.getBounds(), { padding: [8, 8] });
  const state = { L, map, drawn: L.layerGroup().addTo(map), open: [], mode: "" };
  for (const button of box.querySelectorAll("[data-draw]")) button.addEventListener("click", () => press(state, button.dataset.draw));
  map.on("click", ({ latlng }) => put(state, latlng));
  for (const name of ["polygons", "circle_lat", "circle_lng", "circle_km"]) field(name).addEventListener("change", () => draw(state));
  draw(state);
}

function press(state, what) {
  if (what === "close") close(state);
  else if (what === "clear") clear(state);
  else mode(state, state.mode === what ? "" : what);
  draw(state);
}

function mode(state, wanted) {
  state.mode = wanted;
  state.open = [];
  for (const button of box.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button.dataset.draw === wanted));
}

function put(state, { lat, lng }) {
  if (state.mode === "shape") state.open.push([round(lat), round(lng)]);
  else if (state.mode === "circle") {
    field("circle_lat").value = round(lat);
    field("circle_lng").value = round(lng);
    if (!field("circle_km").value) field("circle_km").value = 1;
    openDetails();
    says(box.dataset.middle);
  } else return;
  draw(state);
}

function close(state) {
  if (state.open.length < 3) return;
  const line = [...state.open, state.open[0]].map((point) => point.join(",")).join(" ");
  field("polygons").value = [field("polygons").value.trim(), line].filter(Boolean).join("\n");
  mode(state, "");
  openDetails();
}

function clear(state) {
  for (const name of ["polygons", "circle_lat", "circle_lng", "circle_km"]) field(name).value = "";
  mode(state, "");
}

// Coordinates that were drawn shall be seen before they are sent.
const openDetails = () => field("polygons").closest("details")?.setAttribute("open", "");
const says = (words) => (box.querySelector("[data-alert-says]").textContent = words);

function rings() {
  return field("polygons").value.split("\n").map((line) => line.trim().split(/\s+/).map((pair) => pair.split(",").map(Number)))
    .filter((ring) => ring.length >= 3 && ring.every((point) => point.length === 2 && point.every(Number.isFinite)));
}

function circle() {
  const [lat, lng, km] = ["circle_lat", "circle_lng", "circle_km"].map((name) => Number.parseFloat(field(name).value));
  return [lat, lng, km].every(Number.isFinite) ? { middle: [lat, lng], radius: km * 1000 } : null;
}

function draw(state) {
  const { L, drawn, open } = state;
  drawn.clearLayers();
  const look = { className: "alertmap__shape", weight: 2, interactive: false };
  const closed = rings();
  for (const ring of closed) drawn.addLayer(L.polygon(ring, look));
  const round_ = circle();
  if (round_) drawn.addLayer(L.circle(round_.middle, { ...look, radius: round_.radius }));
  if (open.length > 1) drawn.addLayer(L.polyline(open, look));
  open.forEach((point, at) => drawn.addLayer(corner(state, point, at)));
  box.querySelector("[data-draw=close]").hidden = open.length < 3;
  if (open.length) says(box.dataset.outline.replace("{n}", open.length));
  else if (closed.length && state.mode !== "circle") says(box.dataset.done.replace("{n}", closed.length));
}

function corner(state, point, at) {
  const icon = state.L.divIcon({ className: "alertmap__corner", iconSize: [16, 16] });
  const mark = state.L.marker(point, { icon, draggable: true, keyboard: true, title: box.dataset.corner });
  mark.on("dragend", () => {
    const { lat, lng } = mark.getLatLng();
    state.open[at] = [round(lat), round(lng)];
    draw(state);
  });
  return mark;
}
