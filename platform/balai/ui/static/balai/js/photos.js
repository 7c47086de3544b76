// Photographs: shown before they are sent, made smaller on the phone, taken out again one by one.
const LONGEST = 2048; // pixels; enough to read a number plate, a tenth of the bytes
const QUALITY = 0.85;
const LIMIT = 9.5 * 1024 * 1024; // bytes; the site takes 10 MB

export function startPhotos(root = document) {
  for (const box of root.querySelectorAll("[data-photo-list]")) {
    if (box.dataset.started) continue;
    box.dataset.started = "yes";
    const input = box.querySelector("input[type=file]");
    const asItIs = "original" in input.dataset; // its metadata is asked for; only a huge one is made anew
    let kept = [];
    const most = Number(input.dataset.max) || 5;
    const says = box.parentElement.querySelector("[data-photo-count]");

    const store = () => {
      const list = new DataTransfer();
      for (const file of kept) list.items.add(file);
      input.files = list.files;
      input.dispatchEvent(new CustomEvent("balai:photos", { bubbles: true }));
    };
    const draw = () => {
      for (const old of box.querySelectorAll("figure")) {
        URL.revokeObjectURL(old.querySelector("img").src);
        old.remove();
      }
      box.prepend(...kept.map((file, at) => figure(file, at, box.dataset.remove, () => {
        kept.splice(at, 1);
        store();
        draw();
        input.focus();
      })));
      box.querySelector(".drop").hidden = kept.length >= most;
      says.textContent = kept.length >= most ? box.dataset.tooMany : "";
    };
    const add = async () => {
      const fresh = [...input.files].filter((file) => !kept.includes(file));
      const room = Math.max(0, most - kept.length);
      kept = [...kept, ...(await Promise.all(fresh.slice(0, room).map(asItIs ? whole : smaller)))];
      store();
      draw();
    };
    input.addEventListener("change", add);
    input.form?.addEventListener("reset", () => {
      kept = [];
      draw();
    });
    if (input.files.length) add();
  }
}

function figure(file, at, words, remove) {
  const figure = Object.assign(document.createElement("figure"), { className: "photo" });
  const image = Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: file.name });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--icon", textContent: "×" });
  button.setAttribute("aria-label", `${words} ${at + 1}`);
  button.addEventListener("click", remove);
  figure.append(image, button);
  return figure;
}

const whole = (file) => (file.size <= LIMIT ? file : smaller(file));

// The original goes when the browser cannot read it (HEIC on some phones) or it is small already.
async function smaller(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = LONGEST / Math.max(picture.width, picture.height);
    if (scale >= 1) return file;
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    return blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg", lastModified: file.lastModified }) : file;
  } catch {
    return file;
  }
}
