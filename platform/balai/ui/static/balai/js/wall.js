// The wall's clock and date, in the region's own time zone.
const clock = document.querySelector("[data-wall-clock]");
const day = document.querySelector("[data-wall-date]");
const timeZone = clock.dataset.zone || undefined;
const lang = document.documentElement.lang;
const language = lang === "en" ? "en-GB" : lang; // "26 November", as everywhere on the site
const time = new Intl.DateTimeFormat(language, { timeZone, hour: "2-digit", minute: "2-digit", hour12: false });
const date = new Intl.DateTimeFormat(language, { timeZone, weekday: "long", day: "numeric", month: "long", year: "numeric" });

function tick() {
  const now = new Date();
  clock.textContent = time.format(now);
  clock.dateTime = now.toISOString();
  if (day) day.textContent = date.format(now);
}

tick();
setInterval(tick, 5000);
