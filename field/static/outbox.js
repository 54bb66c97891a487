/* The outbox: what was recorded here and is not answered yet, and what was refused. Each entry belongs to one person.

State of an entry: waiting; refused (with a reason, to be corrected or put aside); sent (the server has it, the next bundle
shows it); held and differs (the server has it and says why it does not count yet; shown until it was read). */

import * as store from "./store.js";

export const TOLD = ["held", "differs"];
export const APP = { name: "field" }; // the version is set by app.js
const channel = new BroadcastChannel("baansuk-field"); // other tabs of the same tablet
let entries = [];
const listeners = [];

export const onChange = (listener) => listeners.push(listener);
const changed = () => listeners.forEach((listener) => listener());
channel.addEventListener("message", () => load());

export const load = async () => {
  entries = (await store.all("outbox")).toSorted((a, b) => a.event.device_n - b.event.device_n);
  changed();
};

const reloaded = async () => {
  await load();
  channel.postMessage("changed");
};

export const of = (who) => entries.filter((entry) => entry.who === who);
export const waiting = (who) => of(who).filter((entry) => entry.state === "waiting");
export const others = (who) => entries.filter((entry) => entry.who !== who && ["waiting", "refused"].includes(entry.state));
export const find = (id) => entries.find((entry) => entry.id === id);

let own = null; // by which the server tells tablets apart
const device = async () => {
  own ??= await store.get("kept", "device");
  if (!own) {
    own = crypto.randomUUID();
    await store.put("kept", own, "device");
  }
  return own;
};

/** Keeps what somebody recorded; `replaces` is a refused entry that it corrects. It is on the disk when this returns. */
export const record = async (who, parts, replaces = "") => {
  const id = crypto.randomUUID();
  const of_device = await device();
  let entry = null;
  await store.change(({ kept, outbox, drafts }) => {
    const counted = kept.get("counter");
    counted.addEventListener("success", () => {
      const n = (counted.result ?? 0) + 1;
      kept.put(n, "counter");
      const made = { device: of_device, device_at: new Date().toISOString(), device_n: n, app: APP.name };
      const event = { id, photos: [], base: [], ...parts.event, ...made };
      entry = { id, who, state: "waiting", reason: "", title: parts.title, event, pictures: parts.pictures ?? [] };
      outbox.put(entry);
    });
    drafts.delete(parts.draft ?? "");
    if (replaces) {
      outbox.delete(replaces);
      renamed(outbox, who, replaces, id);
    }
  });
  if (replaces) {
    await reloaded();
  } else {
    entries = [...entries, entry]; // what was just written need not be read: the next screen comes sooner
    changed();
    channel.postMessage("changed");
  }
  return id;
};

/** Entries that build on another one name it by its new id, or no longer, when it was corrected or refused. */
const renamed = (outbox, who, old, id, before = []) => {
  for (const entry of of(who).filter((one) => one.state !== "sent" && names(one.event).has(old))) {
    const { event } = entry;
    const base = [...new Set(event.base.flatMap((one) => (one === old ? (id ? [id] : before) : [one])))];
    const thing = id ? (event.thing ?? "").replace(old, id) : event.thing;
    outbox.put({ ...entry, event: { ...event, base, ...(thing ? { thing } : {}) } });
  }
};

/** The entries that an event speaks of: those it has seen, the item it is of, the one it takes back. */
export const names = (event) => new Set([...event.base, ...(event.thing ?? "").split("/")]);

/** What may be sent now: an entry that builds on one of the outbox waits until that one was taken. */
export const ready = (who) => {
  const here = new Set(of(who).flatMap((entry) => (["waiting", "refused"].includes(entry.state) ? [entry.id] : [])));
  return waiting(who).filter((entry) => ![...names(entry.event)].some((name) => here.has(name)));
};

/** Why a waiting entry is not sent with the others: the one that it builds on was refused. */
export const stuck = (entry) => [...names(entry.event)].some((name) => find(name)?.state === "refused");

/** What the server said of some entries; whatever it did not name stays as it is. */
export const answered = async (who, verdicts) => {
  await store.change(({ outbox }) => {
    for (const said of verdicts) {
      const entry = find(said.id);
      if (!entry) {
        continue;
      }
      const state = ["kept", "known"].includes(said.verdict) ? "sent" : said.verdict;
      const pictures = state === "refused" ? entry.pictures : []; // the server has them
      outbox.put({ ...entry, state, reason: said.reason ?? "", answered: Date.now(), pictures });
      if (state === "refused") {
        renamed(outbox, who, said.id, "", entry.event.base);
      }
    }
  });
  await reloaded();
};

/** Takes entries out: the server has them, or they were put aside. */
export const forget = async (ids) => {
  await store.change(({ outbox }) => ids.forEach((id) => outbox.delete(id)));
  await reloaded();
};

/** What the server has had since before a bundle was asked for stands in that bundle. */
export const settled = (who, asked) => {
  const ids = of(who).filter((entry) => entry.state === "sent" && entry.answered < asked);
  return ids.length ? forget(ids.map((entry) => entry.id)) : null;
};

const download = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // ms: until it is surely written
};

/** Events as a file that `manage.py record FILE.json` takes, their pictures as files beside it. */
export const file = (some) => {
  const text = JSON.stringify(
    some.map((entry) => entry.event),
    null,
    1,
  );
  const name = `baansuk-${new Date().toISOString().slice(0, 16).replaceAll(":", "")}.json`;
  download(new Blob([text], { type: "application/json" }), name);
  for (const { digest, blob } of some.flatMap((entry) => entry.pictures ?? [])) {
    download(blob, `${digest}.jpg`);
  }
};
