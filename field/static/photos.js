/* Pictures: drawn anew and small before anything keeps them: nothing of the camera's goes along, not even where it stood. */

import { button, h } from "./dom.js";

const SIDE = 1280; // px of the longer side: a crack in a wall is seen, and 12 MP of 1.25 MB become 225 kB
const QUALITY = 0.8;
const MOST = 10; // pictures of one entry, as the server takes them (journal/event.py)

/** A JPEG without what a browser may write into it beside the picture (segments APP1 to APP15, comments): Safari adds EXIF. */
export const bare = (bytes) => {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    const name = bytes[at + 1];
    if (!((name > 0xe0 && name <= 0xef) || name === 0xfe)) {
      kept.push(bytes.subarray(at, end));
    }
    at = end;
  }
  return new Blob([...kept, bytes.subarray(at)], { type: "image/jpeg" });
};

const digestOf = async (blob) => {
  const sum = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** A picture of a camera as it is kept: { digest, blob }. It stands upright, whichever way the camera was held. */
export const taken = async (file) => {
  const drawn = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(drawn.width, drawn.height));
  const size = { width: Math.max(1, Math.round(drawn.width * scale)), height: Math.max(1, Math.round(drawn.height * scale)) };
  const canvas = Object.assign(document.createElement("canvas"), size);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff"; // behind a picture that is see-through
  pen.fillRect(0, 0, size.width, size.height);
  pen.drawImage(drawn, 0, 0, size.width, size.height);
  drawn.close();
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  const blob = bare(new Uint8Array(await made.arrayBuffer()));
  return { digest: await digestOf(blob), blob };
};

const thumbnail = ({ blob }, n) => {
  if (!blob) {
    return h("span", { class: "thumb sealed" }, `ภาพที่ ${n + 1} ผนึกแล้ว`);
  }
  const src = URL.createObjectURL(blob);
  const free = () => URL.revokeObjectURL(src);
  return h("img", { class: "thumb", src, alt: `ภาพที่ ${n + 1}`, width: 96, height: 96, onload: free, onerror: free });
};

/** The pictures of an entry that is still on this tablet. */
export const thumbnails = (some) => (some?.length ? h("div", { class: "thumbs" }, some.map(thumbnail)) : "");

/** The control of a form; `changed()` after each picture. Returns { element, list(), busy() }. */
export const control = (known, must, changed) => {
  let pictures = known ?? [];
  let working = 0;
  const shown = h("div", { class: "thumbs" });
  const fault = h("p", { class: "fault", role: "alert", id: "e_photos" });
  const described = { type: "file", accept: "image/*", capture: "environment", id: "f_photos", "aria-describedby": "e_photos" };
  const input = h("input", described);
  const draw = () => {
    const remove = (one) => {
      pictures = pictures.filter((other) => other !== one);
      draw();
      changed();
      input.focus();
    };
    const says = (n) => ({ class: "small", "aria-label": `นำภาพที่ ${n + 1} ออก` });
    shown.replaceChildren(
      ...pictures.map((one, n) =>
        h(
          "div",
          { class: "taken" },
          thumbnail(one, n),
          button("นำออก", () => remove(one), says(n)),
        ),
      ),
      ...(working ? [h("p", { class: "quiet" }, "กำลังย่อภาพ…")] : []),
    );
    input.disabled = pictures.length >= MOST;
  };
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) {
      return;
    }
    fault.textContent = "";
    working += 1;
    draw();
    try {
      const one = await taken(file);
      if (!pictures.some((other) => other.digest === one.digest)) {
        pictures = [...pictures, one];
      }
    } catch {
      fault.textContent = "อ่านภาพนี้ไม่ได้ ลองถ่ายใหม่ หรือเลือกภาพ JPEG";
    }
    working -= 1;
    input.value = ""; // the same picture can be taken again
    draw();
    changed();
  });
  draw();
  const star = must ? h("span", { class: "must" }, " จำเป็น") : "";
  const shoot = h("label", { class: "button shoot" }, "ถ่ายภาพ", input); // its own words would be of the browser's language
  const legend = h("p", { class: "legend" }, "ภาพ", star);
  const element = h("div", { class: "row", "data-field": "photos" }, legend, shoot, shown, fault);
  return { element, list: () => pictures, busy: () => working > 0 };
};
