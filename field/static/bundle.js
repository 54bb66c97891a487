/* The area of one person, kept on the tablet for seven days: fetched, unpacked, forgotten when old or the right is gone. */

import * as outbox from "./outbox.js";
import * as seal from "./seal.js";
import * as store from "./store.js";

const ADDRESS = "/field/api/bundle";
const PATIENCE = 60_000; // ms for 400 kB by a weak network
const DAY = 86_400_000; // ms

/** What is known: `who` is there although the bundle has expired; `gone` says why there is none. */
export const area = { who: "", role: "", bundle: null, at: 0, part: "", gone: "", choose: null, fetching: false };
let kept = null; // as it lies in the store: { text, etag, at, days, part }

const unpack = ({ columns, rows }) => rows.map((row) => Object.fromEntries(columns.map((name, n) => [name, row[n]])));

const grouped = (rows, key) => {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row[key])) {
      groups.set(row[key], []);
    }
    groups.get(row[key]).push(row);
  }
  return groups;
};

/** A bundle as the page reads it: families with what belongs to them, by address and by village. */
const unpacked = (sent) => {
  const families = unpack(sent.households);
  const parts = ["plan", "steps", "needs", "heads", "news"].map((name) => [name, grouped(unpack(sent[name]), "home")]);
  for (const [place, family] of families.entries()) {
    Object.assign(family, { waits: 0, gone: new Set() }); // of what is recorded on this tablet (now.js)
    for (const [name, groups] of parts) {
      family[name] = groups.get(place) ?? [];
    }
  }
  const villages = sent.villages.map(([code, name, tambon]) => ({ code, name, tambon }));
  return {
    ...sent,
    families,
    by_ref: new Map(families.map((family) => [family.ref, family])),
    by_village: grouped(families, "village_code"),
    loans: grouped(unpack(sent.loans), "village_code"),
    debts: grouped(unpack(sent.debts ?? { columns: [], rows: [] }), "village_code"), // a bundle of last week has none
    villages,
    village: new Map(villages.map((village) => [village.code, village])),
    kind: new Map(sent.forms.kinds.map((kind) => [kind.kind, kind])),
    named: Object.fromEntries(Object.entries(sent.forms.lists).map(([name, rows]) => [name, Object.fromEntries(rows)])),
  };
};

const shown = () => {
  const sent = JSON.parse(kept.text);
  Object.assign(area, {
    who: sent.who,
    role: sent.role_th,
    at: kept.at,
    part: kept.part,
    choose: sent.choose ?? null,
    gone: "",
  });
  area.bundle = sent.choose ? null : unpacked(sent);
};

/** Forgets the area, and what this page remembers of entries. `why` is signin, right, expired; the outbox stays. */
export const wipe = async (why, who = "") => {
  kept = null;
  outbox.hush();
  Object.assign(area, { bundle: null, choose: null, gone: why, at: 0, who });
  await store.change(({ kept: place }) => {
    place.delete("bundle");
    place.put({ who, gone: why }, "person");
  });
};

/** The latest instant that the tablet has seen since its bundle came: setting the clock back does not make a bundle younger. */
const clock = async () => {
  const latest = Math.max(Date.now(), (await store.get("kept", "latest")) ?? 0);
  await store.put("kept", latest, "latest").catch(() => {}); // a tablet without room forgets as well when time has run out
  return latest;
};

/** Whether it is too old, by this tablet's own clock from one moment to another. */
const expired = async () => kept !== null && ((await clock()) - kept.at > kept.days * DAY || kept.at - Date.now() > DAY);

export const open = async () => {
  kept = (await store.get("kept", "bundle")) ?? null;
  await seal.load();
  const person = await store.get("kept", "person");
  Object.assign(area, { who: person?.who ?? "", gone: person?.gone ?? "" });
  if (await expired()) {
    await wipe("expired", JSON.parse(kept.text).who);
  } else if (kept) {
    shown();
  }
};

/** Looks whether time has run out while the page stood open. */
export const check = async () => {
  if (await expired()) {
    await wipe("expired", area.who);
    return true;
  }
  return false;
};

const asked = (part, etag) => {
  const headers = { accept: "application/json", ...(etag ? { "if-none-match": etag } : {}) };
  const address = part ? `${ADDRESS}?area=${part}` : ADDRESS;
  return fetch(address, { headers, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
};

/** Asks for the area anew: "new", "same", "signin", "right", "away" or what the server said. Only signin and right wipe. */
export const fetched = async (part = kept?.part ?? "") => {
  area.fetching = true;
  try {
    const answer = await asked(part, kept?.part === part ? kept?.etag : "");
    if (answer.status === 401) {
      await wipe("signin");
      return "signin";
    }
    if (answer.status === 403) {
      const said = await answer.json().catch(() => ({}));
      await wipe("right", said.who ?? "");
      return "right";
    }
    if (answer.status === 409 && part) {
      return await fetched("");
    }
    if (answer.status === 304) {
      kept = { ...kept, at: Date.now() };
    } else if (answer.ok) {
      const text = await answer.text();
      const sent = JSON.parse(text);
      const days = (Date.parse(sent.expires_at) - Date.parse(sent.made_at)) / DAY;
      await seal.use(sent.seal);
      kept = { text, etag: answer.headers.get("etag"), at: Date.now(), days, part };
    } else {
      const said = await answer.json().catch(() => ({}));
      return said.reason ?? "เครื่องแม่ข่ายตอบไม่ได้ชั่วคราว";
    }
    await store.change(({ kept: place }) => {
      place.put(kept, "bundle");
      place.put(kept.at, "latest"); // the server has just confirmed the right, whatever the clock says
      const { who, seal: key } = JSON.parse(kept.text);
      place.put({ who, gone: "" }, "person");
      place.put(key, "seal");
    });
    if (answer.status === 304 && (area.bundle || area.choose)) {
      area.at = kept.at;
      return "same";
    }
    shown();
    return "new";
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === "QuotaExceededError") {
      return "ที่เก็บข้อมูลของเครื่องนี้เต็ม";
    }
    return "away";
  } finally {
    area.fetching = false;
  }
};
