/* An entry on its way from a screen into the outbox: its form, what is known of it, its draft. */

import { area } from "./bundle.js";
import { h, say } from "./dom.js";
import { formOf } from "./form.js";
import * as now from "./now.js";
import * as outbox from "./outbox.js";
import { title } from "./rows.js";
import * as seal from "./seal.js";
import { soon } from "./send.js";
import * as store from "./store.js";
import { nameOf } from "./words.js";

const REMEMBERED = ["visitor"]; // fields that are the same from entry to entry
const PAUSE = 300; // ms of no typing after which a draft is kept

/** The form that lies over the screen: of who works here now, of what is still in the area. */
export const spec = () => {
  const form = history.state?.form;
  const { household, village } = form?.about ?? {};
  const { bundle } = area;
  const mine = form && bundle && form.who === area.who && bundle.kind.has(form.kind);
  return mine && (bundle.by_ref.has(household) || bundle.village.has(village)) ? form : null;
};

/** Lays a form over the screen: going back takes it away. */
export const openForm = (form) => {
  history.pushState({ form: { ...form, who: area.who } }, "");
  window.dispatchEvent(new PopStateEvent("popstate"));
};

const leave = () => history.back();

/** How a form is called: the family's or the village's name, and what of it. */
const titleOf = (form) => {
  const { household, village } = form.about;
  const known = household ? area.bundle.by_ref.get(household) : area.bundle.village.get(village);
  const name = known ? (household ? nameOf(known) : known.name) : "";
  return [name, form.title].filter(Boolean).join(" · ");
};

/** What was written in a field of this area before, the most frequent first. */
const used = (field) => {
  const words = new Map();
  const count = (word) => word && words.set(word, (words.get(word) ?? 0) + 1);
  for (const one of area.bundle.families) {
    [...one.plan, ...one.steps, ...one.needs].forEach((row) => count(row[field]));
  }
  const often = [...words].toSorted((a, b) => b[1] - a[1]);
  return often.slice(0, 30).map(([word]) => word); // a list that a thumb scrolls
};

/** What is known fills the fields of what keeps its last state; a fact that is told anew begins empty. */
const known = (form, kind) => {
  const values = form.fill || kind.keeps === "last" ? (form.known ?? {}) : {};
  const names = kind.fields.map((field) => field.field);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => names.includes(name) && value !== null));
};

/** Whom it is about, with the mark of whom this tablet shows there: by then the number may mean another family. */
const aboutOf = (form) => {
  const seen = area.bundle.by_ref.get(form.about.household)?.seen;
  return seen ? { ...form.about, seen } : form.about;
};

const saved = async (form, kind, values, draft) => {
  const { occurred_on: day, pictures = [], ...fields } = values;
  const empty = (value) => value === "" || value === undefined || (Array.isArray(value) && !value.length);
  const body = Object.fromEntries(Object.entries(fields).filter(([, value]) => !empty(value)));
  const photos = pictures.map((one) => one.digest);
  const of = form.thing ? { thing: form.thing } : {};
  const event = { kind: kind.kind, about: aboutOf(form), occurred_on: day, body, photos, ...of };
  const thing = now.thingOf(event);
  if (kind.keeps === "last") {
    event.base = now.seen(form.about.household, kind.kind, thing);
  }
  const kept = REMEMBERED.filter((name) => body[name]).map((name) => [name, body[name]]);
  const remembered = kept.length ? { who: area.who, values: Object.fromEntries(kept) } : null;
  await outbox.record(area.who, { event, draft, pictures, remembered }, form.replaces);
  const words = navigator.onLine ? "บันทึกแล้ว กำลังส่ง" : "บันทึกแล้ว รอส่งเมื่อมีเครือข่าย";
  if (history.state?.form) {
    // drawn with the screen that comes, not over the form
    window.addEventListener("popstate", () => say(words), { once: true });
    leave();
  } else {
    say(words); // somebody went back meanwhile
  }
  soon();
};

/** The form of an entry, with the draft that was left, if one was. */
export const formScreen = async (form) => {
  const kind = area.bundle.kind.get(form.kind);
  const draft = [area.who, form.about.household ?? form.about.village, form.kind, form.thing ?? "", form.replaces ?? ""].join(
    "|",
  );
  seal.prepare();
  const left = await store.get("drafts", draft);
  const remembered = await store.get("kept", "remembered");
  const before = remembered?.who === area.who ? remembered.values : {};
  const needs = form.about.household && kind.kind === "gift" ? now.family(form.about.household).needs : [];
  const replaced = outbox.find(form.replaces);
  let timer = 0;
  const kept = (values) => store.put("drafts", values, draft);
  const keep = (values) => {
    clearTimeout(timer); // where there is no room for pictures there may be for words
    timer = setTimeout(() => kept(values).catch(() => kept({ ...values, pictures: [] }).catch(() => {})), PAUSE);
  };
  const forgetDraft = async () => {
    clearTimeout(timer);
    await store.remove("drafts", draft);
    leave();
  };
  const element = formOf(kind, {
    lists: area.bundle.forms.lists,
    words: used,
    values: { pictures: replaced && outbox.pictures(replaced), ...before, ...known(form, kind), ...form.values, ...left },
    offers: needs
      .filter((need) => need.needed > need.given)
      .map(({ item, unit }) => ({ says: `${item} (${unit})`, values: { item, unit } })),
    keep,
    say,
    cancel: forgetDraft,
    save: async (values) => {
      clearTimeout(timer);
      await saved(form, kind, values, draft);
    },
  });
  return [
    title(kind.name),
    h("p", {}, h("b", {}, titleOf(form))),
    h("p", { class: "quiet" }, kind.says),
    left ? h("p", { class: "note" }, "นำร่างที่ยังไม่ได้บันทึกกลับมาให้แล้ว") : "",
    element,
  ];
};

const CLOSED = "ข้อความผนึกแล้ว ต่อเครือข่ายแล้วลองอีกครั้ง เพื่อเปิดอ่านที่เครื่องแม่ข่าย";

/** The words of a sealed entry of whoever is signed in, opened by the server; null where they do not come. */
const openedBy = async (entry) => {
  const headers = { "content-type": "application/json", "x-outbox-of": encodeURIComponent(entry.who) };
  const body = JSON.stringify([outbox.outgoing(entry)]);
  const answer = await fetch("/field/api/opened", { method: "POST", headers, body, cache: "no-store" }).catch(() => null);
  const [said] = answer?.ok ? await answer.json().catch(() => []) : [];
  return said?.event?.body ?? null;
};

/** The form of a refused entry as it was filled in; what comes of it is a new entry. */
export const correct = async (entry) => {
  const event = outbox.words(entry);
  const body = event.whole ? event.body : await openedBy(entry);
  if (body) {
    const values = { ...body, occurred_on: event.occurred_on };
    openForm({ kind: event.kind, about: event.about, thing: event.thing, values, replaces: entry.id });
  } else {
    say(CLOSED);
  }
};
