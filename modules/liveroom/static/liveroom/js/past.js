// The slider of the past day: it moves the time field, and shows that minute when it is let go.
const form = document.querySelector("[data-past]");
const label = form.querySelector(".past__slider");
const slider = label.querySelector("input");
const field = form.querySelector("input[type=datetime-local]");
const start = field.value;
const from = Number(slider.value);

function minute(ago) {
  // Wall-clock arithmetic on the region's own time, whatever zone this device is in.
  const moment = new Date(`${start.slice(0, 16)}:00Z`);
  moment.setUTCMinutes(moment.getUTCMinutes() + ago - from);
  return moment.toISOString().slice(0, 16);
}

if (start) {
  label.hidden = false;
  slider.addEventListener("input", () => {
    field.value = minute(Number(slider.value));
    slider.setAttribute("aria-valuetext", field.value.replace("T", " "));
  });
  slider.addEventListener("change", () => form.requestSubmit());
}
