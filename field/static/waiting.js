/* The outbox as its person sees it: what waits, what was refused and why, what the server holds; as a file if need be. */

import { area } from "./bundle.js";
import { thai, when } from "./days.js";
import { button, h } from "./dom.js";
import * as outbox from "./outbox.js";
import { thumbnails } from "./photos.js";
import { title, withdraw } from "./rows.js";
import { bodyOf, kindName, titleOf } from "./words.js";

/** "รอส่ง N รายการ เก่าสุด …" of one person; "" when nothing waits. */
export const sum = (who) => {
  const some = outbox.waiting(who);
  return some.length ? `รอส่ง ${some.length} รายการ เก่าสุด ${when(some[0].event.device_at)}` : "";
};

const row = (entry, ...more) =>
  h(
    "li",
    {},
    h("b", {}, [kindName(entry.event.kind), titleOf(entry.event)].filter(Boolean).join(" · ")),
    h("span", {}, [thai(entry.event.occurred_on), bodyOf(outbox.words(entry))].filter(Boolean).join(" · ")),
    thumbnails(outbox.pictures(entry)),
    ...more,
  );

const refused = (correct) => (entry) =>
  row(
    entry,
    h("p", { class: "fault" }, `ไม่รับ: ${entry.reason}`),
    h(
      "div",
      { class: "actions" },
      area.bundle ? button("แก้ไขแล้วส่งใหม่", () => correct(entry)) : "",
      button("เก็บเป็นไฟล์แล้วนำออก", () => {
        outbox.file([entry]);
        outbox.forget([entry.id]);
      }),
    ),
  );

const shut = (entry) => row(entry, h("p", { class: "fault" }, entry.reason));

const SAID = { held: "เครื่องแม่ข่ายเก็บไว้แล้ว และยังรอ", differs: "มีบันทึกอื่นใช้รหัสนี้" };

const told = (entry) =>
  row(
    entry,
    h("p", {}, `${SAID[entry.state]}: ${entry.reason}`),
    button("รับทราบ", () => outbox.forget([entry.id])),
  );

const waits = (entry) =>
  row(
    entry,
    h(
      "span",
      {},
      h(
        "span",
        { class: "tag waits" },
        outbox.stuck(entry) ? "รอรายการก่อนหน้าที่ยังส่งไม่ได้" : `รอส่งตั้งแต่ ${when(entry.event.device_at)}`,
      ),
    ),
  );

const part = (words, some, drawn) => (some.length ? [h("h2", {}, words), h("ul", { class: "list" }, some.map(drawn))] : []);

const ofOthers = (count) =>
  area.who
    ? `มีรายการของผู้อื่นรอส่งในเครื่องนี้ ${count} รายการ จะส่งเมื่อผู้นั้นลงชื่อเข้าใช้`
    : `มีรายการรอส่งในเครื่องนี้ ${count} รายการ จะส่งเมื่อผู้บันทึกลงชื่อเข้าใช้`;

const PRIVATE = "ไฟล์ผนึกไว้ให้เครื่องแม่ข่ายเปิดได้เท่านั้น ส่งให้เจ้าหน้าที่ข้อมูล แล้วลบออกจากเครื่อง";

/** What was sent within a week: its kind, household and day, and how to take it back. */
const sent = (openForm, gone) => (entry) =>
  h(
    "li",
    { class: gone.has(entry.id) ? "gone" : null },
    h("b", {}, [kindName(entry.event.kind), titleOf(entry.event)].filter(Boolean).join(" · ")),
    h("span", {}, thai(entry.event.occurred_on)),
    gone.has(entry.id) || !area.bundle || entry.event.kind === "withdrawn" ? "" : withdraw(entry, openForm),
  );

export const screen = (send, correct, openForm) => {
  const own = outbox.of(area.who);
  const of = (...states) => own.filter((entry) => states.includes(entry.state));
  const waiting = of("waiting");
  const unsent = of(...outbox.UNSENT);
  const gone = new Set(own.filter(({ event }) => event.kind === "withdrawn").map(({ event }) => event.thing));
  const others = outbox.others(area.who).length;
  return [
    h("a", { class: "back", href: "#" }, "‹ งานของฉัน"),
    title("รายการรอส่ง"),
    others ? h("p", { class: "note" }, ofOthers(others)) : "",
    others && !own.length ? "" : h("p", {}, sum(area.who) || "ไม่มีรายการรอส่ง"),
    unsent.length
      ? h(
          "div",
          { class: "actions" },
          waiting.length || of("sealed").length ? button("ส่งเดี๋ยวนี้", send, { class: "main" }) : "",
          button("เก็บรายการเป็นไฟล์", () => outbox.file(unsent)),
        )
      : "",
    unsent.length ? h("p", { class: "quiet" }, PRIVATE) : "",
    ...part("ไม่รับ ต้องแก้ไข", of("refused"), refused(correct)),
    ...part("เครื่องแม่ข่ายเปิดผนึกไม่ได้ รายการยังอยู่ในเครื่องนี้", of("sealed"), shut),
    ...part("รอส่ง", waiting, waits),
    ...part("เครื่องแม่ข่ายแจ้งว่า", of(...outbox.TOLD), told),
    ...part("ส่งแล้วใน 7 วัน", of("sent", "past").toReversed(), sent(openForm, gone)),
  ];
};
