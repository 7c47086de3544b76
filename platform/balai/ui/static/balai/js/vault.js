// Keeps forms on the phone until they can be sent: IndexedDB, sealed with AES-GCM.
// The key never leaves the browser (not extractable), so a copied profile folder does not hold it in the clear.
const NAME = "balai";
const ask = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function database() {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("keys");
    opening.result.createObjectStore("queue", { keyPath: "id" }).createIndex("at", "at");
  };
  return ask(opening);
}

// Done when it lies on the disk: a full phone says so only at the end of the transaction.
async function run(store, mode, work) {
  const db = await database();
  try {
    const transaction = db.transaction(store, mode);
    const written = new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error ?? new DOMException("aborted", "AbortError"));
    });
    const result = ask(work(transaction.objectStore(store)));
    await Promise.all([result, written]);
    return await result;
  } finally {
    db.close();
  }
}

async function key() {
  const kept = await run("keys", "readonly", (keys) => keys.get("queue"));
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await run("keys", "readwrite", (keys) => keys.put(made, "queue"));
  return made;
}

export async function seal(body) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), body) };
}

export async function open({ iv, sealed }) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), sealed);
}

export const put = (item) => run("queue", "readwrite", (queue) => queue.put(item));
export const take = (id) => run("queue", "readonly", (queue) => queue.get(id));
export const drop = (id) => run("queue", "readwrite", (queue) => queue.delete(id));
export const all = () => run("queue", "readonly", (queue) => queue.index("at").getAll()); // oldest first
