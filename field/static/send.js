/* Sends what waits, by itself and by a button. Whatever happens to an answer, an entry stays until a verdict on it has come. */

import { area, fetched, wipe } from "./bundle.js";
import * as outbox from "./outbox.js";

const ADDRESS = "/field/api/events";
const PHOTOS = "/field/photos/";
const SEALED = "application/vnd.baansuk.sealed";
const MOST = 100; // entries of one batch: by a weak network an answer comes before the patience ends
const LARGEST = 300_000; // letters of one batch; the server takes 1 MB, a Thai letter that is not sealed is three bytes
const PATIENCE = 30_000; // ms
const PICTURED = 120_000; // ms for one picture by a weak network
const DRAWN = 500; // ms from a tap until its screen stands still
const PAUSES = [5_000, 15_000, 30_000, 60_000, 300_000]; // ms until it is tried again
const UNFIT = new Set([400, 413, 422]); // answers that say what is wrong with what was sent
const FRESH = 600_000; // ms after which an idle page asks whether its area has changed

export const sending = { now: false, says: "", bad: false };
let tries = 0;
let timer = 0;
let begun = false; // whether what was just recorded has a timer of its own
let tell = () => {};

const batch = (who, most) => {
  const chosen = [];
  let size = 0;
  const [words, pictured] = [[], []];
  outbox.ready(who).forEach((entry) => (entry.pictures?.length ? pictured : words).push(entry));
  if (!words.length) {
    return pictured.slice(0, 1); // one by one, and last: what was written never waits for a picture
  }
  for (const entry of words) {
    size += JSON.stringify(outbox.outgoing(entry)).length;
    if (chosen.length && (chosen.length >= most || size > LARGEST)) {
      break;
    }
    chosen.push(entry);
  }
  return chosen;
};

const posted = (who, some) =>
  fetch(ADDRESS, {
    method: "POST",
    headers: { "content-type": "application/json", "x-outbox-of": encodeURIComponent(who) },
    body: JSON.stringify(some.map((entry) => outbox.outgoing(entry))),
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  });

/** Puts the pictures of an entry, before the entry; the answer that refuses one, null where all are there. */
const put = async (who, { pictures = [] }) => {
  for (const { digest, blob, sealed } of pictures) {
    // One after the other: two at once would share a weak network, and both be late.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await fetch(PHOTOS + digest, {
      method: "PUT",
      headers: { "content-type": sealed ? SEALED : "image/jpeg", "x-outbox-of": encodeURIComponent(who) },
      body: sealed ?? blob,
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PICTURED),
    });
    if (!answer.ok) {
      return answer;
    }
  }
  return null;
};

const says = (words, bad = false) => {
  Object.assign(sending, { says: words, bad });
  tell(false); // no screen but the bar tells of it: what becomes of entries tells itself (outbox.js)
};

/** Sends one batch; returns whether there may be more, and says what went wrong. */
const once = async (who, most) => {
  const some = batch(who, most);
  if (!some.length) {
    return 0;
  }
  const answer = (await put(who, some[0])) ?? (await posted(who, some));
  if (answer.ok) {
    const verdicts = await answer.json();
    await outbox.answered(who, verdicts);
    return verdicts.length ? most : 0;
  }
  if (answer.status === 401 || answer.status === 403) {
    const said = await answer.json().catch(() => ({}));
    await wipe(answer.status === 401 ? "signin" : "right", answer.status === 401 ? "" : (said.who ?? ""));
    tell(); // the names leave the screen, too
  } else if (answer.status === 409) {
    await fetched(); // somebody else is signed in now: what waits is not theirs
    tell();
  } else if (UNFIT.has(answer.status) && some.length > 1) {
    return Math.ceil(some.length / 2);
  } else if (UNFIT.has(answer.status)) {
    const unread = { reason: "เครื่องแม่ข่ายอ่านรายการนี้ไม่ได้", verdict: "refused" };
    const said = { ...unread, ...(await answer.json().catch(() => ({}))) };
    await outbox.answered(who, [{ ...said, id: some[0].id }]);
    return most;
  } else {
    const said = await answer.json().catch(() => ({}));
    throw new Error(said.reason ?? "เครื่องแม่ข่ายตอบไม่ได้ชั่วคราว");
  }
  return 0;
};

const round = async () => {
  const { who } = area;
  if (!who || area.gone === "right" || !outbox.ready(who).length) {
    return;
  }
  sending.now = true;
  says("");
  try {
    let most = MOST;
    while (most > 0) {
      // One batch after the other: what builds on an entry is sent when that one was taken.
      // oxlint-disable-next-line no-await-in-loop
      most = await once(who, most);
    }
    tries = 0;
  } catch (fault) {
    tries += 1;
    const away = fault instanceof TypeError || fault instanceof DOMException;
    says(`${away ? "ยังติดต่อเครื่องแม่ข่ายไม่ได้ รายการยังอยู่ในเครื่องนี้" : fault.message} จะส่งใหม่เอง`, !away);
  } finally {
    sending.now = false;
    tell(false);
  }
};

/** Asks for the area, and takes out of the outbox what stands in it. */
export const refresh = async (part) => {
  const begin = Date.now();
  const { who } = area;
  const said = await fetched(part);
  if (said === "new" || said === "same") {
    await outbox.enclose();
    await outbox.settled(area.who, begin);
    if (sending.bad && !sending.now) {
      Object.assign(sending, { says: "", bad: false });
    }
  } else if (!["signin", "right", "away"].includes(said)) {
    says(said, true);
  }
  tell(said === "new" || who !== area.who || !area.bundle);
  return said;
};

/** Sends what is ready, one tab at a time, then asks for the area where something was taken. */
const work = async () => {
  const count = (state) => outbox.of(area.who).filter((entry) => entry.state === state).length;
  const [before, shut] = [count("sent"), count("sealed")];
  await (navigator.locks
    ? navigator.locks.request("baansuk-field-send", { ifAvailable: true }, (lock) => (lock ? round() : null))
    : round());
  const changed = before || count("sent") || count("sealed") > shut; // the bundle of a server with another key brings that key
  if (changed && area.who) {
    await refresh();
  }
};

/** Sends also what the server could not open before, because somebody wishes so or the page was opened anew. */
export const again = async () => {
  await outbox.retry(area.who);
  await go();
};

/** Sends now, and goes on by itself while something waits. */
export const go = async () => {
  clearTimeout(timer);
  begun = false;
  if (!sending.now) {
    await work();
  }
  if (!begun) {
    wait(); // else something was recorded meanwhile, and goes soon
  }
};

/** Looks again after a while: sooner where something waits. */
const wait = () => {
  clearTimeout(timer);
  const waits = area.who && area.gone !== "right" && outbox.ready(area.who).length;
  timer = setTimeout(next, waits ? PAUSES[Math.min(tries, PAUSES.length - 1)] : FRESH);
};

/** Sends where there is a network, once the screen that follows is drawn; without one nothing is tried while somebody works. */
export const soon = () => {
  wait();
  if (navigator.onLine) {
    clearTimeout(timer);
    begun = true;
    timer = setTimeout(go, DRAWN);
  }
};

const next = async () => {
  const idle = area.who && (area.gone === "right" || !outbox.ready(area.who).length);
  if (navigator.onLine && document.visibilityState === "visible" && idle) {
    await refresh();
  }
  await go();
};

/** Begins, and again whenever the network or the reader comes back. `told` is called when there is something else to show. */
export const begin = (told) => {
  tell = told;
  window.addEventListener("online", () => {
    tries = 0;
    tell(false);
    go();
  });
  window.addEventListener("offline", () => tell(false));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && go());
};
