/* Puts Streamlit's own English into the reader's words (ui/server/streamlit_words.py): labels, hints, buttons and messages. */
{
  const ATTRIBUTES = ["aria-label", "placeholder", "title"];
  const DATA = '[data-testid="stMarkdownContainer"], [data-testid="stTable"], .copy, textarea'; // what registers say stays
  const known = Object.entries(JSON.parse(document.currentScript.dataset.words));
  const whole = new Map(known);
  const begun = known.filter(([english]) => english.endsWith("…")).map(([english, said]) => [english.slice(0, -1), said]);

  const ours = (text) => {
    const trimmed = text.trim();
    const start = whole.has(trimmed) ? undefined : begun.find(([english]) => trimmed.startsWith(english));
    return start ? start[1].replace("…", trimmed.slice(start[0].length)) : whole.get(trimmed);
  };

  const label = (element) => {
    for (const name of ATTRIBUTES) {
      const text = element.getAttribute(name);
      const said = text && ours(text);
      if (said) {
        element.setAttribute(name, said);
      }
    }
  };

  const word = (node) => {
    const said = node.data && ours(node.data);
    const inside = node.parentElement;
    if (said && (!inside?.closest(DATA) || inside.closest('[data-testid="stFileUploader"]'))) {
      node.data = said;
    }
  };

  const all = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      word(node);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      label(node);
      node.querySelectorAll("[aria-label], [placeholder], [title]").forEach(label);
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        word(texts.currentNode);
      }
    }
  };

  const changed = ({ type, target, addedNodes }) =>
    type === "childList" ? addedNodes.forEach(all) : type === "attributes" ? label(target) : word(target);
  all(document.body);
  new MutationObserver((changes) => changes.forEach(changed)).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ATTRIBUTES,
  });
}
