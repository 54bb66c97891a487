/* Days of the Buddhist era on screen, of the common era (YYYY-MM-DD) in what is kept. */

export const AGES = 543; // years between the two
const LONG = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม";
const SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split(" ");
export const MONTHS = LONG.split(" ");
const two = (n) => String(n).padStart(2, "0");

/** A day of this device, also of one whose clock counts Buddhist years. */
export const dayOf = (date) => {
  const year = date.getFullYear();
  return `${year > 2400 ? year - AGES : year}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

export const today = () => dayOf(new Date());

export const shifted = (days) => {
  const date = new Date();
  date.setDate(date.getDate() + days);
  return dayOf(date);
};

export const thai = (iso) => {
  if (!iso) {
    return "ไม่ทราบวันที่";
  }
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  return `${day} ${SHORT[month - 1]} ${year + AGES}`;
};

/** An instant of this device as somebody says it: the hour alone when it is today. */
export const when = (iso) => {
  const date = new Date(iso);
  const hour = `${two(date.getHours())}.${two(date.getMinutes())} น.`;
  return dayOf(date) === today() ? `วันนี้ ${hour}` : `${thai(dayOf(date))} ${hour}`;
};

/** The day of three picked values, "" where one is missing, null where there is no such day. */
export const dayFrom = (day, month, year) => {
  if (!day || !month || !year) {
    return "";
  }
  const made = new Date(Date.UTC(Number(year) - AGES, Number(month) - 1, Number(day)));
  return made.getUTCMonth() === Number(month) - 1 ? made.toISOString().slice(0, 10) : null;
};
