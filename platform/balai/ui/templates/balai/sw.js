// Balai's service worker: the app's shell and an offline page. It never keeps a page of a person.
const CACHE = "balai-{{ version }}";
const FILES = {{ files|safe }};
const PAGES = {{ pages|safe }}; // an address, and the page for everybody that stands in for it
const OFFLINE = FILES[0];
const DAY = 86_400_000;
const nobody = (url) => new Request(url, { credentials: "omit", cache: "reload" });

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE)
      .then(async (cache) => {
        await cache.addAll(FILES.map(nobody));
        // A page that fails now is fetched at the next visit; the shell does not wait for it.
        await Promise.allSettled([...new Set(Object.values(PAGES))].map((url) => cache.add(nobody(url))));
      })
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
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const page = PAGES[url.pathname];
    event.respondWith(fetch(request).catch(() => kept(page)));
    if (page) event.waitUntil(renew(page));
    return;
  }
  if (!FILES.includes(url.pathname + url.search)) return;
  event.respondWith(caches.match(request, { cacheName: CACHE, ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});

async function kept(page) {
  return (page && (await caches.match(page, { cacheName: CACHE, ignoreVary: true }))) ?? caches.match(OFFLINE, { cacheName: CACHE, ignoreVary: true });
}

// A kept page shows what a region offers (kinds, areas): once a day it is fetched anew.
async function renew(page) {
  const cache = await caches.open(CACHE);
  const old = await cache.match(page, { ignoreVary: true });
  if (old && Date.now() - Date.parse(old.headers.get("date")) < DAY) return;
  const fresh = await fetch(nobody(page)).catch(() => undefined);
  if (fresh?.ok) await cache.put(page, fresh);
}

// The browser wakes us when the network is back: tell the open pages to send what waits.
self.addEventListener("sync", (event) => {
  if (event.tag !== "balai-queue") return;
  event.waitUntil(self.clients.matchAll().then((pages) => pages.forEach((page) => page.postMessage("balai-queue"))));
});

// Web push: the message is encrypted for this browser and holds public words only.
self.addEventListener("push", (event) => {
  const told = message(event.data);
  if (!told) return;
  event.waitUntil(self.registration.showNotification(told.title, {
    body: told.body, tag: told.tag, lang: told.lang, data: { url: told.url }, icon: "{{ icon|escapejs }}" || undefined, renotify: Boolean(told.tag),
  }));
});

function message(data) {
  try {
    const told = data.json();
    return typeof told.title === "string" ? told : undefined;
  } catch {
    return undefined;
  }
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url || "/", self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((pages) => {
    const open = pages.find((page) => page.url === url.href);
    return open ? open.focus() : self.clients.openWindow(url.href);
  }));
});
