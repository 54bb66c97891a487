/* The outbox: what was recorded here and is not answered yet, and what was refused. Each entry belongs to one person.

What an entry says lies sealed on the tablet (seal.js). Readable stays what screens need without it: whose and of which
household or village it is, kind, day, on what it builds, and the picks and amounts by which lists count it (SHOWN). The words
themselves are known to the page that recorded them, until it is closed, and to nobody else.

State of an entry: waiting; refused (with a reason, to be corrected or put aside); sealed (the server has not the key to open
it: it stays); sent (the server has it, the next bundle shows it); past (a bundle shows it: it can still be withdrawn here);
held and differs (the server has it and says why it does not count yet; shown until it was read). */

import * as seal from "./seal.js";
import * as store from "./store.js";

export const TOLD = ["held", "differs"];
export const UNSENT = ["waiting", "refused", "sealed"];
export const APP = { name: "field" }; // the version is set by app.js
const OUTSIDE = ["base", "thing", "device", "device_at", "device_n", "app"]; // beside the seal (journal/envelope.py)
const SHOWN = {
  plan_new: ["aspect", "due_date"],
  plan_status: ["status"],
  plan_due: ["due_date"],
  step_due: ["due_date"],
  need: ["item", "quantity", "unit"],
  gift: ["item", "quantity", "unit"],
};
const PAST = 7 * 86_400_000; // ms for which what was sent can be withdrawn here, as long as a bundle lasts
const channel = new BroadcastChannel("baansuk-field"); // other tabs of the same tablet
let entries = [];
const read = new Map(); // id -> { body, pictures } of what this page recorded
const listeners = [];

export const onChange = (listener) => listeners.push(listener);
const changed = () => listeners.forEach((listener) => listener());
channel.addEventListener("message", () => load());

let latest = null; // the reading that began last: of several at once it alone has seen all

const newest = async () => {
  const mine = latest;
  const found = await mine;
  return latest === null || latest === mine ? found : newest();
};

export const load = async () => {
  latest = store.all("outbox");
  const found = await newest();
  latest = null;
  entries = found.toSorted((a, b) => a.event.device_n - b.event.device_n);
  changed();
};

const reloaded = async () => {
  await load();
  channel.postMessage("changed");
};

export const of = (who) => entries.filter((entry) => entry.who === who);
export const waiting = (who) => of(who).filter((entry) => entry.state === "waiting");
export const others = (who) => entries.filter((entry) => entry.who !== who && UNSENT.includes(entry.state));
export const find = (id) => entries.find((entry) => entry.id === id);

/** An event with all that this page may read of it, and whether that is all. */
export const words = ({ id, event, sealed }) => ({
  ...event,
  body: read.get(id)?.body ?? event.body,
  whole: read.has(id) || !sealed,
});
export const pictures = (entry) => read.get(entry.id)?.pictures ?? entry.pictures ?? [];

/** Forgets the words: somebody else may work here now. */
export const hush = () => read.clear();

let own = null; // by which the server tells tablets apart
const device = async () => {
  own ??= await store.get("kept", "device");
  if (!own) {
    own = crypto.randomUUID();
    await store.put("kept", own, "device");
  }
  return own;
};

const part = (from, names) => Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));

/** What of an event stays readable. */
const label = (event) => {
  const { id, kind, about, occurred_on: day } = event;
  return { id, kind, about, occurred_on: day, ...part(event, OUTSIDE), body: part(event.body, SHOWN[kind] ?? []) };
};

/** An entry as it is kept: sealed, where the server's key is known. */
const enclosed = async (entry) => {
  const { id, who, event } = entry;
  if (!seal.ready()) {
    return entry;
  }
  const inside = Object.fromEntries(Object.entries(event).filter(([name]) => name !== "id" && !OUTSIDE.includes(name)));
  const [sealed, ...sealedPictures] = await Promise.all([
    seal.entry(inside, id, who),
    ...entry.pictures.map((one) => seal.picture(one, who)),
  ]);
  return { ...entry, event: label(event), sealed, pictures: sealedPictures };
};

/** Keeps what somebody recorded; `replaces` is a refused entry that it corrects. It is on the disk when this returns. */
export const record = async (who, parts, replaces = "") => {
  const id = crypto.randomUUID();
  const of_device = await device();
  const all = parts.pictures ?? [];
  const event = { id, photos: [], base: [], ...parts.event, device: of_device, app: APP.name };
  const made = await enclosed({ id, who, state: "waiting", reason: "", event, pictures: all });
  let entry = null;
  await store.change(({ kept, outbox, drafts }) => {
    const counted = kept.get("counter");
    counted.addEventListener("success", () => {
      const n = (counted.result ?? 0) + 1;
      kept.put(n, "counter");
      entry = { ...made, event: { ...made.event, device_at: new Date().toISOString(), device_n: n } };
      outbox.put(entry);
    });
    drafts.delete(parts.draft ?? "");
    if (parts.remembered) {
      kept.put(parts.remembered, "remembered");
    }
    if (replaces) {
      outbox.delete(replaces);
      renamed(outbox, who, replaces, id);
    }
  });
  read.set(id, { body: event.body, pictures: all });
  if (replaces || latest) {
    await reloaded();
  } else {
    entries = [...entries, entry]; // what was just written need not be read: the next screen comes sooner
    changed();
    channel.postMessage("changed");
  }
  return id;
};

