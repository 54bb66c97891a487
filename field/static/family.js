/* One family: what can be recorded of it, its plan, steps, needs, and what happened last. */

import { area } from "./bundle.js";
import { thai, today } from "./days.js";
import { button, folded, h, number } from "./dom.js";
import * as now from "./now.js";
import { back, kindsOf, late, title, waitingRow, waits } from "./rows.js";
import { aspect, dimension, kindName, nameOf, needOf, newsOf, placeOf, progress, villageOf } from "./words.js";

const newsRow = (row, gone, openForm, about) => {
  const over = gone.has(row.entry);
  const spec = { kind: "withdrawn", about, thing: row.entry, title: `${kindName(row.kind)} ${thai(row.happened_on)}` };
  return h(
    "li",
    { class: over ? "gone" : null },
    h("b", {}, `${thai(row.happened_on)} · ${kindName(row.kind)}`),
    h("span", {}, newsOf(row)),
    over ? h("span", {}, h("span", { class: "tag waits" }, "ถอนแล้ว รอส่ง")) : "",
    row.entry && !over ? button("ถอนบันทึกนี้", () => openForm(spec), { class: "small" }) : "",
  );
};

const recordOf = (kinds, thing, family, known, openForm, words) => {
  const open = (kind) => openForm({ kind: kind.kind, about: { household: family.ref }, thing, known, title: words });
  const actions = () =>
    h(
      "div",
      { class: "actions" },
      kinds.map((kind) => button(kind.name, () => open(kind))),
    );
  return folded(thing, "บันทึกความก้าวหน้า", actions);
};

const planRow = (family, openForm) => (item) =>
  h(
    "li",
    {},
    h("b", {}, item.activity),
    h("span", {}, [aspect(item.aspect), item.owner].filter(Boolean).join(" · ")),
    item.reply ? h("span", {}, `ผล: ${item.reply}`) : "",
    h(
      "span",
      {},
      h("span", { class: `tag ${item.status === "done" ? "done" : ""}` }, progress(item.status)),
      item.due_date && item.status !== "done" ? late(item.due_date, today()) : "",
      waits(item.waits),
    ),
    recordOf(kindsOf("household", "plan"), item.thing, family, item, openForm, item.activity),
  );

const stepState = (step) => {
  if (step.finished_date) {
    return h("span", { class: "tag done" }, `เสร็จ ${thai(step.finished_date)}`);
  }
  return h("span", { class: "tag" }, step.started_date ? `เริ่ม ${thai(step.started_date)}` : "ยังไม่เริ่ม");
};

const stepRow = (family, names, openForm) => (step) => {
  const over = {
    step_started: step.started_date || step.finished_date,
    step_finished: step.finished_date,
    step_due: step.finished_date,
  };
  const kinds = kindsOf("household", "step").filter((kind) => !over[kind.kind]);
  const words = `ขั้นที่ ${step.step} ${names[step.step]}`;
  return h(
    "li",
    {},
    h("b", {}, words),
    step.owner ? h("span", {}, step.owner) : "",
    h("span", {}, stepState(step), step.due_date && !step.finished_date ? late(step.due_date, today()) : "", waits(step.waits)),
    kinds.length ? recordOf(kinds, `step/${step.template}/${step.step}`, family, step, openForm, words) : "",
  );
};

/** The steps of a case; those that a family could have lie folded, what fits its needs first, until one of them is recorded. */
const stepsOf = (family, openForm) => {
  const { steps: templates, templates: named = {} } = area.bundle.forms; // a bundle of yesterday has no names
  const fits = ([template]) => (family[named[template]?.[1]] === "deprived" ? 0 : 1);
  const ordered = Object.entries(templates).sort((one, other) => fits(one) - fits(other));
  return ordered.flatMap(([template, names]) => {
    const known = new Map(family.steps.filter((step) => step.template === template).map((step) => [String(step.step), step]));
    const steps = Object.keys(names).map((step) => known.get(step) ?? { template, step: Number(step) });
    const rows = () => h("ul", { class: "list" }, steps.map(stepRow(family, names, openForm)));
    const done = steps.filter((step) => step.finished_date).length;
    const name = named[template]?.[0] ?? template;
    const words = `ขั้นตอน${name} เสร็จ ${done} จาก ${steps.length}`;
    return known.size ? [h("h2", {}, words), rows()] : [folded(template, `เริ่มขั้นตอน${name}`, rows)];
  });
};

const needsOf = (family, openForm) => {
  const about = { household: family.ref };
  const row = (need) => {
    const known = { item: need.item, unit: need.unit, quantity: need.needed };
    const given = { item: need.item, unit: need.unit };
    return h(
      "li",
      {},
      h("b", {}, needOf(need)),
      h("span", {}, `ต้องใช้ ${number(need.needed)} ได้แล้ว ${number(need.given)} ${need.unit}`, waits(need.waits)),
      h(
        "div",
        { class: "actions" },
        button("บันทึกสิ่งที่ได้รับ", () => openForm({ kind: "gift", about, known: given, fill: true })),
        kindsOf("household", "need").map(({ kind, name }) => button(`แก้${name}`, () => openForm({ kind, about, known }))),
      ),
    );
  };
  return family.needs.length ? [h("h2", {}, "สิ่งที่ต้องใช้"), h("ul", { class: "list" }, family.needs.map(row))] : [];
};

const phone = (family) =>
  family.phone ? h("p", {}, h("a", { class: "call", href: `tel:${family.phone}` }, `โทร ${family.phone}`)) : "";

export const family = (ref, openForm) => {
  const shown = now.family(ref);
  if (!shown) {
    return [back("#", "งานของฉัน"), title("ไม่พบครัวเรือนนี้"), h("p", {}, "ครัวเรือนนี้ไม่อยู่ในข้อมูลของเครื่องนี้แล้ว")];
  }
  const about = { household: ref };
  const { own, gone } = now.pending(ref);
  const lacks = Object.keys(area.bundle.named.dimension).filter((one) => shown[one] === "deprived");
  const kinds = [...kindsOf("household", ""), ...kindsOf("household", "need")];
  const local = own.filter(({ event }) => event.kind !== "withdrawn").toReversed();
  return [
    back(`#${shown.village_code ?? ""}`, villageOf(shown) || "งานของฉัน"),
    title(nameOf(shown)),
    h("p", { class: "quiet" }, placeOf(shown), shown.people ? ` · ${shown.people} คน` : ""),
    phone(shown),
    h("p", {}, lacks.length ? `ขาดแคลน: ${lacks.map(dimension).join(", ")}` : "ไม่พบมิติที่ขาดแคลน หรือยังไม่มีข้อมูล"),
    h(
      "div",
      { class: "actions" },
      kinds.map((kind) => button(kind.name, () => openForm({ kind: kind.kind, about }))),
    ),
    ...(shown.plan.length
      ? [
          h("h2", {}, `แผน 4ท ${shown.plan.length} รายการ`),
          h("ul", { class: "list" }, shown.plan.map(planRow(shown, openForm))),
        ]
      : []),
    ...stepsOf(shown, openForm),
    ...needsOf(shown, openForm),
    h("h2", {}, "บันทึกล่าสุด"),
    local.length || shown.news.length
      ? h(
          "ul",
          { class: "list" },
          local.map((one) => waitingRow(one, gone, openForm)),
          shown.news.map((row) => newsRow(row, gone, openForm, about)),
        )
      : h("p", {}, "ยังไม่มีบันทึก"),
  ].flat();
};
