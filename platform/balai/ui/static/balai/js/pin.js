// A pin on a map: the region's own boundaries, tiles where the region has a tile server, the phone's position.
const LEAFLET = document.querySelector("[data-leaflet]")?.dataset;

// Leaflet itself, fetched once; other maps use it, too.
export async function leaflet() {
  if (window.L) return window.L;
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: LEAFLET.css });
  const script = Object.assign(document.createElement("script"), { src: LEAFLET.js });
  document.head.append(style, script);
  // Both must be there: a map measured without its sheet is drawn in the wrong place.
  await Promise.all([style, script].map((part) => new Promise((done, failed) => {
    part.onload = done;
    part.onerror = failed;
  })));
  return window.L;
}

export async function startPins(root = document) {
  for (const field of root.querySelectorAll("[data-pin]")) {
    if (field.dataset.started) continue;
    field.dataset.started = "yes";
    const shapes = await boundaries(field.dataset.boundaries);
    if (shapes.features.length || field.dataset.tiles) await pin(field, shapes);
    else position(field); // nothing to draw a map of: the phone's position alone
  }
}

export async function boundaries(url) {
  if (!url) return { features: [] };
  try {
    const answer = await fetch(url, { headers: { Accept: "application/geo+json" } });
    return answer.ok ? await answer.json() : { features: [] };
  } catch {
    return { features: [] };
  }
}

function parts(field) {
  const [latitude, longitude] = field.querySelectorAll("input[type=hidden]");
  return { latitude, longitude, says: field.querySelector("[data-pin-says]"), locate: field.querySelector("[data-pin-locate]") };
}

function locate(field, found) {
  const { says, locate: button } = parts(field);
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        says.textContent = "";
        found(coords.latitude, coords.longitude);
        own(field, coords);
        const accuracy = field.dataset.found.replace("{m}", Math.round(coords.accuracy));
        says.textContent = [says.textContent, accuracy].filter(Boolean).join(". ");
      },
      () => {
        button.disabled = false;
        says.textContent = field.dataset.denied;
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
}

// Where the person stood, apart from the place of the problem; only after they pressed the button.
function own(field, coords) {
  const form = field.closest("form");
  for (const name of ["latitude", "longitude"]) {
    const place = form?.querySelector(`[data-own="${name}"]`);
    if (place) place.value = coords[name].toFixed(6);
  }
}

// Tells the form where the pin is and, where boundaries are known, in which area.
function write(field, lat, lng, shapes = { features: [] }) {
  const { latitude, longitude, says } = parts(field);
  latitude.value = lat.toFixed(6);
  longitude.value = lng.toFixed(6);
  const area = shapes.features.find(({ geometry }) => inside(geometry, lng, lat))?.properties;
  if (shapes.features.length) says.textContent = area ? area.name : field.dataset.outside;
  field.dispatchEvent(new CustomEvent("balai:pin", { bubbles: true, detail: { lat, lng, area } }));
}

// Even-odd rule over every ring of a MultiPolygon.
function inside({ coordinates }, x, y) {
  let odd = false;
  for (const [ring] of coordinates)
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [[x1, y1], [x2, y2]] = [ring[at], ring[before]];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
    }
  return odd;
}

function position(field) {
  if (!navigator.geolocation) return;
  field.querySelector("[data-pin-map]").remove();
  field.hidden = false;
  parts(field).says.textContent = "";
  locate(field, (lat, lng) => write(field, lat, lng));
}

async function pin(field, shapes) {
  const L = await leaflet();
  field.hidden = false;
  const map = L.map(field.querySelector("[data-pin-map]"), { attributionControl: Boolean(field.dataset.tiles), zoomSnap: 0.5 });
  if (field.dataset.tiles) L.tileLayer(field.dataset.tiles, { attribution: field.dataset.attribution, maxZoom: 19 }).addTo(map);
  const areas = L.geoJSON(shapes, { style: () => ({ className: "pin__area", weight: 1.5 }), onEachFeature: (feature, layer) => layer.bindTooltip(feature.properties.name) }).addTo(map);
  if (shapes.features.length) map.fitBounds(areas.getBounds(), { padding: [8, 8] });
  else map.setView([-2.5, 118], 5);
  const marker = L.marker(map.getCenter(), { draggable: true, autoPan: true, keyboard: true, icon: L.divIcon({ className: "pin__mark", iconSize: [32, 32], iconAnchor: [16, 30] }) });
  const put = (lat, lng) => {
    marker.setLatLng([lat, lng]).addTo(map);
    marker.getElement().setAttribute("aria-label", field.dataset.mark);
    write(field, lat, lng, shapes);
  };
  map.on("click", ({ latlng }) => put(latlng.lat, latlng.lng));
  marker.on("dragend", () => write(field, marker.getLatLng().lat, marker.getLatLng().lng, shapes));
  const { latitude, longitude } = parts(field);
  field.closest("form")?.addEventListener("balai:filled", () => latitude.value && put(Number(latitude.value), Number(longitude.value)));
  field.closest("form")?.addEventListener("balai:cleared", () => {
    marker.remove();
    latitude.value = longitude.value = "";
    parts(field).says.textContent = "";
  });
  if (latitude.value) put(Number(latitude.value), Number(longitude.value));
  locate(field, (lat, lng) => {
    put(lat, lng);
    map.setView([lat, lng], Math.max(map.getZoom(), field.dataset.tiles ? 16 : 13));
  });
}
