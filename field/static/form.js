/* One screen for one kind of entry, made of its fields in event_fields.csv: picked first, typed last, known ones filled. */

import { faults, read, showAsked, showFaults } from "./answers.js";
import { row } from "./controls.js";
import { button, h } from "./dom.js";
import { control } from "./photos.js";

// From large to small targets; numbers and texts stay in their own order, a position is the last.
const ORDER = { pick: 0, picks: 1, day: 2, date: 3, number: 4, text: 4, degrees: 5 };

const WHEN = { field: "occurred_on", type: "day", name: "วันที่", required: true };

const SAVE = "บันทึก";

const PATIENCE = 200; // ms until a form says that it is being kept: most are by then, and what is drawn for nothing costs a tap

const FULL = "ที่เก็บข้อมูลของเครื่องนี้เต็ม ยังไม่ได้บันทึก รายการก่อนหน้ายังอยู่ ลบไฟล์อื่นหรือนำภาพออก แล้วบันทึกอีกครั้ง";

const OFFERED = "เลือกจากสิ่งที่ยังขาด";

const here = (form, says) =>
  button("ใช้ตำแหน่งของเครื่องนี้", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form().elements.latitude.value = coords.latitude.toFixed(5); // 5 digits: a metre
        form().elements.longitude.value = coords.longitude.toFixed(5);
        form().dispatchEvent(new Event("input"));
      },
      () => says("หาตำแหน่งไม่ได้ เดินออกที่โล่งแล้วลองอีกครั้ง หรือเว้นว่างไว้"),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  });

/** The form of a kind. `given`: lists, words(field) used before, values that are known, items to pick from (`offers`),
`keep(values)` after each change, `save(values)`, `cancel()`, `say(words)`. */
export const formOf = (kind, given) => {
  const own = kind.fields.toSorted((a, b) => ORDER[a.type] - ORDER[b.type]);
  const place = own.findIndex((field) => ORDER[field.type] > ORDER.day);
  const fields = own.toSpliced(place < 0 ? own.length : place, 0, WHEN);
  fields.optional = kind.of === "step";
  const form = h("form", { novalidate: true, autocomplete: "off" });
  const offers = given.offers.map(({ says, values }) =>
    button(
      says,
      () => {
        for (const [name, value] of Object.entries(values)) {
          form.elements[name].value = value;
        }
        form.dispatchEvent(new Event("input"));
      },
      { class: "offer" },
    ),
  );
  const rows = fields.map((field) => row(field, given.values[field.field], given));
  const places = fields.some((field) => field.field === "latitude") && "geolocation" in navigator;
  const changed = () => form.dispatchEvent(new Event("input"));
  const photos = kind.photos ? control(given.values.pictures, kind.photos === "must", changed) : null;
  const save = h("button", { type: "submit", class: "main" }, SAVE);
  form.append(
    h("p", { class: "faults", role: "alert", tabindex: "-1" }),
    ...(offers.length
      ? [h("div", { class: "row" }, h("p", { class: "legend" }, OFFERED), h("div", { class: "offers" }, offers))]
      : []),
    ...rows,
    photos?.element ?? "",
    ...(places ? [here(() => form, given.say)] : []),
    h("div", { class: "end" }, save, button("ยกเลิก", given.cancel)),
  );
  const values = () => ({ ...read(form, fields), ...(photos ? { pictures: photos.list() } : {}) });
  form.addEventListener("input", () => given.keep(values()));
  showAsked(form, fields);
  form.addEventListener("change", ({ target }) => {
    showAsked(form, fields);
    if (target.name === "occurred_on") {
      form.classList.toggle("other", target.value === "other");
    }
  });
  form.classList.toggle("other", form.querySelector('input[name="occurred_on"]:checked')?.value === "other");
  let keeping = false; // a second tap is not a second entry
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (keeping) {
      return;
    }
    const now = values();
    const found = photos?.busy()
      ? new Map([["photos", "กำลังย่อภาพ รอสักครู่แล้วกดบันทึกอีกครั้ง"]])
      : faults(form, fields, now, kind.photos);
    if (found.size) {
      showFaults(form, found);
      return;
    }
    keeping = true;
    const waits = setTimeout(() => Object.assign(save, { disabled: true, textContent: "กำลังเก็บ…" }), PATIENCE);
    try {
      await given.save(now);
    } catch (fault) {
      keeping = false;
      clearTimeout(waits);
      save.disabled = false;
      save.textContent = SAVE;
      const full = fault?.name === "QuotaExceededError";
      form.querySelector(".faults").textContent = full ? FULL : "เก็บลงเครื่องไม่ได้ ยังไม่ได้บันทึก ลองกดบันทึกอีกครั้ง";
      form.querySelector(".faults").focus();
    }
  });
  return form;
};
