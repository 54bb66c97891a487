/* What stands where there is no area to show, and below every area: why, since when, whose. */

import { area } from "./bundle.js";
import { dayOf, thai } from "./days.js";
import { button, h, number } from "./dom.js";
import { title } from "./rows.js";

/** When there is no area to show: why, and what to do. */
const GONE = {
  signin: ["ต้องลงชื่อเข้าใช้อีกครั้ง", "การลงชื่อเข้าใช้หมดเวลา รายชื่อจึงถูกลบออกจากเครื่องนี้ รายการที่รอส่งยังอยู่ครบ"],
  right: ["ไม่มีสิทธิ์ใช้หน้าภาคสนามแล้ว", "รายชื่อถูกลบออกจากเครื่องนี้แล้ว โปรดติดต่อผู้ดูแลผู้ใช้ของศูนย์"],
  expired: ["ข้อมูลเก่าเกิน 7 วัน", "รายชื่อถูกลบตามกำหนด ต่อเครือข่ายเพื่อรับข้อมูลใหม่ รายการที่รอส่งยังอยู่ครบ"],
  "": ["ยังไม่มีข้อมูลในเครื่องนี้", "เชื่อมต่อเครือข่ายครั้งแรกหนึ่งครั้ง แล้วจะใช้งานได้โดยไม่มีเครือข่าย"],
};

export const none = (again) => {
  const [words, says] = area.fetching && !area.gone ? ["กำลังรับข้อมูลพื้นที่ของท่าน", "กรุณารอสักครู่"] : GONE[area.gone];
  const signin = h("a", { class: "button", href: "/field/enter" }, "ลงชื่อเข้าใช้");
  const anew = button("รับข้อมูลอีกครั้ง", again, { class: "main" });
  return [title(words), h("p", {}, says), area.gone === "signin" ? signin : anew];
};

/** Parts of an area that is too large for a tablet. */
export const choose = (pick) => [
  title("เลือกพื้นที่ที่จะทำงาน"),
  h("p", {}, "พื้นที่ของท่านใหญ่เกินกว่าจะเก็บไว้ในเครื่องนี้ทั้งหมด"),
  h(
    "div",
    { class: "actions" },
    area.choose.map(([code, name, households]) => button(`${name} · ${number(households)} ครัวเรือน`, () => pick(code))),
  ),
];

const whose = () => (area.who === "desk" ? area.role : `${area.role} · ${area.who}`);

export const foot = (again, leave, other) => [
  h("p", {}, `ข้อมูลเมื่อ ${thai(dayOf(new Date(area.at)))} · ${whose()}`),
  h(
    "div",
    { class: "actions" },
    button("รับข้อมูลล่าสุด", again),
    other ? button("เลือกพื้นที่อื่น", other) : "",
    area.who === "desk" ? "" : button("ออกจากระบบ", leave),
  ),
];
