// A meeting on the wall is turned by one key: arrows, Page Up and Down, Space; F is full screen, F1 says so, Esc leaves.
// The keys press the page's own buttons, so that whoever may not turn the deck has none to press.
const TURNS = {
  ArrowRight: "forward",
  ArrowDown: "forward",
  PageDown: "forward",
  " ": "forward",
  ArrowLeft: "back",
  ArrowUp: "back",
  PageUp: "back",
};

const act = (key, deck) => {
  const keys = deck.querySelector(".keys");
  if (key === "F1") {
    keys.hidden = !keys.hidden;
    return true;
  }
  if (key.toLowerCase() === "f") {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
    return true;
  }
  if (key === "Escape" && !document.fullscreenElement) {
    deck.querySelector(".leave").click();
    return true;
  }
  const way = TURNS[key];
  document.querySelector(`.st-key-deck_${way} button`)?.click();
  return Boolean(way);
};

addEventListener(
  "keydown",
  (tap) => {
    const deck = document.querySelector(".deck");
    if (!deck || tap.ctrlKey || tap.metaKey || tap.altKey) return;
    if (act(tap.key, deck)) {
      tap.preventDefault();
      tap.stopPropagation();
    }
  },
  true,
);

// At the desk the server is told what was typed as soon as the typist pauses, as if the field were left: another screen may
// turn the deck at any time, and with the item its field would go with what nobody was told.
const PAUSE = 300; // ms
const FIELDS = "[data-testid=stTextInput], [data-testid=stTextArea]";
let typing = 0;
addEventListener("input", ({ target }) => {
  if (!document.querySelector(".near") || !target.closest(FIELDS)) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    if (document.activeElement !== target) return;
    target.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    target.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  }, PAUSE);
});
