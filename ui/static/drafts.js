/* Keeps what is filled in at a recording form until the entry is acknowledged, and offers it again (ui/record/drafts.py).

It outlives a lost connection, a reload and a killed server or browser. What lies in this browser is sealed under a key that
only the screens of the person are given who filled it in; it goes with the acknowledgement, at sign-out, and after days. */
{
  const NAME = "baansuk-draft/"; // then the person's mark, /, the id that the entry will have
  const DAY = 86_400_000; // ms
  const AGAIN = 5000; // ms until what was told the server and not answered is told again
  const SHOWN = 80; // letters of an offer
  const kept = new Map(); // id -> a draft of the person whose screen this is
  const seals = new Set(); // ids that are to be written down
  const filled = new Set(); // ids of open forms in which something stood: one in which nothing does any more was emptied
  let person = "";
  let key = null;
  let sealing = false;
  let told = { what: "", when: 0 };
  let waiting = 0;
  let wanted = ""; // id of what was just put back: its form is brought before the eyes

  const place = () => document.querySelector(".drafts[data-person]");
  const forms = () => [...document.querySelectorAll(".draft[data-id]")];
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const letters = (some) => btoa(String.fromCharCode(...some));
  const names = () => Object.keys(localStorage).filter((name) => name.startsWith(NAME));

  /** The same text for the same content, in whatever order its parts came. */
  const same = (content) =>
    JSON.stringify(content, (_, value) => {
      const plain = value && typeof value === "object" && !Array.isArray(value);
      return plain ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
    });

  /** What stands in a form now: what the server knows, and over it what was typed. */
  const read = (form) => {
    const said = JSON.parse(form.dataset.said);
    for (const [name, of, type] of JSON.parse(form.dataset.fields)) {
      const value = document.querySelector(`.st-key-${of} :is(input, textarea)`)?.value.trim();
      if (value === "") {
        delete said.body[name];
      } else if (value !== undefined) {
        said.body[name] = type === "text" ? value : Number(value);
      }
    }
    return said;
  };

  /** What was typed, in words. */
  const typed = (form, { body }) =>
    JSON.parse(form.dataset.fields)
      .flatMap(([name, , type]) => (type === "text" && body[name] ? [body[name]] : []))
      .join(" · ");

  const begun = (form, content) => same(content.body) === same(JSON.parse(form.dataset.begun));

  const write = async () => {
    sealing = true;
    for (const id of seals) {
      seals.delete(id);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify(kept.get(id)));
      // oxlint-disable-next-line no-await-in-loop
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
      if (kept.has(id)) {
        const until = Date.now() + Number(place()?.dataset.days ?? 1) * DAY;
        const text = JSON.stringify({ until, iv: letters(iv), sealed: letters(new Uint8Array(sealed)) });
        localStorage.setItem(`${NAME}${person}/${id}`, text);
      }
    }
    sealing = false;
  };

  const forget = (id) => {
    kept.delete(id);
    seals.delete(id);
    localStorage.removeItem(`${NAME}${person}/${id}`);
  };

  /** Keep a form as it stands; one that was emptied by hand is kept no more. */
  const keep = (form, byHand) => {
    const content = read(form);
    const id = form.dataset.id;
    if (!begun(form, content)) {
      const draft = { id, name: form.dataset.name, ...JSON.parse(form.dataset.form), words: typed(form, content), ...content };
      if (same(draft) !== same(kept.get(id))) {
        kept.set(id, draft);
        seals.add(id);
        if (!sealing) {
          write();
        }
      }
    } else if (byHand) {
      forget(id);
    }
  };

  /** Say something to the server, by a field that nobody sees; not again while it may still be answered. */
  const tell = (what) => {
    const field = document.querySelector(".st-key-drafts_heard input");
    const text = same(what);
    if (!field || field.disabled || (told.what === text && Date.now() - told.when < AGAIN)) {
      return;
    }
    told = { what: text, when: Date.now() };
    const value = JSON.stringify({ ...what, n: told.when });
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
    setTimeout(soon, AGAIN);
  };

  /** The drafts that belong here and stand in no form of this screen. */
  const others = (here, open) => {
    const shown = new Map(open.map((form) => [form.dataset.id, !begun(form, read(form))]));
    const fits = (draft) => (here.dataset.of ? draft.ref === here.dataset.of : draft.screen === here.dataset.screen);
    return [...kept.values()].filter((draft) => fits(draft) && !shown.get(draft.id));
  };

  /** Whether a form is the one in which a draft was filled in: a server that started anew gave it another id. */
  const again = (draft, form) => {
    const of = JSON.parse(form.dataset.form);
    const alike = of.ref === draft.ref && of.kind === draft.kind && of.thing === draft.thing;
    return alike && same(read(form)) === same({ base: draft.base, on: draft.on, body: draft.body });
  };

  const offer = (here, drafts) => {
    const [draft] = drafts;
    const says = draft && [draft.name, draft.words].filter(Boolean).join(": ");
    const text = draft ? says.slice(0, SHOWN) + (drafts.length > 1 ? ` (1/${drafts.length})` : "") : "";
    const line = here.querySelector("span");
    here.classList.toggle("offers", Boolean(draft));
    here.dataset.offered = draft?.id ?? "";
    if (line.textContent !== text) {
      line.textContent = text;
    }
  };

  const note = (open) => {
    filled.clear();
    open.filter((form) => !begun(form, read(form))).forEach((form) => filled.add(form.dataset.id));
  };

  const look = () => {
    waiting = 0;
    const here = place();
    if (!here || !crypto.subtle) {
      return;
    }
    if (here.dataset.person !== person) {
      enter(here);
      return;
    }
    if (!key) {
      return;
    }
    const open = forms();
    const found = open.find((form) => form.dataset.id === wanted);
    if (found) {
      wanted = "";
      found.closest("details, [data-testid=stVerticalBlock]")?.scrollIntoView({ block: "start" });
    }
    here.dataset.done
      .split(" ")
      .filter((id) => kept.has(id))
      .forEach(forget);
    const back = [...kept.values()].find((draft) =>
      open.some((form) =>
        form.dataset.id === draft.id ? !filled.has(draft.id) && begun(form, read(form)) : again(draft, form),
      ),
    );
    if (back) {
      tell({ back });
      return;
    }
    open.forEach((form) => keep(form, filled.has(form.dataset.id)));
    note(open);
    const rest = others(here, open);
    const asked = here.dataset.asked.split(" ");
    if (rest.some(({ id }) => !asked.includes(id))) {
      tell({ asked: rest.map(({ id }) => id) });
      offer(here, []);
    } else {
      offer(here, rest);
    }
  };

  const soon = () => {
    waiting ||= setTimeout(look, 30); // ms: what Streamlit draws in one go is looked at once
  };

  /** Somebody's screen: what was kept for this very person is opened, nothing else can be. */
  const enter = async (here) => {
    person = here.dataset.person;
    key = null;
    kept.clear();
    const own = await crypto.subtle.importKey("raw", bytes(here.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);
    const prefix = `${NAME}${person}/`;
    const found = names().filter((name) => name.startsWith(prefix));
    const opened = await Promise.all(
      found.map(async (name) => {
        try {
          const { iv, sealed } = JSON.parse(localStorage.getItem(name));
          const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, own, bytes(sealed));
          return JSON.parse(new TextDecoder().decode(plain));
        } catch {
          localStorage.removeItem(name); // sealed under another key: nobody can open it any more
          return null;
        }
      }),
    );
    opened.filter(Boolean).forEach((draft) => kept.set(draft.id, draft));
    key = own;
    soon();
  };

  for (const name of names()) {
    try {
      if (JSON.parse(localStorage.getItem(name)).until < Date.now()) {
        localStorage.removeItem(name);
      }
    } catch {
      localStorage.removeItem(name);
    }
  }

  document.addEventListener("input", ({ target }) => {
    const of = (form) => JSON.parse(form.dataset.fields).some(([, name]) => target.closest?.(`.st-key-${name}`));
    const form = key && forms().find(of);
    if (form) {
      keep(form, true);
    }
  });
  document.addEventListener("click", ({ target }) => {
    const does = target.closest?.(".drafts button")?.dataset.does;
    const draft = does && kept.get(place().dataset.offered);
    if (draft && does === "back") {
      wanted = draft.id;
      tell({ back: draft });
    } else if (draft) {
      forget(draft.id);
      look();
    }
    if (target.closest?.(".st-key-sign_out button")) {
      kept.clear();
      seals.clear();
      names().forEach((name) => localStorage.removeItem(name));
    }
  });
  new MutationObserver(soon).observe(document.getElementById("root"), { subtree: true, childList: true });
}