/** Seals what lies here from before there were seals; an entry that changed meanwhile is left for the next time. */
export const enclose = async () => {
  const open = entries.filter((entry) => !entry.sealed && ["waiting", "refused"].includes(entry.state));
  if (!open.length || !seal.ready()) {
    return;
  }
  const made = await Promise.all(open.map((entry) => enclosed({ ...entry, title: undefined, pictures: entry.pictures ?? [] })));
  await store.change(({ outbox }) => {
    for (const [n, entry] of open.entries()) {
      now(outbox, entry.id, (here) => (JSON.stringify(here) === JSON.stringify(entry) ? made[n] : here));
    }
  });
  await reloaded();
};

/** Entries that build on another one name it by its new id, or no longer, when it was corrected or refused. */
const renamed = (outbox, who, old, id, before = []) => {
  for (const { id: other } of of(who).filter((one) => UNSENT.includes(one.state) && names(one.event).has(old))) {
    now(outbox, other, (entry) => {
      const { event } = entry;
      const base = [...new Set(event.base.flatMap((one) => (one === old ? (id ? [id] : before) : [one])))];
      const thing = id ? (event.thing ?? "").replace(old, id) : event.thing;
      return { ...entry, event: { ...event, base, ...(thing ? { thing } : {}) } };
    });
  }
};

/** Puts what becomes of an entry as it lies there now: another tab may have changed it, or taken it out. */
const now = (outbox, id, becomes) => {
  const asked = outbox.get(id);
  asked.addEventListener("success", () => asked.result && outbox.put(becomes(asked.result)));
};

/** The entries that an event speaks of: those it has seen, the item it is of, the one it takes back. */
export const names = (event) => new Set([...event.base, ...(event.thing ?? "").split("/")]);

/** What may be sent now: an entry that builds on one of the outbox waits until that one was taken. */
export const ready = (who) => {
  const here = new Set(of(who).flatMap((entry) => (UNSENT.includes(entry.state) ? [entry.id] : [])));
  return waiting(who).filter((entry) => ![...names(entry.event)].some((name) => here.has(name)));
};

/** An entry as it is sent, and saved in a file. */
export const outgoing = ({ id, event, sealed }) => (sealed ? { id, ...part(event, OUTSIDE), sealed } : event);

/** Why a waiting entry is not sent with the others: the one that it builds on was not taken. */
export const stuck = (entry) => [...names(entry.event)].some((name) => ["refused", "sealed"].includes(find(name)?.state));

/** What the server said of some entries; whatever it did not name stays as it is. */
export const answered = async (who, verdicts) => {
  await store.change(({ outbox }) => {
    for (const said of verdicts) {
      const state = ["kept", "known"].includes(said.verdict) ? "sent" : said.verdict;
      const is = { state, reason: said.reason ?? "", answered: Date.now() };
      now(outbox, said.id, (entry) => {
        const { id, event } = entry;
        // what it says the server has
        return UNSENT.includes(state) ? { ...entry, ...is } : { id, who, ...is, event: label(event), pictures: [] };
      });
      if (state === "refused") {
        renamed(outbox, who, said.id, "", find(said.id)?.event.base);
      }
    }
  });
  await reloaded();
};

/** Tries again what the server could not open: it may have its key back. */
export const retry = async (who) => {
  const some = of(who).filter((entry) => entry.state === "sealed");
  if (some.length) {
    const waits = (entry) => ({ ...entry, state: "waiting", reason: "" });
    await store.change(({ outbox }) => some.forEach(({ id }) => now(outbox, id, waits)));
    await reloaded();
  }
};

/** Takes entries out: the server has them, or they were put aside. */
export const forget = async (ids) => {
  await store.change(({ outbox }) => ids.forEach((id) => outbox.delete(id)));
  await reloaded();
};

/** What the server has had since before a bundle was asked for stands in it: of it stays what a withdrawal needs, a while. */
export const settled = async (who, asked) => {
  const shown = of(who).filter((entry) => entry.state === "sent" && entry.answered < asked);
  const back = new Set(shown.filter(({ event }) => event.kind === "withdrawn").map(({ event }) => event.thing));
  const old = (entry) => entry.state === "past" && Math.abs(Date.now() - entry.answered) > PAST;
  const over = entries.filter((entry) => old(entry) || (entry.who === who && entry.state === "past" && back.has(entry.id)));
  if (shown.length || over.length) {
    await store.change(({ outbox }) => {
      over.forEach((entry) => outbox.delete(entry.id));
      for (const entry of shown) {
        if (entry.event.kind === "withdrawn" || back.has(entry.id)) {
          outbox.delete(entry.id);
        } else {
          outbox.put({ ...entry, state: "past", event: { ...entry.event, body: {} } });
        }
      }
    });
    shown.forEach(({ id }) => read.delete(id));
    await reloaded();
  }
};

const download = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // ms: until it is surely written
};

/** Entries as a file that `manage.py record FILE.json` takes on the server that can open it, pictures as files beside it. */
export const file = (some) => {
  const text = JSON.stringify(
    some.map((entry) => outgoing(entry)),
    null,
    1,
  );
  const name = `baansuk-${new Date().toISOString().slice(0, 16).replaceAll(":", "")}.json`;
  download(new Blob([text], { type: "application/json" }), name);
  for (const { digest, blob, sealed } of some.flatMap((entry) => entry.pictures ?? [])) {
    download(sealed ?? blob, `${digest}.${sealed ? "sealed" : "jpg"}`);
  }
};
