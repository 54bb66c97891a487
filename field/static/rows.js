/* Rows of lists, as every screen draws them. */

import { area } from "./bundle.js";
import { thai } from "./days.js";
import { button, h } from "./dom.js";
import * as now from "./now.js";
import * as outbox from "./outbox.js";
import { thumbnails } from "./photos.js";
import { bodyOf, dimension, kindName, nameOf, placeOf, titleOf } from "./words.js";

const SCREEN = 12; // rows of a list before its button for more

export const waits = (yes) => (yes ? h("span", { class: "tag waits" }, "รอส่ง") : "");

export const title = (words) => h("h1", { tabindex: "-1" }, words);

export const back = (href, words) => h("a", { class: "back", href }, `‹ ${words}`);

/** A list that shows its first rows, and says of how many. */
export const list = (rows, drawn, most = SCREEN) => {
  const made = h("ul", { class: "list" }, rows.slice(0, most).map(drawn));
  const rest = rows.length - most;
  const more = button(`แสดงอีก ${rest} จากทั้งหมด ${rows.length}`, () => {
    made.append(...rows.slice(most).map(drawn));
    more.remove();
  });
  return rest > 0 ? [made, more] : made;
};

export const late = (due, day) => {
  if (due === day) {
    return h("span", { class: "tag today" }, "ครบกำหนดวันนี้");
  }
  return due < day
    ? h("span", { class: "tag late" }, `เกินกำหนด ${thai(due)}`)
    : h("span", { class: "tag" }, `กำหนด ${thai(due)}`);
};

export const familyRow = (family) => {
  const shown = now.family(family.ref);
  const lacks = Object.keys(area.bundle.named.dimension).filter((one) => family[one] === "deprived");
  const says = lacks.length ? `ขาดแคลน: ${lacks.map(dimension).join(", ")}` : "";
  return h(
    "li",
    {},
    h(
      "a",
      { href: `#${family.ref}` },
      h("b", {}, nameOf(family)),
      h("span", {}, placeOf(family)),
      h(
        "span",
        {},
        says,
        family.certification === "certified" ? h("span", { class: "tag" }, "ครัวเรือนเป้าหมาย") : "",
        waits(shown.waits),
      ),
    ),
  );
};

export const kindsOf = (about, of) => area.bundle.forms.kinds.filter((kind) => kind.about.includes(about) && kind.of === of);

const STATES = { waiting: "รอส่ง", sealed: "เปิดผนึกไม่ได้" };

/** The button that takes back what was recorded on this tablet, sent or not. */
export const withdraw = ({ id, event }, openForm) => {
  const words = `${kindName(event.kind)} ${thai(event.occurred_on)}`;
  const take = () => openForm({ kind: "withdrawn", about: event.about, thing: id, title: words });
  return button("ถอนบันทึกนี้", take, { class: "small" });
};

export const waitingRow = (entry, gone, openForm) => {
  const { event } = entry;
  const over = gone.has(entry.id);
  return h(
    "li",
    { class: over ? "gone" : null },
    h("b", {}, `${thai(event.occurred_on)} · ${kindName(event.kind)}`),
    event.thing?.startsWith("loan/") ? h("span", {}, titleOf(event)) : "",
    h("span", {}, entry.state === "past" ? "" : bodyOf(outbox.words(entry))),
    thumbnails(outbox.pictures(entry)),
    h("span", {}, h("span", { class: "tag waits" }, over ? "ถอนแล้ว รอส่ง" : (STATES[entry.state] ?? "ส่งแล้ว"))),
    over ? "" : withdraw(entry, openForm),
  );
};
