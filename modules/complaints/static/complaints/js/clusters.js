// Reports on a map, gathered by the server for the part that is seen. The list beside it says the same.
import { boundaries, leaflet } from "../../balai/js/pin.js";

const MOST_ZOOM = 19;
const SAME_PLACE = 0.0002; // degrees, about 20 m: zooming in would not part them

export async function startClusters(root = document) {
  for (const box of root.querySelectorAll("[data-clusters]")) {
    if (box.dataset.started) continue;
    box.dataset.started = "yes";
    const shapes = await boundaries(box.dataset.boundaries);
    if (shapes.features.length || box.dataset.tiles) await draw(box, shapes);
  }
}

async function draw(box, shapes) {
  const L = await leaflet();
  box.hidden = false;
  document.querySelector("[data-clusters-instead]")?.setAttribute("hidden", "");
  const { tiles, attribution, closer, further } = box.dataset;
  const map = L.map(box.querySelector("[data-clusters-map]"), {
    attributionControl: Boolean(tiles),
    maxZoom: MOST_ZOOM,
    zoomControl: false,
    zoomSnap: 0.5,
    scrollWheelZoom: false, // the page must be scrolled past the map
  });
  L.control.zoom({ zoomInTitle: closer, zoomOutTitle: further }).addTo(map);
  if (tiles) L.tileLayer(tiles, { attribution, maxZoom: MOST_ZOOM }).addTo(map);
  const named = (feature, layer) => layer.bindTooltip(feature.properties.name);
  const areas = L.geoJSON(shapes, { style: () => ({ className: "clusters__area", weight: 1 }), onEachFeature: named }).addTo(map);
  if (shapes.features.length) map.fitBounds(areas.getBounds(), { padding: [8, 8] });
  else map.setView([-2.5, 118], 5);
  for (const path of box.querySelectorAll("path.clusters__area")) path.setAttribute("tabindex", "-1");
  const marks = L.layerGroup().addTo(map);
  const load = loader(box, map, (found) => show(L, box, map, marks, found));
  map.on("moveend", load);
  load();
}

// Asks for what is seen; a newer question ends an older one.
function loader(box, map, shown) {
  let asked = new AbortController();
  let timer = 0;
  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const url = new URL(box.dataset.src, location.href);
    url.searchParams.set("bbox", edges(map).join(","));
    url.searchParams.set("zoom", Math.max(0, Math.floor(map.getZoom())));
    try {
      const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/geo+json" } });
      if (!answer.ok) throw new Error(answer.status);
      shown(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") says(box, box.dataset.failed);
    }
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  };
}

function edges(map) {
  const seen = map.getBounds();
  const within = (value, most) => Math.min(Math.max(value, -most), most);
  return [
    within(seen.getWest(), 180), within(seen.getSouth(), 90), within(seen.getEast(), 180), within(seen.getNorth(), 90),
  ].map((value) => Number(value.toFixed(5)));
}

function says(box, words) {
  box.querySelector("[data-clusters-says]").textContent = words;
}

function show(L, box, map, marks, found) {
  const held = marks.getLayers().some((mark) => mark.getElement() === document.activeElement);
  const open = marks.getLayers().find((mark) => mark.isPopupOpen()); // it stays: one is reading
  marks.eachLayer((mark) => mark === open || marks.removeLayer(mark));
  let total = 0;
  for (const feature of found.features) {
    total += feature.properties.count;
    if (feature.properties.url !== open?.leadsTo) marks.addLayer(mark(L, box, map, feature));
  }
  if (held) map.getContainer().focus(); // the mark one stood on is gone
  const number = new Intl.NumberFormat(document.documentElement.lang).format(total);
  says(box, total ? box.dataset.total.replace("{n}", number) : box.dataset.none);
  const here = box.querySelector("[data-clusters-here]");
  if (here) {
    here.href = `${here.dataset.clustersHere}${edges(map).join(",")}#list`;
    here.hidden = !total;
  }
}

function mark(L, box, map, { geometry, properties }) {
  const [lng, lat] = geometry.coordinates;
  const single = properties.count === 1;
  const size = single ? 44 : Math.min(44 + 6 * Math.log10(properties.count), 64);
  const classes = single ? `cluster cluster--one cluster--${properties.colour}` : "cluster";
  const icon = L.divIcon({ className: classes, html: single ? "" : String(properties.label), iconSize: [size, size] });
  const opens = single || !apart(map, properties);
  const many = opens ? box.dataset.same : box.dataset.many;
  const words = single ? `${properties.title}. ${properties.status}` : many.replace("{n}", properties.label);
  const closer = () => map.fitBounds(bounds(properties), { padding: [40, 40], maxZoom: Math.min(map.getZoom() + 4, MOST_ZOOM) });
  const made = L.marker([lat, lng], { icon, keyboard: true, title: single ? properties.title : "", riseOnHover: true });
  made.on("add", () => {
    made.getElement().setAttribute("aria-label", words);
    made.getElement().addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault(); // or Leaflet would answer the key once more
      if (opens) made.openPopup();
      else closer();
    });
  });
  if (!opens) return made.on("click", closer);
  made.leadsTo = properties.url;
  made.bindPopup(() => card(box, properties), { minWidth: 180 });
  made.on("popupopen", ({ popup }) => {
    popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", box.dataset.close);
    popup.getElement().querySelector("a[data-first]")?.focus();
    popup.getElement().addEventListener("keydown", ({ key }) => key === "Escape" && made.closePopup());
  });
  made.on("popupclose", () => made.getElement()?.focus());
  return made;
}

function bounds({ box: [west, south, east, north] }) {
  return [[south, west], [north, east]];
}

// Whether coming closer would part the reports of a cluster.
function apart(map, { box: [west, south, east, north] = [0, 0, 0, 0] }) {
  return map.getZoom() < MOST_ZOOM - 1 && (east - west > SAME_PLACE || north - south > SAME_PLACE);
}

// What a mark opens: text only, never markup, for titles are what citizens wrote.
function card(box, { title, number, status, url, count, label }) {
  const made = document.createElement("div");
  const line = (tag, words, classes = "") => made.append(Object.assign(document.createElement(tag), { textContent: words, className: classes }));
  if (count === 1) {
    line("strong", title);
    line("p", `${status} · ${number}`, "sm muted");
  } else line("strong", box.dataset.same.replace("{n}", label));
  const link = Object.assign(document.createElement("a"), { href: url, textContent: count === 1 ? box.dataset.open : box.dataset.show.replace("{n}", label) });
  link.dataset.first = "";
  made.append(link);
  made.className = "stack stack--1";
  return made;
}

startClusters();
