// Boxes over a photo by mouse, finger or keyboard. The number fields are the truth: without this
// script they are typed, with it they follow the hand.
const SVG = "http://www.w3.org/2000/svg";
const LEAST = 1;
const GRIP = 4;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

function start(place) {
  const form = place.closest("form");
  const draw = place.querySelector("svg");
  const add = form.querySelector("[data-cover-add]");
  const rows = [...form.querySelectorAll(".cover__row")].map((row) => ["left", "top", "width", "height"].map((side) => row.querySelector(`[name$="-${side}"]`)));
  const boxes = rows.map((fields) => ({ fields, rect: null, grip: null }));
  draw.removeAttribute("hidden");
  add.hidden = false;
  form.querySelector("[data-cover-numbers]").open = Boolean(form.querySelector(".cover__row .up"));

  const read = ({ fields }) => fields.map((field) => Number.parseFloat(field.value) || 0);
  const used = ({ fields }) => fields[2].value !== "" && fields[3].value !== "";

  function write(box, left, top, width, height) {
    const [w, h] = [clamp(width, LEAST, 100), clamp(height, LEAST, 100)];
    const values = [clamp(left, 0, 100 - w), clamp(top, 0, 100 - h), w, h];
    values.forEach((value, at) => (box.fields[at].value = value.toFixed(1)));
    show(box);
  }

  function show(box) {
    if (!used(box)) return remove(box);
    if (!box.rect) {
      box.rect = shape("rect", "cover__box");
      box.rect.setAttribute("tabindex", "0");
      box.rect.setAttribute("role", "button");
      box.rect.setAttribute("aria-label", place.dataset.box.replace("{n}", boxes.indexOf(box) + 1));
      box.grip = shape("rect", "cover__grip");
      box.rect.addEventListener("keydown", (event) => key(event, box));
      box.rect.addEventListener("pointerdown", (event) => drag(event, box, false));
      box.grip.addEventListener("pointerdown", (event) => drag(event, box, true));
    }
    const [left, top, width, height] = read(box);
    put(box.rect, left, top, width, height);
    const tall = (GRIP * draw.clientWidth) / Math.max(draw.clientHeight, 1);
    put(box.grip, left + width - GRIP / 2, top + height - tall / 2, GRIP, tall);
    add.disabled = boxes.every(used);
  }

  function shape(kind, name) {
    const node = document.createElementNS(SVG, kind);
    node.setAttribute("class", name);
    return draw.appendChild(node);
  }

  function put(node, x, y, width, height) {
    Object.entries({ x, y, width, height }).forEach(([name, value]) => node.setAttribute(name, value));
  }

  function remove(box) {
    box.rect?.remove();
    box.grip?.remove();
    box.rect = box.grip = null;
    box.fields.forEach((field) => (field.value = ""));
    add.disabled = false;
  }

  const at = (event) => {
    const frame = draw.getBoundingClientRect();
    return [((event.clientX - frame.left) / frame.width) * 100, ((event.clientY - frame.top) / frame.height) * 100];
  };

  function follow(event, moved, done = () => {}) {
    draw.setPointerCapture(event.pointerId);
    const stop = () => {
      draw.removeEventListener("pointermove", moved);
      done();
    };
    draw.addEventListener("pointermove", moved);
    draw.addEventListener("pointerup", stop, { once: true });
    draw.addEventListener("pointercancel", stop, { once: true });
  }

  function drag(event, box, resize) {
    event.preventDefault();
    event.stopPropagation();
    box.rect.focus();
    const [x, y] = at(event);
    const [left, top, width, height] = read(box);
    follow(event, (next) => {
      const [nx, ny] = at(next);
      if (resize) write(box, left, top, clamp(width + nx - x, LEAST, 100 - left), clamp(height + ny - y, LEAST, 100 - top));
      else write(box, left + nx - x, top + ny - y, width, height);
    });
  }

  draw.addEventListener("pointerdown", (event) => {
    const box = boxes.find((one) => !used(one));
    if (!box || event.button) return;
    event.preventDefault();
    const [x, y] = at(event);
    follow(
      event,
      (next) => {
        const [nx, ny] = at(next).map((value) => clamp(value, 0, 100));
        write(box, Math.min(x, nx), Math.min(y, ny), Math.abs(nx - x), Math.abs(ny - y));
      },
      () => box.rect?.focus(),
    );
  });

  function key(event, box) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const [left, top, width, height] = read(box);
    if (event.key === "Delete" || event.key === "Backspace") {
      remove(box);
      add.focus();
    } else if (way && event.shiftKey) write(box, left, top, width + way[0], height + way[1]);
    else if (way) write(box, left + way[0], top + way[1], width, height);
    else return;
    event.preventDefault();
  }

  add.addEventListener("click", () => {
    const box = boxes.find((one) => !used(one));
    if (!box) return;
    write(box, 40, 40, 20, 20);
    box.rect.focus();
  });
  for (const box of boxes) for (const field of box.fields) field.addEventListener("change", () => used(box) && show(box));
  boxes.filter(used).forEach(show);
}

document.querySelectorAll("[data-cover]").forEach(start);
