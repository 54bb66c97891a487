/* The field page: opens what the tablet has, draws it, and lets sending go on beside. Which screen it is stands behind the #:
nothing, a village, the opaque address of a family, or the outbox; a form lies over it and is no address. */

import { area, check, open, wipe } from "./bundle.js";
import { button, h, say } from "./dom.js";
import { correct, formScreen, openForm, spec } from "./entry.js";
import { family as familyScreen } from "./family.js";
import { choose, foot, none } from "./gone.js";
import { home, village as villageScreen } from "./home.js";
import * as outbox from "./outbox.js";
import { again, begin, go, refresh, sending } from "./send.js";
import * as waiting from "./waiting.js";

const VERSION = "VERSION";
const main = document.getElementById("main");
let turns = 0; // how often something was drawn

/** Asks for the area, or a part of it, because somebody wished so: whatever comes of it is said. */
const take = async (part) => {
  const asked = refresh(part);
  draw();
  const said = await asked;
  if (said === "away") {
    say("ติดต่อเครื่องแม่ข่ายไม่ได้ ลองใหม่เมื่อมีเครือข่าย");
  } else if (said === "same" || said === "new") {
    say("ได้ข้อมูลล่าสุดแล้ว");
  }
  await go();
};

/** Signs out: the area goes first, whatever the network does. */
const leaveTablet = async () => {
  await wipe("signin");
  location.assign("/auth/logout");
};

const chosen = async (place) => {
  if (spec()) {
    return formScreen(spec());
  }
  if (place === "outbox") {
    return waiting.screen(again, correct, openForm);
  }
  if (area.choose) {
    return choose(take);
  }
  if (!area.bundle) {
    return none(() => take());
  }
  const below = h(
    "footer",
    {},
    foot(() => take(), leaveTablet, area.part ? () => take("") : null),
  );
  if (/^[0-9a-f]{16}$/.test(place)) {
    return [...familyScreen(place, openForm), below];
  }
  return [...(/^\d{8}$/.test(place) ? villageScreen(place, openForm) : home()), below];
};

/** Opens again what lay open before, also what lies folded in it. */
const unfold = (keys) => {
  for (const one of main.querySelectorAll("details:not([open])")) {
    if (keys.delete(one.dataset.key)) {
      one.unfold();
      unfold(keys);
    }
  }
};

/** Draws the screen of the address; `moved` when somebody went there, so that it begins at its top and is read out. */
const draw = async (moved = false) => {
  const turn = (turns += 1);
  const inside = await chosen(location.hash.slice(1));
  if (turn !== turns) {
    return; // somebody went elsewhere meanwhile
  }
  const focused = main.contains(document.activeElement) ? document.activeElement : null;
  const unfolded = new Set([...main.querySelectorAll("details[open]")].map((one) => one.dataset.key));
  main.replaceChildren(...inside.filter((one) => one !== ""));
  const heading = main.querySelector("h1");
  document.title = `${heading?.textContent ?? ""} · บ้านสุข ภาคสนาม`;
  if (moved) {
    window.scrollTo(0, 0);
    heading?.focus({ preventScroll: true });
  } else {
    unfold(unfolded);
    if (focused) {
      const alike = (one) => one.tagName === focused.tagName && one.textContent === focused.textContent;
      ([...main.querySelectorAll("a, button, summary")].find(alike) ?? heading)?.focus({ preventScroll: true });
    }
  }
  bar();
};

/** The line that always says how far sending is. */
const bar = () => {
  const outboxLink = document.getElementById("outbox");
  const count = (state) => outbox.of(area.who).filter((entry) => entry.state === state).length;
  const [refused, sealed] = [count("refused"), count("sealed")];
  const others = outbox.others(area.who).length;
  const sum = waiting.sum(area.who);
  const parts = [
    sum,
    refused ? `ไม่รับ ${refused}` : "",
    sealed ? `เปิดผนึกไม่ได้ ${sealed}` : "",
    others ? `ของผู้อื่นรอส่ง ${others}` : "",
  ].filter(Boolean);
  outboxLink.textContent = !area.who && others ? `รอส่ง ${others} รายการ` : parts.join(" · ") || "ส่งครบแล้ว";
  outboxLink.classList.toggle("bad", refused + sealed > 0);
  document.getElementById("send").hidden = !sum;
  const state = document.getElementById("state");
  const away = "ไม่มีเครือข่าย ทำงานต่อได้ รายการจะส่งเองเมื่อมีเครือข่าย";
  const words = navigator.onLine ? (sending.now ? "กำลังส่ง…" : sending.says) : away;
  if (state.textContent !== words) {
    state.textContent = words;
  }
  state.classList.toggle("bad", sending.bad && navigator.onLine);
};

/** Something changed beside: the bar always tells it, a screen is drawn anew unless somebody is typing there. */
const told = (other = true) => {
  bar();
  if (other !== false && !spec() && !main.contains(document.activeElement?.closest("input, textarea, select"))) {
    draw();
  }
};

const worker = async () => {
  if ("serviceWorker" in navigator) {
    await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  }
};

const start = async () => {
  outbox.APP.name = `field/${VERSION}`;
  try {
    await open();
    await outbox.load();
  } catch {
    main.replaceChildren(
      h("h1", {}, "เปิดที่เก็บข้อมูลของเครื่องนี้ไม่ได้"),
      h("p", {}, "ปิดโหมดไม่ระบุตัวตน หรือเพิ่มที่ว่าง แล้วเปิดหน้านี้ใหม่"),
      button("เปิดใหม่", () => location.reload()),
    );
    return;
  }
  outbox.onChange(told);
  begin(told);
  const asked = refresh();
  await draw(true);
  history.scrollRestoration = "manual"; // a screen begins at its top: to restore, the one that is left would be laid out again
  window.addEventListener("popstate", () => draw(true));
  document.getElementById("send").addEventListener("click", () => again());
  setInterval(async () => (await check()) && draw(true), 60_000); // ms; also of a page that nobody closes
  navigator.storage?.persist?.();
  await worker().catch(() => say("เครื่องนี้ยังเปิดหน้านี้โดยไม่มีเครือข่ายไม่ได้ ต้องใช้ https"));
  await asked;
  await outbox.enclose();
  await again();
};

start();
