/* What records say, in words a field team reads: of the bundle's rows and of entries on this tablet. */

import { area } from "./bundle.js";
import { thai } from "./days.js";
import { number } from "./dom.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const lists = () => area.bundle?.named ?? {};

/** The name of a picked value, by whatever list has it. */
const named = (value, list = "") => lists()[list]?.[value] ?? value;

export const nameOf = (family) =>
  `${family.head_title ?? ""}${family.head_first_name ?? ""} ${family.head_last_name ?? ""}`.trim() || "ไม่ทราบชื่อ";

export const villageOf = (family) => area.bundle.village.get(family.village_code)?.name ?? family.village_code ?? "";

export const placeOf = (family) =>
  [family.house_no ? `บ้านเลขที่ ${family.house_no}` : "", villageOf(family)].filter(Boolean).join(" ");

export const kindName = (kind) =>
  area.bundle?.kind.get(kind)?.name ?? { closed: "ปิดกรณี", certification: "รับรอง" }[kind] ?? kind;

export const aspect = (value) => named(value, "aspect");
export const progress = (value) => named(value, "progress");
export const dimension = (value) => named(value, "dimension");

/** Whose or where an entry is, and of which step or item of a plan; of an area that is not here any more, nothing. */
export const titleOf = ({ about, thing = "" }) => {
  const family = area.bundle?.by_ref.get(about.household);
  const place = family ? nameOf(family) : (area.bundle?.village.get(about.village)?.name ?? "");
  const [of, template, step] = thing.split("/");
  const item = of === "plan" ? family?.plan.find((one) => one.thing === thing)?.activity : null;
  const loan = of === "loan" ? area.bundle?.loans.get(about.village)?.find((one) => one.thing === thing)?.group_name : null;
  const says = of === "step" ? area.bundle?.forms.steps[template]?.[step] : (item ?? loan);
  return [place, says].filter(Boolean).join(" · ");
};

const SEALED = "ข้อความผนึกแล้ว";

/** The body of an entry as one line: what was picked by its name, days as days; `whole` is false where more lies sealed. */
export const bodyOf = ({ kind, body, whole }) => {
  const fields = area.bundle?.kind.get(kind)?.fields ?? [];
  const said = fields.flatMap((field) => {
    const value = body[field.field];
    if (value === undefined) {
      return [];
    }
    if (["pick", "picks"].includes(field.type)) {
      return [
        [value]
          .flat()
          .map((one) => named(one, field.list))
          .join(", "),
      ];
    }
    return [field.type === "date" ? thai(value) : typeof value === "number" ? number(value) : value];
  });
  return [...said, whole === false && fields.length ? SEALED : ""].filter(Boolean).join(" · ");
};

const LIST = { plan_status: "progress", plan_new: "aspect", visit: "dimension", gift: "gift" };

/** A record of the bundle as one line. */
export const newsOf = (row) => {
  const said = row.said && DAY.test(row.said) ? thai(row.said) : row.said && named(row.said, LIST[row.kind]);
  const checked = row.check_result === null ? "" : row.check_result === 1 ? "ผ่าน" : "ไม่ผ่าน";
  const amount = row.quantity === null ? "" : `${number(row.quantity)} ${row.unit ?? ""}`;
  return [[said, checked].filter(Boolean).join(" "), row.told, [row.item, amount].filter(Boolean).join(" ")]
    .filter(Boolean)
    .join(" · ");
};

/** What is left to follow of a village's fund. */
export const debtOf = (left) => (left === null ? "ไม่มีเงินทุนที่ต้องติดตาม" : `เหลือต้องติดตาม ${number(left)} บาท`);

export const needOf = (need) => {
  const short = Math.max(need.needed - need.given, 0);
  return short ? `${need.item} ขาดอีก ${number(short)} ${need.unit}` : `${need.item} ครบแล้ว`;
};
