/* What stands in a form, and what is wrong with it in words; the server asks the same again (journal/event.py). */

import { MONTHS, dayFrom, thai, today } from "./days.js";

const DIGITS = /[๐-๙]/g;

const numberOf = (text) => {
  const plain = text.replace(DIGITS, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit)).replaceAll(/[\s,]/g, "");
  return plain === "" ? "" : Number(plain);
};

const dayIn = (form, name) => {
  const part = (which) => form.elements[`${name}_${which}`].value;
  return dayFrom(part("day"), part("month"), part("year"));
};

const rowOf = (form, name) => form.querySelector(`.row[data-field="${name}"]`);

/** Shows the fields that are asked for of one value of another field alone where that is picked. */
export const showAsked = (form, fields) => {
  for (const { field, together } of fields.filter((one) => one.together?.includes("="))) {
    const [other, asked] = together.split("=");
    rowOf(form, field).hidden = form.querySelector(`input[name="${other}"]:checked`)?.value !== asked;
  }
};

/** What stands in the form now: a value by field, null for a day that is none. */
export const read = (form, fields) => {
  const values = {};
  for (const field of fields) {
    const name = field.field;
    if (rowOf(form, name)?.hidden) {
      values[name] = "";
    } else if (field.type === "picks") {
      values[name] = [...form.querySelectorAll(`input[name="${name}"]:checked`)].map((one) => one.value);
    } else if (field.type === "pick") {
      values[name] = form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";
    } else if (field.type === "date") {
      values[name] = dayIn(form, name);
    } else if (field.type === "day") {
      const picked = form.querySelector(`input[name="${name}"]:checked`)?.value;
      values[name] = picked === "other" ? dayIn(form, name) : picked;
    } else if (["number", "degrees"].includes(field.type)) {
      values[name] = numberOf(form.elements[name].value);
    } else {
      values[name] = (form.elements[name].value ?? "").trim();
    }
  }
  return values;
};

const blank = (value) => value === "" || value === undefined || (Array.isArray(value) && !value.length);

const dayFault = (form, field) => {
  const part = (which) => form.elements[`${field.field}_${which}`].value;
  return `ไม่มีวันที่ ${part("day")} ${MONTHS[part("month") - 1]} ${part("year")}`;
};

/** What is wrong, by field, in words; the server asks the same again (journal/event.py). */
export const faults = (form, fields, values, photos = "") => {
  const found = new Map();
  for (const field of fields) {
    const value = values[field.field];
    const [other, asked] = field.together?.split("=") ?? [];
    const partner = fields.find((one) => one.field === other);
    const goes = partner && (asked ? values[other] === asked : !blank(values[other]));
    if (value === null) {
      found.set(field.field, dayFault(form, field));
    } else if (blank(value) && field.required) {
      found.set(field.field, `ต้องกรอก “${field.name}”`);
    } else if (blank(value) && goes) {
      found.set(field.field, `กรอก “${partner.name}” แล้ว ต้องกรอก “${field.name}” ด้วย`);
    } else if (typeof value === "number" && (Number.isNaN(value) || (field.type === "number" && value < 0))) {
      found.set(field.field, `“${field.name}” ต้องเป็นตัวเลข`);
    } else if (field.type === "day" && value > today()) {
      found.set(field.field, `วันที่ ${thai(value)} ยังมาไม่ถึง`);
    }
  }
  if (photos === "must" && !values.pictures.length) {
    found.set("photos", "ต้องมีภาพอย่างน้อยหนึ่งภาพ");
  }
  const filled = values.pictures?.length || fields.some((field) => field.type !== "day" && !blank(values[field.field]));
  if (!found.size && !filled && fields.length > 1 && !fields.optional) {
    found.set("", "ยังไม่ได้กรอกอะไร");
  }
  return found;
};

export const showFaults = (form, found) => {
  for (const place of form.querySelectorAll(".row")) {
    const words = found.get(place.dataset.field) ?? "";
    place.querySelector(".fault").textContent = words;
    place
      .querySelectorAll("input, select, textarea")
      .forEach((one) => one.setAttribute("aria-invalid", String(Boolean(words))));
  }
  const summary = form.querySelector(".faults");
  summary.textContent = found.size ? [...found.values()].join(" · ") : "";
  const first = [...form.querySelectorAll(".row")].find((place) => found.has(place.dataset.field));
  (first?.querySelector("input, select, textarea") ?? summary).focus();
};
