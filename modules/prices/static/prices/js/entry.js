// The enumerator's sheet: what is unusual is asked again at once, also without a network.
const heard = new WeakSet(); // not a mark in the page: that would be kept with it
const digits = (text) => text.replace(/\D/g, "");
const money = (value) => `Rp${new Intl.NumberFormat(document.documentElement.lang).format(value)}`;

// The same rule as gate.py; the server judges again.
function flag(price, box, percent) {
  const usual = Number(box.dataset.usual);
  const ceiling = Number(box.dataset.ceiling);
  const jumps = usual > 0 && Math.abs(price - usual) * 100 > percent * usual;
  const above = ceiling > 0 && price > ceiling;
  if (jumps && above) return "both";
  return jumps ? "jump" : above ? "above" : "";
}

function judge(form, box) {
  const field = box.querySelector("[data-price]");
  const price = Number(digits(field.value));
  const why = price ? flag(price, box, Number(form.dataset.percent)) : "";
  const again = box.querySelector("[data-again]");
  again.hidden = !why;
  if (why) {
    const words = form.querySelector("[data-again-words]").dataset;
    const told = [words[why]];
    if (box.dataset.usual) told.push(`${words.usual}: ${money(Number(box.dataset.usual))}.`);
    if (box.dataset.ceiling) told.push(`${words.ceiling}: ${money(Number(box.dataset.ceiling))}.`);
    again.querySelector("[data-again-says]").textContent = told.join(" ");
  }
  box.classList.toggle("is-filled", Boolean(price || box.querySelector("[data-reason]").value));
}

function count(form) {
  const boxes = [...form.querySelectorAll("[data-entry]")];
  const filled = boxes.filter((box) => box.classList.contains("is-filled")).length;
  const place = form.querySelector("[data-filled]");
  if (place) place.textContent = filled;
  const summary = form.querySelector("[data-summary]");
  // The words of its line among what waits on the phone; empty keeps no draft.
  if (summary) summary.value = filled ? summary.dataset.words.replace("{n}", filled) : "";
}

function typed(event) {
  const form = event.target.closest("form[data-asking]");
  const box = event.target.closest("[data-entry]");
  if (!form || !box) return;
  const taken = form.elements.taken;
  if (taken && !taken.value) taken.value = new Date().toISOString();
  const reason = box.querySelector("[data-reason]");
  const price = box.querySelector("[data-price]");
  if (event.target === price && price.value) reason.value = "";
  if (event.target === reason && reason.value) price.value = "";
  judge(form, box);
  count(form);
}

// A sheet that was opened yesterday and lies on the phone: what is typed now is today's.
function follow(form) {
  const day = form.elements.day;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  if (form.dataset.follows === undefined || !day || day.value >= today) return false;
  day.value = today;
  for (const field of form.querySelectorAll("[data-entry] input, [data-entry] select")) {
    // What is stored is yesterday's; also behind "reset", which is how a sent sheet is emptied.
    for (const option of field.options ?? []) option.defaultSelected = false;
    field.defaultValue = "";
    field.value = "";
  }
  const told = document.querySelector("[data-day]");
  if (told) told.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full" }).format(now);
  return true;
}

// What the server would refuse is told before the sheet waits for a network that is hours away.
function missing(form, done) {
  const boxes = [...form.querySelectorAll("[data-entry]")];
  const unsure = boxes.find((box) => {
    const again = box.querySelector("[data-again]");
    if (again.hidden) return false;
    const twice = digits(again.querySelector("[name^=again_]").value) === digits(box.querySelector("[data-price]").value);
    return !twice || !again.querySelector("[name^=why_]").value.trim();
  });
  if (unsure) return [unsure.querySelector("[name^=again_]"), "unsure"];
  const empty = done && boxes.find((box) => !box.classList.contains("is-filled"));
  return empty ? [empty.querySelector("[data-price]"), "empty"] : [];
}

function refuse(event, form, field, words) {
  event.preventDefault();
  const told = form.querySelector("[data-asking-says]");
  told.textContent = form.querySelector("[data-again-words]").dataset[words];
  told.hidden = false;
  field.focus();
  field.scrollIntoView({ block: "center" });
}

// What is sent or waits for a network stays in the sheet, also when it is opened again without one.
function settle(form) {
  for (const field of form.querySelectorAll("[data-entry] input:not([type=hidden], [type=file])")) field.defaultValue = field.value;
  for (const option of form.querySelectorAll("[data-entry] option")) option.defaultSelected = option.selected;
}

function next(event) {
  if (event.key !== "Enter" || !event.target.matches("[data-price]")) return;
  event.preventDefault();
  const prices = [...event.target.form.querySelectorAll("[data-price]")];
  const following = prices[prices.indexOf(event.target) + 1];
  if (following) following.focus();
  else event.target.blur();
}

function clicked(event) {
  const same = event.target.closest("[data-same]");
  if (same) {
    const field = same.closest("[data-entry]").querySelector("[data-price]");
    field.value = same.dataset.same;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const submit = event.target.closest("form[data-asking] button[type=submit]");
  if (!submit?.form) return;
  // A form that is sent by fetch does not say which button was pressed.
  const done = submit.form.querySelector("[data-done]");
  const [field, words] = missing(submit.form, submit.matches("[data-hand-in]"));
  if (field) return refuse(event, submit.form, field, words);
  submit.form.querySelector("[data-asking-says]").hidden = true;
  if (!done) return;
  settle(submit.form);
  done.disabled = !submit.matches("[data-hand-in]");
  done.value = "1";
}

function start() {
  for (const form of document.querySelectorAll("form[data-asking]")) {
    for (const button of form.querySelectorAll("[data-same]")) {
      button.hidden = false;
      button.previousElementSibling.hidden = true; // the same number as plain text
    }
    const followed = follow(form);
    const renew = () => {
      for (const box of form.querySelectorAll("[data-entry]")) judge(form, box);
      count(form);
    };
    if (!heard.has(form)) {
      heard.add(form);
      form.addEventListener("balai:filled", renew);
      form.addEventListener("balai:cleared", () => {
        renew();
        document.dispatchEvent(new CustomEvent("balai:keep"));
      });
    }
    if (followed) renew();
    else count(form);
  }
}

// Listening before the queue does: the summary must be there when it packs the form.
document.addEventListener("input", typed, true);
document.addEventListener("change", typed, true);
document.addEventListener("keydown", next);
document.addEventListener("click", clicked, true);
document.addEventListener("balai:page", start);
start();
