/* The controls of a form: choices as large as buttons, days of the Buddhist era, and where typing is left, a field. */

import { AGES, MONTHS, shifted, thai, today } from "./days.js";
import { h } from "./dom.js";

const LONG = ["finding", "reply", "note", "correction", "reason", "activity"]; // fields of several lines

const choices = (field, value, list) => {
  const many = field.type === "picks";
  const options = many || field.required ? list : [...list, ["", "ไม่ระบุ"]];
  const chosen = many ? (value ?? []) : [value ?? ""];
  const marked = (option) => chosen.includes(option);
  return h(
    "div",
    { class: "choices" },
    options.map(([option, says]) => {
      const type = many ? "checkbox" : "radio";
      return h(
        "label",
        {},
        h("input", { type, name: field.field, value: option, checked: marked(option) }),
        h("span", {}, says),
      );
    }),
  );
};

const picker = (name, value, years, label) => {
  const [year, month, day] = value ? value.split("-").map(Number) : ["", "", ""];
  const select = (part, first, options, chosen) =>
    h(
      "select",
      { name: `${name}_${part}`, "aria-label": `${label} ${first}` },
      h("option", { value: "" }, first),
      options.map(([option, says]) => h("option", { value: option, selected: option === chosen }, says)),
    );
  const days = Array.from({ length: 31 }, (_, n) => [n + 1, String(n + 1)]);
  const months = MONTHS.map((says, n) => [n + 1, says]);
  const own = value && !years.includes(year + AGES) ? [year + AGES, ...years] : years;
  return h(
    "div",
    { class: "picker" },
    select("day", "วัน", days, day),
    select("month", "เดือน", months, month),
    select(
      "year",
      "ปี พ.ศ.",
      own.map((one) => [one, String(one)]),
      year === "" ? "" : year + AGES,
    ),
  );
};

const spread = (before, after) => {
  const now = Number(today().slice(0, 4)) + AGES;
  return Array.from({ length: before + after + 1 }, (_, n) => now + after - n);
};

/** The day on which it happened: today and yesterday are one tap, any other day three. */
const dayField = (field, value) => {
  const quick = [
    [today(), "วันนี้"],
    [shifted(-1), "เมื่อวาน"],
  ];
  const day = value || today();
  const other = !quick.some(([one]) => one === day);
  const options = [...quick, ["other", "วันอื่น"]];
  const radios = options.map(([option, says]) => {
    const checked = option === (other ? "other" : day);
    return h(
      "label",
      {},
      h("input", { type: "radio", name: "occurred_on", value: option, checked }),
      h("span", {}, says, option === "other" ? "" : h("small", {}, thai(option))),
    );
  });
  const picked = picker("occurred_on", other ? day : "", spread(10, 0), "วันที่");
  return h("div", { class: "when" }, h("div", { class: "choices" }, radios), picked);
};

const must = (field) => field.required || field.together?.includes("=");

const typed = (field, value, words) => {
  const common = { name: field.field, id: `f_${field.field}`, "aria-required": must(field) ? "true" : null };
  if (field.type !== "text") {
    return h("input", { ...common, inputmode: "decimal", autocomplete: "off", value: value ?? "" });
  }
  if (LONG.includes(field.field)) {
    return h("textarea", { ...common, rows: 3, maxlength: 2000 }, value ?? "");
  }
  const list = words.length ? `l_${field.field}` : null;
  const input = h("input", { ...common, type: "text", maxlength: 2000, list, autocomplete: "off", value: value ?? "" });
  return list
    ? [
        input,
        h(
          "datalist",
          { id: list },
          words.map((word) => h("option", { value: word })),
        ),
      ]
    : input;
};

const control = (field, value, given) => {
  if (["pick", "picks"].includes(field.type)) {
    return choices(field, value, given.lists[field.list] ?? []);
  }
  if (field.type === "day") {
    return dayField(field, value);
  }
  if (field.type === "date") {
    return picker(field.field, value, spread(2, 8), field.name);
  }
  return typed(field, value, given.words(field.field));
};

const grouped = ["pick", "picks", "day", "date"]; // a group of controls has a legend, a single one a label

export const row = (field, value, given) => {
  const star = must(field) ? h("span", { class: "must" }, " จำเป็น") : "";
  const inside = control(field, value, given);
  const fault = h("p", { class: "fault", id: `e_${field.field}` });
  if (grouped.includes(field.type)) {
    const described = { class: "row", "data-field": field.field, "aria-describedby": `e_${field.field}` };
    return h("fieldset", described, h("legend", {}, field.name, star), inside, fault);
  }
  const label = h("label", { for: `f_${field.field}` }, field.name, star);
  return h("div", { class: "row", "data-field": field.field }, label, inside, fault);
};
