/* A family as it is with what was recorded on this tablet and is on its way: shown at once, marked as waiting. */

import { area } from "./bundle.js";
import * as outbox from "./outbox.js";

const COUNTS = ["waiting", "sealed", "sent", "held"]; // states of entries that a list shows as if they were there already

/** What an entry is of: the server says it the same way (journal/event.py). */
export const thingOf = (event) => {
  if (event.kind === "plan_new") {
    return `plan/${event.id}`;
  }
  return event.kind === "need" ? `need/${event.body.item}/${event.body.unit}` : (event.thing ?? "");
};

let index = null; // entries by family or village, until the outbox changes or somebody else works here
outbox.onChange(() => {
  index = null;
});

const entriesOf = (place) => {
  if (index?.who !== area.who) {
    index = { who: area.who, by_place: new Map() };
    for (const entry of outbox.of(area.who)) {
      const { household, village } = entry.event.about;
      index.by_place.set(household ?? village, [...(index.by_place.get(household ?? village) ?? []), entry]);
    }
  }
  return index.by_place.get(place) ?? [];
};

/** Entries of a family or a village on this tablet; those taken back are marked. */
export const pending = (place) => {
  const own = entriesOf(place).filter((entry) => COUNTS.includes(entry.state));
  const gone = new Set(own.filter((entry) => entry.event.kind === "withdrawn").map((entry) => entry.event.thing));
  const past = entriesOf(place).filter((entry) => entry.state === "past"); // what no list need count any more
  return { own, past, gone, stands: own.filter((entry) => !gone.has(entry.id) && entry.event.kind !== "withdrawn") };
};

const SEALED = "รายการแผนใหม่ (ข้อความผนึกแล้ว)";

const CHANGES = {
  plan_new: (family, { id, body }) =>
    family.plan.push({ thing: `plan/${id}`, status: "planned", waits: true, reply: null, activity: SEALED, ...body }),
  plan: (family, { thing, body }) => {
    const item = family.plan.find((one) => one.thing === thing);
    return item && Object.assign(item, body, { waits: true });
  },
  step: (family, { kind, thing, body, occurred_on: day }) => {
    const [, template, number] = thing.split("/");
    let step = family.steps.find((one) => one.template === template && String(one.step) === number);
    if (!step) {
      step = { template, step: Number(number) };
      family.steps.push(step);
    }
    const { owner, due_date: due } = body;
    const said = { ...(owner ? { owner } : {}), ...(due ? { due_date: due } : {}) };
    Object.assign(step, said, { waits: true });
    if (kind === "step_started") {
      step.started_date ??= day;
    }
    if (kind === "step_finished") {
      step.finished_date ??= day;
    }
  },
  need: (family, { body }) => {
    const known = family.needs.find((one) => one.item === body.item && one.unit === body.unit);
    const given = known?.given ?? 0;
    const need = { item: body.item, unit: body.unit, needed: body.quantity, given, waits: true };
    family.needs = [...family.needs.filter((one) => one !== known), need];
  },
  gift: (family, { body }) => {
    const need = family.needs.find((one) => one.item === body.item && one.unit === body.unit);
    return need && Object.assign(need, { given: need.given + (body.quantity ?? 0), waits: true });
  },
};

/** A family with what waits; the bundle itself is never changed. */
export const family = (ref) => {
  const known = area.bundle?.by_ref.get(ref);
  if (!known) {
    return null;
  }
  const { stands, gone } = pending(ref);
  if (!stands.length && !gone.size) {
    return known;
  }
  const copied = (rows) => rows.map((row) => ({ ...row }));
  const made = { ...known, plan: copied(known.plan), steps: copied(known.steps), needs: copied(known.needs), gone };
  for (const entry of stands) {
    const event = outbox.words(entry);
    const kind = area.bundle.kind.get(event.kind);
    (CHANGES[event.kind] ?? CHANGES[kind?.of])?.(made, event);
  }
  return { ...made, waits: stands.length + gone.size };
};

/** The entries that whoever records something of this thing has seen: those of the bundle, and those on their way. */
export const seen = (ref, kind, thing) => {
  const heads = area.bundle?.by_ref.get(ref)?.heads ?? [];
  const base = new Set(heads.filter((head) => head.kind === kind && head.thing === thing).map((head) => head.entry));
  const { gone } = pending(ref);
  for (const { event } of entriesOf(ref).filter((entry) => COUNTS.includes(entry.state) && !gone.has(entry.id))) {
    if (event.kind === kind && thingOf(event) === thing) {
      event.base.forEach((one) => base.delete(one));
      base.add(event.id);
    }
  }
  return [...base];
};

const due = (one, day) => Boolean(one.due_date) && one.due_date <= day;

/** What is due until a day, the latest due first where it is due today, then the longest overdue. */
export const tasks = (until, day) => {
  const found = [];
  const names = area.bundle.forms.steps;
  for (const { ref, case: state } of area.bundle.families) {
    if (state === "closed") {
      continue;
    }
    const now = family(ref);
    const open = (one, done, says) =>
      !done && due(one, until) && found.push({ ref, family: now, says, due: one.due_date, of: one });
    now.plan.forEach((item) => open(item, item.status === "done", item.activity));
    now.steps.forEach((step) => open(step, step.finished_date, names[step.template]?.[step.step] ?? ""));
  }
  const order = (task) => (task.due === day ? "0" : task.due < day ? `1${task.due}` : `2${task.due}`);
  return found.toSorted((a, b) => order(a).localeCompare(order(b)));
};
