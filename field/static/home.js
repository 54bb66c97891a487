/* What is due, my villages, the families of one; made anew from what is known now. */

import { area } from "./bundle.js";
import { shifted, today } from "./days.js";
import { button, folded, h } from "./dom.js";
import * as now from "./now.js";
import { back, familyRow, kindsOf, late, list, title, waitingRow, waits } from "./rows.js";
import { debtOf, nameOf, placeOf } from "./words.js";

const SOON = 7; // days ahead that are shown behind what is due
const VILLAGE = 30; // families of a village before its button for more: so many are drawn within a tap
const FOUND = 30; // families that a search shows

const taskRow = (task) =>
  h(
    "li",
    {},
    h(
      "a",
      { href: `#${task.ref}` },
      h("b", {}, task.says),
      h("span", {}, `${nameOf(task.family)} · ${placeOf(task.family)}`),
      h("span", {}, late(task.due, today()), waits(task.of.waits)),
    ),
  );

const search = () => {
  const found = h("div", { "aria-live": "polite" });
  const look = ({ target }) => {
    const wanted = target.value.trim();
    const rows = wanted
      ? area.bundle.families.filter((one) => nameOf(one).includes(wanted) || (one.house_no ?? "").startsWith(wanted))
      : [];
    const says = rows.length > FOUND ? `พบ ${rows.length} ครัวเรือน แสดง ${FOUND} ครัวเรือนแรก` : `พบ ${rows.length} ครัวเรือน`;
    found.replaceChildren(
      ...(wanted ? [h("p", {}, says), h("ul", { class: "list" }, rows.slice(0, FOUND).map(familyRow))] : []),
    );
  };
  const input = h("input", { id: "search", type: "search", autocomplete: "off", oninput: look });
  return h("div", { class: "row" }, h("label", { for: "search" }, "ค้นชื่อหรือบ้านเลขที่"), input, found);
};

const villageRow = (village, dated) => {
  const families = area.bundle.by_village.get(village.code) ?? [];
  const overdue = dated.get(village.code) ?? 0;
  return h(
    "li",
    {},
    h(
      "a",
      { href: `#${village.code}` },
      h("b", {}, village.name),
      h("span", {}, `ตำบล${village.tambon} · ${families.length} ครัวเรือน`),
      overdue ? h("span", {}, h("span", { class: "tag late" }, `ถึงกำหนด ${overdue} เรื่อง`)) : "",
    ),
  );
};

export const home = () => {
  const day = today();
  const tasks = now.tasks(shifted(SOON), day);
  const due = tasks.filter((task) => task.due <= day);
  const soon = tasks.slice(due.length);
  const dated = new Map();
  for (const { family } of due) {
    dated.set(family.village_code, (dated.get(family.village_code) ?? 0) + 1);
  }
  const listed = area.bundle.villages.filter(({ code }) => area.bundle.by_village.has(code));
  const empty = area.bundle.villages.filter(({ code }) => !area.bundle.by_village.has(code));
  return [
    title("งานของฉัน"),
    h("p", { class: "quiet" }, "สำหรับทีมปฏิบัติการ บันทึกการเยี่ยม แผน และสิ่งที่ครอบครัวได้รับ แม้ไม่มีเครือข่าย"),
    search(),
    h("h2", {}, `วันนี้และเกินกำหนด ${due.length} เรื่อง`),
    due.length ? list(due, taskRow) : h("p", {}, "ไม่มีงานที่ถึงกำหนด"),
    ...(soon.length ? [h("h2", {}, `ภายใน ${SOON} วัน ${soon.length} เรื่อง`), list(soon, taskRow)].flat() : []),
    h("h2", {}, `หมู่บ้านของฉัน ${listed.length} หมู่บ้าน`),
    list(listed, (village) => villageRow(village, dated), 40),
    empty.length
      ? folded("villages", `หมู่บ้านที่ยังไม่มีครัวเรือนในทะเบียน ${empty.length} หมู่บ้าน`, () =>
          h(
            "ul",
            { class: "list" },
            empty.map((village) => villageRow(village, dated)),
          ),
        )
      : "",
  ].flat();
};

/** Projects of the women's fund in a village, each with what can be recorded of it. */
const loans = (code, about, openForm) => {
  const rows = area.bundle.loans.get(code) ?? [];
  const kinds = kindsOf("village", "loan");
  const open = (kind, { thing, group_name: says }) => openForm({ kind: kind.kind, about, thing, title: says });
  const row = (one) =>
    h(
      "li",
      {},
      h("b", {}, one.group_name ?? one.thing),
      h("span", {}, one.project_name ?? ""),
      kinds.map((kind) => button(kind.name, () => open(kind, one), { class: "small" })),
    );
  const heading = h("h2", {}, `กองทุนพัฒนาบทบาทสตรี ${rows.length} โครงการ`);
  return rows.length && kinds.length ? [heading, list(rows, row)].flat() : [];
};

/** The village's own fund (กข.คจ.): what is left to follow, and what can be recorded of it. */
const debts = (code, about, openForm) => {
  const kinds = kindsOf("village", "debt");
  const row = ({ thing, still_to_follow: left }) => {
    const open = (kind) => openForm({ kind: kind.kind, about, thing, title: "กองทุน กข.คจ." });
    return h(
      "li",
      {},
      h("b", {}, debtOf(left)),
      kinds.map((kind) => button(kind.name, () => open(kind), { class: "small" })),
    );
  };
  const rows = area.bundle.debts.get(code) ?? [];
  return rows.length && kinds.length ? [h("h2", {}, "กองทุน กข.คจ."), list(rows, row)].flat() : [];
};

export const village = (code, openForm) => {
  const known = area.bundle.village.get(code);
  const families = area.bundle.by_village.get(code) ?? [];
  const about = { village: code };
  const { own, past, gone } = now.pending(code);
  const recorded = [...past, ...own].filter(({ event }) => event.kind !== "withdrawn"); // no bundle tells of these
  return [
    back("#", "งานของฉัน"),
    title(known?.name ?? code),
    h("p", { class: "quiet" }, `ตำบล${known?.tambon ?? ""} · ${families.length} ครัวเรือน`),
    h(
      "div",
      { class: "actions" },
      kindsOf("village", "").map((kind) => button(kind.name, () => openForm({ kind: kind.kind, about }))),
    ),
    ...loans(code, about, openForm),
    ...debts(code, about, openForm),
    ...(recorded.length
      ? [
          h("h2", {}, "บันทึกในเครื่องนี้"),
          h(
            "ul",
            { class: "list" },
            recorded.map((one) => waitingRow(one, gone, openForm)),
          ),
        ]
      : []),
    h("h2", {}, "ครัวเรือน"),
    families.length ? list(families, familyRow, VILLAGE) : h("p", {}, "ยังไม่มีครัวเรือนในทะเบียน"),
  ].flat();
};
