// The preview follows while one types; the server says whether the colours may be saved.
const form = document.querySelector("[data-brand]");
const phone = document.querySelector('[data-region="preview"]');
const verdict = form.querySelector("[data-verdict]");
const colours = [...form.querySelectorAll("[data-colour]")];
let timer;
let asked = 0;

const chip = (passes) =>
  form.querySelector(`template[data-chip=${passes ? "yes" : "no"}]`).content.cloneNode(true);

function suggestion(line) {
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "btn btn--sm btn--second", textContent: verdict.dataset.take.replace("{c}", line.suggestion),
  });
  button.addEventListener("click", () => {
    form.querySelector(`[data-colour=${line.field}]`).value = line.suggestion;
    ask();
  });
  return button;
}

function say(lines) {
  verdict.replaceChildren(...lines.map((line) => {
    const item = Object.assign(document.createElement("li"), { className: "row row--2" });
    item.append(chip(line.passes), Object.assign(document.createElement("span"), { className: "grow", textContent: line.text }));
    if (line.suggestion) item.append(suggestion(line));
    return item;
  }));
}

async function ask() {
  const turn = ++asked;
  const query = new URLSearchParams(colours.map((input) => [input.dataset.colour, input.value]));
  query.set("pattern", form.elements.pattern.value);
  const answer = await fetch(`${form.dataset.check}?${query}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || turn !== asked) return;
  const { tokens, lines } = await answer.json();
  for (const [name, value] of Object.entries(tokens)) phone.style.setProperty(name, value);
  say(lines);
}

form.addEventListener("input", (event) => {
  const { target } = event;
  if (target.dataset.colour) phone.style.setProperty(`--balai-color-brand-${target.dataset.colour}`, target.value);
  if (target.dataset.preview) {
    const place = phone.querySelector(`[data-preview-${target.dataset.preview}]`);
    place.textContent = target.value || target.defaultValue;
  }
  if (target.dataset.colour) form.elements.palette.value = "";
  clearTimeout(timer);
  timer = setTimeout(ask, 150);
});

form.elements.palette.addEventListener("change", async () => {
  const probe = Object.assign(document.createElement("span"), { hidden: true });
  probe.dataset.region = form.elements.palette.value;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  for (const input of colours) input.value = style.getPropertyValue(`--balai-color-brand-${input.dataset.colour}`).trim() || input.value;
  probe.remove();
  ask();
});
