// The page that asks first: the position goes along when the phone tells it.
import { place, watch } from "./phone.js";

const form = document.querySelector("form[data-place]");
const says = form.querySelector("[data-place-says]");

function found(told) {
  for (const [name, value] of Object.entries(place(told))) form.elements[name].value = value;
  says.textContent = form.dataset.found.replace("{m}", Math.round(told.coords.accuracy));
}

says.textContent = navigator.geolocation ? form.dataset.finding : form.dataset.denied;
watch(found, () => (says.textContent = form.dataset.denied));
