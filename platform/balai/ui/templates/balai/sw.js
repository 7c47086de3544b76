// Balai's service worker: the app's shell and an offline page. It never keeps a page of a person.
const CACHE = "balai-{{ version }}";
const FILES = {{ files|safe }};
const OFFLINE = FILES[0];

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE)
      .then((cache) => cache.addAll(FILES.map((url) => new Request(url, { credentials: "omit", cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("balai-") && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE, { cacheName: CACHE })));
    return;
  }
  const url = new URL(request.url);
  if (!FILES.includes(url.pathname + url.search)) return;
  event.respondWith(caches.match(request, { cacheName: CACHE, ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});

// The browser wakes us when the network is back: tell the open pages to send what waits.
self.addEventListener("sync", (event) => {
  if (event.tag !== "balai-queue") return;
  event.waitUntil(self.clients.matchAll().then((pages) => pages.forEach((page) => page.postMessage("balai-queue"))));
});
