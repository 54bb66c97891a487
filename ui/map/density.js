// Names over the density view, set by the browser, which knows Thai; and a word where it has no WebGL to draw columns with.
// Where a name stands is the server's (ui/map/camera.py): px from the middle of the stage. The largest areas come first; a name
// that would touch one before it, or the edge, is left out.

export default function ({ data, parentElement }) {
  const over = parentElement.querySelector(".density-over") ?? parentElement.appendChild(document.createElement("div"));
  over.className = "density-over";
  if (!drawsColumns()) return (over.replaceChildren(...blind(data)), undefined);
  const names = data.names.map(([x, y, text]) => {
    const name = document.createElement("span");
    name.textContent = text;
    name.style.left = `calc(50% + ${x}px)`;
    name.style.top = `calc(50% + ${y}px)`;
    return name;
  });
  over.replaceChildren(...names);
  const thin = () => {
    const stage = over.getBoundingClientRect();
    const placed = [];
    for (const name of names) {
      const box = name.getBoundingClientRect();
      const free = inside(box, stage) && !placed.some((other) => touch(box, other));
      name.style.visibility = free ? "" : "hidden";
      if (free) placed.push(box);
    }
  };
  const watch = new ResizeObserver(thin);
  watch.observe(over);
  document.fonts.ready.then(thin);
  return () => watch.disconnect();
}

const inside = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

let known; // asked once: every context is one of the few that a browser keeps
function drawsColumns() {
  if (known === undefined) {
    const context = document.createElement("canvas").getContext("webgl2");
    known = Boolean(context);
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return known;
}

function blind({ blind: text, flat, address }) {
  const says = document.createElement("p");
  says.className = "density-blind";
  says.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = flat;
  says.append(text, " ", link);
  return [says];
}
