// While somebody tells what is broken: have others told it already? Only kind, words and place are
// sent, by POST, so that nothing of it stands in an address. Without an answer nothing happens.
const PAUSE = 900;
const ASKED = ["text", "category", "other_category", "pin_0", "pin_1", "village"];

function start(place) {
  const form = place.closest("form");
  if (!form || place.dataset.started) return;
  place.dataset.started = "yes";
  let waiting;
  let last = "";
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  };
  const ask = async () => {
    const told = new FormData(form);
    const body = new URLSearchParams();
    for (const name of ASKED) if (told.get(name)) body.set(name, told.get(name));
    if (body.get("category") === "other") body.set("category", body.get("other_category") ?? "");
    body.delete("other_category");
    const placed = body.has("village") || (body.has("pin_0") && body.has("pin_1"));
    if (!placed || !(body.get("text") || body.get("category")) || String(body) === last) return;
    last = String(body);
    try {
      const headers = { "X-CSRFToken": told.get("csrfmiddlewaretoken") ?? "" };
      const answer = await fetch(place.dataset.similar, { method: "POST", body, headers });
      if (answer.ok && String(body) === last) place.innerHTML = await answer.text();
    } catch {
      // No network: the report is sent all the same, the hint is a courtesy.
    }
  };
  form.addEventListener("input", (event) => ASKED.includes(event.target.name) && later());
  form.addEventListener("change", (event) => ASKED.includes(event.target.name) && later());
  form.addEventListener("balai:pin", later);
}

const startAll = () => document.querySelectorAll("[data-similar]").forEach(start);
startAll();
document.addEventListener("balai:page", startAll);
