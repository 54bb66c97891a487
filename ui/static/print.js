// Before a page is printed: what the foot of each sheet says, folded parts unfolded, a map as large as it was on the screen,
// headings to the cells of a wide table. All of it is taken back afterwards.
const undo = [];

const quoted = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", " ")}"`;

function put(element, name, value) {
  const before = element.getAttribute(name);
  element.setAttribute(name, value);
  undo.push(() => (before === null ? element.removeAttribute(name) : element.setAttribute(name, before)));
}

addEventListener("beforeprint", () => {
  const root = document.documentElement;
  root.style.setProperty("--on-paper", quoted(document.querySelector(".age")?.innerText ?? ""));
  root.style.setProperty("--sheet", quoted(root.lang === "en" ? "Page " : "หน้า "));
  for (const folded of document.querySelectorAll('[data-testid="stHtml"] details:not([open])')) put(folded, "open", "");
  for (const map of document.querySelectorAll(".atlas-stage > svg")) {
    const { width, height } = map.getBoundingClientRect();
    put(map, "viewBox", `0 0 ${Math.round(width)} ${Math.round(height)}`);
  }
  for (const table of document.querySelectorAll(".wide table")) {
    const headings = [...table.querySelectorAll("thead th")].map((heading) => heading.innerText);
    for (const row of table.querySelectorAll("tbody tr"))
      [...row.children].forEach((cell, place) => put(cell, "data-heading", headings[place] ?? ""));
  }
});

addEventListener("afterprint", () => {
  while (undo.length) undo.pop()();
});
