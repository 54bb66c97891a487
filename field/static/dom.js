/* Elements from plain values: text is always text, so nothing that somebody wrote becomes markup. */

/** `h("a", { href: "#", class: "name" }, "words", element)`; a value that is null or false leaves its attribute out. */
export const h = (tag, attributes = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value);
    }
  }
  made.append(...inside.flat(3).filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
  return made;
};

/** What lies folded under a line of words: `inside()` is drawn when somebody opens it, so that a screen is sooner there. */
export const folded = (key, words, inside) => {
  const line = h("summary", {}, words);
  const made = h("details", { "data-key": key }, line);
  const fill = () => made.childElementCount === 1 && made.append(...[inside()].flat());
  line.addEventListener("click", fill); // by hand or key, before it opens
  made.addEventListener("toggle", fill); // however else
  made.unfold = () => {
    fill();
    made.open = true;
  };
  return made;
};

export const button = (says, press, more = {}) => h("button", { type: "button", onclick: press, ...more }, says);

/** Says something once to eyes and screen readers. */
let gone = 0;
export const say = (words) => {
  const place = document.getElementById("said");
  place.textContent = words;
  clearTimeout(gone);
  gone = setTimeout(() => {
    place.textContent = "";
  }, 8000); // ms: read twice by a slow reader
};

export const number = (value) => Number(value).toLocaleString("en-US", { maximumFractionDigits: 2 });
