// Choropleth map: outlines are fetched once by address, figures come with each answer of the server.
// Areas, points and hexagons are SVG, so they print, need no WebGL and can be tapped; the browser sets the text and knows Thai.
// No library: the ways here are pan, pinch, labels that fit, a legend, a table, one picture. docs/design.md says why.

const SVG = "http://www.w3.org/2000/svg";
const MIDDLE = [101.5, 13.5]; // degrees; coordinates are kept small around it, because SVG counts in 32 bits
const GAP = 10; // px between the outermost area and the edge
const LEAST = 13; // px of a label's type
const HALO = 4; // px of paper around a label
const NO_DATA = -1;
const FEW = -2;
const ELSEWHERE = -3; // what an area can be instead of a class: see ui/map/classes.py and ui/map/choropleth.py
const MARKS = { n: NO_DATA, f: FEW, e: ELSEWHERE };
const FEW_AREAS = 12; // with data: those of them that cannot hold their name have it beside them
const LEVELS = { 2: "province", 4: "district", 6: "tambon", 8: "village" }; // digits of a code -> its filter
const FIRST = 25; // rows of the table that are drawn at first; the nation has 928
const SPOTS = { home: "#124B8A", late: "#B5382A", village: "#124B8A", hexagon: "#124B8A" }; // as component.css draws them
const DOT = "h.00001"; // a metre: of a line of no length a canvas, which makes the picture, draws nothing
const files = new Map(); // address -> promise of what it holds
const widths = new Map(); // text -> its width at one pixel of type, in the app's typeface
const maps = new WeakMap(); // place in the page -> its map

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let map = maps.get(parentElement);
  if (!map) maps.set(parentElement, (map = new Atlas(parentElement)));
  map.tell = {
    view: (v) => setStateValue("view", v),
    area: (v) => setTriggerValue("area", v),
    household: (v) => setTriggerValue("household", v),
  };
  map.show(data);
  return () => {
    map.remove();
    maps.delete(parentElement);
  };
}

/* -------------------------------------------------------------------------------------------------- outlines */

const mercator = (lat) => (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI;
const latitude = (y) => (Math.atan(Math.exp((y * Math.PI) / 180)) * 360) / Math.PI - 90;
const NORTH = mercator(MIDDLE[1]);
const project = ([lon, lat]) => [lon - MIDDLE[0], NORTH - mercator(lat)];

function kept(address, read = (file) => file) {
  if (!files.has(address)) {
    const load = fetch(address)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then(read);
    files.set(address, load);
    load.catch(() => files.delete(address)); // a lost network is tried again at the next answer
  }
  return files.get(address);
}

const layer = (address) => kept(address, (file) => file.features.map(outline));

function outline({ properties, geometry }) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let d = "";
  for (const ring of polygons.flat()) {
    const points = ring.map(project);
    for (const [x, y] of points) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    d += "M" + points.map(([x, y]) => `${x.toFixed(5)},${y.toFixed(5)}`).join("L") + "Z";
  }
  return { ...properties, d, box, at: project([properties.x, properties.y]) };
}

const union = (boxes) =>
  boxes.reduce((a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);

/* -------------------------------------------------------------------------------------------------- small helpers */

const count = new Intl.NumberFormat("en");
/* Percent to one decimal, half up, never 0 of what is not nought: as ui/map/choropleth.py counts. */
const share = (n, of) =>
  of > 0 && n != null ? (Math.sign(n) * Math.max(Math.floor((2000 * Math.abs(n) + of) / (2 * of)), n ? 1 : 0)) / 10 : null;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function make(tag, attributes = {}, ...children) {
  const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}
const SVG_TAGS = new Set(["svg", "g", "path", "defs", "pattern", "image", "text", "tspan"]);

const ICONS = {
  nearer: "M12 5v14M5 12h14",
  farther: "M5 12h14",
  whole: "M4 11l8-7 8 7M6 10v10h12V10",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  picture: "M12 4v11M7 11l5 5 5-5M5 20h14",
};

// What tells kinds of area apart in greyscale: lines for no data, dots for too few, other lines for "more than last year".
const PATTERNS = {
  none: (c) => {
    c.strokeStyle = "#CFC4AE";
    line(c, 0, 8, 8, 0);
    line(c, -2, 2, 2, -2);
    line(c, 6, 10, 10, 6);
  },
  few: (c) => {
    c.fillStyle = "#574F43";
    c.fillRect(1, 1, 2, 2);
    c.fillRect(5, 5, 2, 2);
  },
  hatched: (c) => {
    c.strokeStyle = "#1F1B16";
    line(c, 0, 0, 8, 8);
    line(c, -2, 6, 2, 10);
    line(c, 6, -2, 10, 2);
  },
};
const line = (c, x, y, u, v) => {
  c.beginPath();
  c.moveTo(x, y);
  c.lineTo(u, v);
  c.stroke();
};

function tile(kind, colour) {
  const canvas = make("canvas", { width: 8, height: 8 });
  const c = canvas.getContext("2d");
  c.fillStyle = colour;
  c.fillRect(0, 0, 8, 8);
  PATTERNS[kind](c);
  return canvas;
}

/* The words "sample data" across a picture: invented people must not travel as real ones. */
function stamp(c, words, family, [w, h], top, sharp) {
  const size = Math.min(h / 4, (1.2 * Math.hypot(w, h)) / words.length);
  c.save();
  c.setTransform(sharp, 0, 0, sharp, (w / 2) * sharp, (top + h / 2) * sharp);
  c.rotate(-Math.atan2(h, w));
  c.font = `700 ${size}px ${family}`;
  c.textAlign = "center";
  c.fillStyle = "rgba(31, 27, 22, .2)";
  c.fillText(words, 0, size / 3, 0.85 * Math.hypot(w, h));
  c.restore();
}

/* -------------------------------------------------------------------------------------------------- the map */

class Atlas {
  constructor(place) {
    this.stage = make("div", { class: "atlas-stage" });
    this.svg = make("svg", { role: "img" });
    this.tip = make("div", { class: "atlas-tip", "aria-hidden": "true" });
    this.tools = make("div", { class: "atlas-tools" });
    this.side = make("div", { class: "atlas-side" });
    this.head = make("div", { class: "atlas-head" });
    this.keys = make("div", { class: "atlas-keys" });
    this.foot = make("div", { class: "atlas-foot" });
    this.stage.append(this.svg, this.tip, this.tools);
    this.root = make("figure", { class: "atlas" }, this.head, this.stage, this.keys, this.side, this.foot);
    place.append(this.root);
    this.view = null; // middle in projected degrees and pixels per degree
    this.sort = { by: "value", down: true };
    this.listen();
  }

  remove() {
    this.watch.disconnect();
    this.closed.abort();
    this.root.remove();
  }

  async show(data) {
    const run = (this.run = Symbol());
    let outlines;
    try {
      data = { ...data, words: await kept(data.words) };
      outlines = await Promise.all(
        [[data.shapes], data.under, data.over ? [data.over] : []].map((set) => Promise.all(set.map(layer))),
      );
    } catch {
      if (run === this.run) this.head.replaceChildren(make("p", { role: "alert" }, data.lost));
      return;
    }
    if (run !== this.run) return; // a newer answer came while the outlines were on their way
    this.data = data;
    const place = data.shapes + data.fit;
    const moved = place !== this.place;
    this.place = place;
    const [areas, under, over] = outlines.map((set) => set.flat());
    if (moved) this.draw(areas, under, over);
    this.figures();
    this.words();
    if (moved) this.fit();
    else this.settle();
    this.root.dataset.drawn = (this.root.dataset.drawn ?? 0) * 1 + 1; // tests and measurements wait for it
  }

  /* Geometry: once per place. */
  draw(areas, under, over) {
    this.areas = areas;
    this.over = over;
    this.under = under.filter((u) => !areas.some((a) => a.code === u.code));
    this.lit = null;
    this.paths = new Map();
    const inner = this.areas.map((area) => {
      const path = make("path", { d: area.d, "data-code": area.code, class: area.approximate ? "about" : "" });
      this.paths.set(area.code, path);
      return path;
    });
    this.world = make(
      "g",
      { class: "world" },
      make("g", { class: "under" }, ...this.under.map((area) => make("path", { d: area.d }))),
      make("g", { class: "areas" }, ...inner),
      make("g", { class: "over" }, ...over.map((area) => make("path", { d: area.d }))),
      (this.light = make("path", { class: "lit" })),
      (this.spots = make("g", { class: "spots" })),
    );
    this.labels = make("g", { class: "labels" });
    this.svg.replaceChildren((this.defs = make("defs")), this.world, this.labels);
    const whole = [...areas, ...under].filter((a) => a.code.startsWith(this.data.fit));
    this.frame = whole.length ? union(whole.map((a) => a.box)) : [-5, -8, 5, 8];
  }

  /* Figures: every answer. Colour, hover text, table, legend. */
  figures() {
    const { data } = this;
    const looks = data.classes.map((c, i) => ({ ...c, id: `atlas-class-${i}`, pattern: c.hatched ? "hatched" : null }));
    this.looks = {
      of: (code) =>
        looks[code] ??
        {
          [NO_DATA]: { colour: "#FFFDF8", pattern: "none", id: "atlas-none" },
          [FEW]: { colour: "#FFFDF8", pattern: "few", id: "atlas-few" },
        }[code] ?? { colour: "#F3EDE0" },
    };
    this.defs.replaceChildren(
      ...[...looks, this.looks.of(NO_DATA), this.looks.of(FEW)]
        .filter((l) => l.pattern)
        .map((look) => {
          const image = make("image", { href: tile(look.pattern, look.colour).toDataURL(), width: 8, height: 8 });
          return make("pattern", { id: look.id, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, image);
        }),
    );
    const [n, of] = [data.part, data.whole].map((packed) => packed.split(",").map((text) => (text === "" ? null : +text)));
    const look = [...data.look].map((mark) => MARKS[mark] ?? +mark);
    this.rows = this.areas.map((area, i) => ({
      code: area.code,
      name: this.called(area),
      n: n[i],
      of: of[i],
      look: look[i],
      mapped: true,
    }));
    this.rows.push(...data.unmapped.map((row) => ({ ...row, mapped: false })));
    for (const row of this.rows) row.share = share(row.n, row.of);
    this.byCode = new Map(this.rows.map((row) => [row.code, row]));
    for (const row of this.rows) {
      const path = this.paths.get(row.code);
      if (!path) continue;
      const { pattern, id, colour } = this.looks.of(row.look);
      const paint = pattern ? `url(#${id})` : colour;
      if (path.dataset.paint !== paint) path.setAttribute("fill", (path.dataset.paint = paint));
      path.classList.toggle("elsewhere", row.look === ELSEWHERE);
    }
    this.drawSpots();
  }

  drawSpots() {
    const { kind, items = [], size, most = 1 } = this.data.spots ?? {};
    const shapes = items.map((item) => {
      const projected = kind === "hexagons"; // by DuckDB
      const [x, y] = projected ? [item.x - MIDDLE[0], NORTH - item.y] : project([item.x, item.y]);
      if (kind === "points")
        return make("path", {
          d: `M${x.toFixed(5)},${y.toFixed(5)}${DOT}`,
          class: item.overdue ? "home late" : "home",
          "data-household": item.ref,
          "data-name": item.name,
        });
      if (kind === "villages")
        return make("path", {
          d: `M${x.toFixed(5)},${y.toFixed(5)}${DOT}`,
          class: "village",
          "stroke-width": 12 + 28 * Math.sqrt(item.n / most),
          "data-name": `${item.name} · ${fill(this.data.words.homes, { n: count.format(item.n) })}`,
        });
      const corners = [0, 1, 2, 3, 4, 5].map((i) => [
        x + size * Math.sin((i * Math.PI) / 3),
        y + size * Math.cos((i * Math.PI) / 3),
      ]);
      return make("path", {
        d: "M" + corners.map((c) => c.map((v) => v.toFixed(6)).join()).join("L") + "Z",
        class: "hexagon",
        "fill-opacity": 0.3 + 0.6 * Math.sqrt(item.n / most),
        "data-name": fill(this.data.words.homes, { n: count.format(item.n) }),
      });
    });
    const halo = kind === "points" ? [make("path", { d: shapes.map((s) => s.getAttribute("d")).join(""), class: "halo" })] : [];
    this.spots.replaceChildren(...halo, ...shapes);
  }

  /* Everything in words: title, legend, credit, table, tools. */
  words() {
    const { data } = this;
    const { words } = data;
    this.svg.setAttribute("aria-label", data.alt);
    this.head.replaceChildren(make("strong", {}, data.title), " ", make("span", {}, data.sentence));
    const boxes = this.legend().map(({ look, mark, text, n, unit = words.areas }) =>
      make("li", {}, mark ? dot(mark) : this.swatch(look), `${text} `, make("small", {}, fill(unit, { n: count.format(n) }))),
    );
    this.keys.replaceChildren(
      make("ul", { "aria-label": words.legend }, ...boxes),
      make("p", {}, [data.method, ...data.notes].join(" · ")),
    );
    this.foot.replaceChildren(make("p", { class: "atlas-hint" }, words.hint), make("p", {}, this.credit()));
    const saves = Boolean(data.file);
    if (this.tooled !== words || this.saves !== saves) this.toolbar(words, saves); // once: new buttons would lose the focus
    this.table();
  }

  toolbar(words, saves) {
    this.tooled = words;
    this.saves = saves;
    const tool = (icon, label, act, key) =>
      make(
        "button",
        { type: "button", title: label, "aria-label": label, "aria-keyshortcuts": key, onclick: act },
        make("svg", { viewBox: "0 0 24 24", class: "atlas-icon" }, make("path", { d: ICONS[icon] })),
      );
    this.tools.replaceChildren(
      tool("nearer", words.nearer, () => this.zoom(1.6), "+"),
      tool("farther", words.farther, () => this.zoom(1 / 1.6), "-"),
      tool("whole", words.whole, () => this.fit(), "0"),
      tool("full", words.full, () => this.full(), "f"),
      ...(saves ? [tool("picture", words.picture, () => this.save())] : []),
    );
  }

  called(area) {
    return this.data.lang === "en" ? area.name_en || area.name_th : area.name_th;
  }

  credit() {
    const { words, files: sources, cells } = this.data;
    return [words.credit, sources.length && fill(words.files, { files: sources.join(", ") }), cells && words.cells]
      .filter(Boolean)
      .join(" · ");
  }

  legend() {
    const { data } = this;
    const inClass = (look) => this.rows.filter((row) => row.look === look).length;
    const boxes = data.classes.map((c, i) => ({ look: i, text: c.text, n: inClass(i) }));
    boxes.push({ look: FEW, text: data.words.few, n: inClass(FEW) });
    boxes.push({ look: NO_DATA, text: data.absent, n: inClass(NO_DATA) });
    return [...boxes, ...this.spotsLegend()].filter(({ n }) => n); // of all years' classes those that are on this map
  }

  /* What the marks over the areas mean, and how many households they are. */
  spotsLegend() {
    const { words, spots } = this.data;
    const { kind, items = [] } = spots ?? {};
    const marks = { points: ["home", "late"], villages: ["village"], hexagons: ["hexagon"] }[kind] ?? [];
    const households = (mark) =>
      kind === "points"
        ? items.filter((item) => item.overdue === (mark === "late")).length
        : items.reduce((sum, item) => sum + item.n, 0);
    return marks.map((mark) => ({ mark, text: words[mark], n: households(mark), unit: words.homes }));
  }

  swatch(look) {
    const { colour, pattern } = this.looks.of(look);
    const canvas = pattern ? tile(pattern, colour).toDataURL() : null;
    const box = make("span", { class: "atlas-swatch" });
    box.style.background = canvas ? `url(${canvas})` : colour;
    return box;
  }

  inWords(row) {
    const { words, absent } = this.data;
    if (row.look === ELSEWHERE) return words.elsewhere;
    if (row.n == null || row.look === NO_DATA) return absent;
    const text = fill(words.of, { n: this.amount(row.n), total: this.amount(row.of) });
    return row.look === FEW ? `${text} · ${words.few}` : row.share == null ? text : `${text} (${row.share}%)`;
  }

  /* A number as it may be written: coarse ones are rounded already, and a small one is only called small. */
  amount(n) {
    const { words, coarse } = this.data;
    if (!coarse || n === 0) return count.format(n);
    return n < coarse ? fill(words.fewer, { n: coarse }) : fill(words.about, { n: count.format(n) });
  }

  /* The number of an area as it is written; a share of too few is written as what it is made of. */
  figure(row) {
    if (row.n == null || row.look === NO_DATA || row.look === ELSEWHERE) return null;
    if (!this.data.rate) return this.amount(row.n);
    return row.look === FEW ? `${this.amount(row.n)}/${this.amount(row.of)}` : `${row.share}%`;
  }

  /* A number of an area as a link to what is behind it: of those chosen in it, where a part of it is chosen. */
  opens(row, part, text) {
    const { chosen, [part]: to } = this.data.behind;
    if (!to) return text; // a page that this reader does not open
    const within = chosen.filter((code) => code.startsWith(row.code));
    const places = within.length ? within : [row.code];
    const n = part === "part" ? row.n : row.of;
    return make("a", { class: "go", href: `${to}&${LEVELS[places[0].length]}=${places.join(",")}`, "data-counted": n }, text);
  }

  table() {
    const { data } = this;
    const { words } = data;
    const shown = this.rows.filter((row) => row.look !== ELSEWHERE && row.n != null);
    const absent = this.rows.filter((row) => row.n == null).length;
    const value = (row) => {
      if (this.sort.by !== "value") return this.sort.by === "name" ? row.name : row.of;
      if (row.look < 0) return null; // no base, no rank
      return data.rate ? row.share : row.n;
    };
    const way = this.sort.down ? -1 : 1;
    shown.sort((a, b) => {
      const [u, v] = [value(a), value(b)];
      if (u == null || v == null) return (u == null) - (v == null);
      return (typeof u === "string" ? u.localeCompare(v, "th") : u - v) * way || a.code.localeCompare(b.code);
    });
    const most = Math.max(1e-9, ...shown.map((row) => Math.abs((data.rate ? row.share : row.n) ?? 0)));
    const heading = (by, text) => {
      const on = this.sort.by === by;
      const press = () => {
        this.sort = { by, down: on ? !this.sort.down : by !== "name" };
        this.table();
      };
      return make(
        "th",
        { scope: "col", "aria-sort": on ? (this.sort.down ? "descending" : "ascending") : "none" },
        make("button", { type: "button", onclick: press }, `${text} ${on ? (this.sort.down ? "▼" : "▲") : ""}`),
      );
    };
    const cut = this.all ? shown : shown.slice(0, FIRST);
    const body = cut.map((row) => {
      const empty = row.look === NO_DATA;
      const figure = this.figure(row);
      const bar = make("span", { class: "atlas-bar" });
      bar.style.width = empty || row.look === FEW ? 0 : `${(100 * Math.abs(data.rate ? (row.share ?? 0) : row.n)) / most}%`;
      bar.style.background = this.looks.of(row.look).colour;
      const open = data.opens
        ? make(
            "button",
            { type: "button", "aria-label": fill(words.open, { name: row.name }), onclick: () => this.tell.area(row.code) },
            "›",
          )
        : "";
      return make(
        "tr",
        { "data-code": row.code },
        make(
          "th",
          { scope: "row" },
          make(
            "button",
            { type: "button", "aria-pressed": String(this.lit === row.code), onclick: () => this.choose(row.code) },
            row.name + (row.mapped ? "" : " *"),
          ),
        ),
        make(
          "td",
          {},
          make(
            "span",
            { class: "atlas-figure" },
            figure == null ? words.none : this.opens(row, "part", figure),
            row.look === FEW ? " †" : "",
          ),
          bar,
        ),
        make("td", {}, row.of == null ? "–" : this.opens(row, "whole", this.amount(row.of))),
        make("td", {}, open),
      );
    });
    const showAll = () => {
      this.all = true;
      this.table();
    };
    const allText = fill(words.more, { n: count.format(shown.length) });
    const more =
      cut.length < shown.length ? make("button", { type: "button", class: "atlas-more", onclick: showAll }, allText) : "";
    const notes = [
      absent && fill(words.absent, { n: count.format(absent) }),
      shown.some((r) => !r.mapped) && `* ${words.unmapped}`,
      shown.some((r) => r.look === FEW) && `† ${words.few}`,
    ]
      .filter(Boolean)
      .join(" · ");
    const table = make(
      "table",
      {},
      make("caption", {}, data.title),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          heading("name", words.area),
          heading("value", data.measure),
          heading("of", data.base),
          make("th", {}, make("span", { class: "atlas-hidden" }, words.openall)),
        ),
      ),
      make("tbody", {}, ...body),
    );
    this.side.replaceChildren(table, more, make("p", {}, notes));
  }

  /* A chosen area is outlined on the map and pressed in the table. */
  choose(code, hover = false) {
    if (!this.areas) return; // the outlines are still on their way
    if (!hover) this.lit = this.lit === code ? null : code;
    const on = hover ? (code ?? this.lit) : this.lit;
    const area = this.areas.find((a) => a.code === on);
    this.light.setAttribute("d", area?.d ?? "");
    const row = this.byCode.get(on);
    this.tip.replaceChildren(
      ...(row
        ? [
            make("strong", {}, row.name),
            make("span", {}, this.inWords(row)),
            ...(area?.approximate ? [make("small", {}, this.data.words.approximate)] : []),
          ]
        : []),
    );
    for (const tr of this.side.querySelectorAll("tr[data-code]")) {
      tr.classList.toggle("on", tr.dataset.code === on);
      if (!hover) tr.querySelector("button").setAttribute("aria-pressed", String(tr.dataset.code === this.lit));
    }
  }

  /* ------------------------------------------------------------------------------------------------ moving */

  size() {
    return [this.stage.clientWidth || 800, this.stage.clientHeight || 500];
  }

  fit() {
    const [w, h] = this.size();
    const [x, y, u, v] = this.frame;
    this.view = { x: (x + u) / 2, y: (y + v) / 2, k: Math.min((w - 2 * GAP) / (u - x), (h - 2 * GAP) / (v - y)) };
    this.whole = { ...this.view };
    this.settle();
  }

  zoom(by, at = this.size().map((s) => s / 2)) {
    const [w, h] = this.size();
    const { x, y, k } = this.view;
    const to = Math.min(Math.max(k * by, this.whole.k / 2), 60_000);
    const px = at[0] - w / 2;
    const py = at[1] - h / 2;
    this.view = { x: x + px / k - px / to, y: y + py / k - py / to, k: to };
    this.follow();
  }

  pan(dx, dy) {
    this.view.x -= dx / this.view.k;
    this.view.y -= dy / this.view.k;
    this.follow();
  }

  /* While a finger moves, the finished picture moves: it costs the same for four areas and for 100,000 households. */
  follow() {
    const [w, h] = this.size();
    const { x, y, k } = this.drawnView;
    const scale = this.view.k / k;
    const dx = (x - this.view.x) * this.view.k + (w / 2) * (1 - scale);
    const dy = (y - this.view.y) * this.view.k + (h / 2) * (1 - scale);
    this.svg.style.transform = `translate(${dx}px, ${dy}px) scale(${scale})`;
    clearTimeout(this.later);
    this.later = setTimeout(() => this.settle(true), 140);
  }

  settle(tell = false) {
    if (!this.world || !this.view) return;
    const [w, h] = this.size();
    const { x, y, k } = this.view;
    this.drawnView = { ...this.view };
    this.svg.style.transform = "";
    this.svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
    this.world.setAttribute("transform", `translate(${w / 2 - x * k} ${h / 2 - y * k}) scale(${k})`);
    for (const pattern of this.defs.children) pattern.setAttribute("patternTransform", `scale(${1 / k})`);
    this.letter();
    if (tell && this.data.spots) {
      const edges = [
        x - w / 2 / k + MIDDLE[0],
        latitude(NORTH - (y + h / 2 / k)),
        x + w / 2 / k + MIDDLE[0],
        latitude(NORTH - (y - h / 2 / k)),
      ];
      this.tell.view({ place: this.data.fit, box: edges.map((e) => e.toFixed(4)).join(), k: Math.round(k) });
    }
  }

  /* ------------------------------------------------------------------------------------------------ labels */

  /* A name stands inside its own area, whole, or not at all; so no two can ever touch. Zooming in brings more of them. */
  letter() {
    const [w, h] = this.size();
    const { x, y, k } = this.view;
    const base = parseFloat(getComputedStyle(this.root).fontSize);
    const family = getComputedStyle(this.root).fontFamily;
    const pen = (Atlas.pen ??= make("canvas").getContext("2d"));
    pen.font = `600 100px ${family}`; // a text's width grows with its size: each is measured once
    const width = (text) => widths.get(text) ?? widths.set(text, pen.measureText(text).width / 100).get(text);
    const screen = ([px, py]) => [w / 2 + (px - x) * k, h / 2 + (py - y) * k];
    const texts = [];
    const put = (area, path, candidates, sizes, ink) => {
      const [bw, bh] = [(area.box[2] - area.box[0]) * k, (area.box[3] - area.box[1]) * k];
      const [ax, ay] = screen(area.at);
      if (bw < 24 || bh < LEAST * 1.5 || ax < 0 || ay < 0 || ax > w || ay > h) return;
      for (const lines of candidates) {
        for (const size of sizes) {
          const tall = size * 1.5 * lines.length;
          const wide = Math.max(...lines.map(width)) * size + HALO;
          if (wide > bw || tall > bh) continue;
          for (const [sx, sy] of [
            [0, 0],
            [0, -0.5],
            [0, 0.5],
            [-0.25, 0],
            [0.25, 0],
          ]) {
            const [cx, cy] = [ax + sx * wide, ay + sy * tall];
            const box = [cx - wide / 2, cy - tall / 2, cx + wide / 2, cy + tall / 2];
            if (box[0] < 0 || box[1] < 0 || box[2] > w || box[3] > h || !inside(path, box, w, h, this.view)) continue;
            texts.push({ cx, cy, size, lines, ink, code: area.code, box });
            return;
          }
        }
      }
    };
    const sizes = [1, 0.85, 0.72].map((s) => Math.max(LEAST, base * s));
    /* A name that its area cannot hold stands beside it, off other names and off other areas with data, whose it could seem. */
    const putBeside = (area, lines, others) => {
      const [size] = sizes.slice(-1);
      const [wide, tall] = [Math.max(...lines.map(width)) * size + HALO, size * 1.5 * lines.length];
      const onScreen = ({ box }) => [...screen(box.slice(0, 2)), ...screen(box.slice(2))];
      const [l, t, r, b] = onScreen(area);
      const [mx, my] = [(l + r) / 2, (t + b) / 2];
      for (const [cx, cy] of [
        [r + wide / 2, my],
        [l - wide / 2, my],
        [mx, b + tall / 2],
        [mx, t - tall / 2],
      ]) {
        const box = [cx - wide / 2, cy - tall / 2, cx + wide / 2, cy + tall / 2];
        if (box[0] < 0 || box[1] < 0 || box[2] > w || box[3] > h || texts.some((o) => touch(box, o.box))) continue;
        if (others.some((o) => o !== area && touch(box, onScreen(o)))) continue;
        return void texts.push({ cx, cy, size, lines, ink: "ink", beside: area.code, box });
      }
    };
    for (const area of this.areas) {
      const row = this.byCode.get(area.code);
      const away = row.look === ELSEWHERE;
      const figure = this.figure(row);
      put(
        area,
        this.paths.get(area.code),
        figure && !away ? [[row.name, figure], [row.name]] : [[row.name]],
        sizes,
        away ? "faint" : dark(this.looks.of(row.look).colour) ? "light" : "ink",
      );
    }
    const counted = this.areas.filter((a) => this.byCode.get(a.code).n != null && this.byCode.get(a.code).look !== ELSEWHERE);
    if (counted.length <= FEW_AREAS)
      for (const area of counted) {
        const row = this.byCode.get(area.code);
        if (!texts.some((text) => text.code === area.code))
          putBeside(area, [row.name, this.figure(row)].filter(Boolean), counted);
      }
    const crowded = this.areas.filter(
      (a) =>
        a.box[0] * k < w / 2 + x * k &&
        a.box[2] * k > x * k - w / 2 &&
        a.box[1] * k < h / 2 + y * k &&
        a.box[3] * k > y * k - h / 2,
    ).length;
    if (this.over.length && texts.length < crowded / 8) {
      // too small for their names: those of what they lie in
      texts.length = 0;
      const borders = this.world.querySelector(".over").children;
      this.over.forEach((area, i) => put(area, borders[i], [[this.called(area)]], sizes, "ink"));
    }
    const around = this.world.querySelector(".under").children;
    // Of a parent the parts are named.
    const parents = (code) => this.data.fit.startsWith(code) || this.areas.some((a) => a.code.startsWith(code));
    this.under.forEach((area, i) => parents(area.code) || put(area, around[i], [[this.called(area)]], sizes.slice(1), "faint"));
    const apart = texts.filter(
      (t, i) => !texts.slice(0, i).some((o) => t.ink === "faint" && o.ink !== "faint" && touch(t.box, o.box)),
    );
    this.placed = apart;
    this.labels.replaceChildren(
      ...apart.map(({ cx, cy, size, lines, ink, code, beside }) =>
        make(
          "text",
          { class: ink, "font-size": size, "data-code": code, "data-beside": beside, x: cx, y: cy },
          ...lines.map((text, i) => make("tspan", { x: cx, y: cy + size * (0.36 + 1.5 * (i - (lines.length - 1) / 2)) }, text)),
        ),
      ),
    );
  }

  /* ------------------------------------------------------------------------------------------------ hands */

  listen() {
    this.closed = new AbortController();
    const on = (target, name, act, options = {}) =>
      target.addEventListener(name, act, { signal: this.closed.signal, ...options });
    const at = (event) => {
      const box = this.stage.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    let drag = null;
    let fingers = null;
    let dragged = false;
    on(this.stage, "mousedown", (e) => {
      if (e.button !== 0 || e.target.closest("button")) return;
      drag = [e.clientX, e.clientY];
      dragged = false;
    });
    on(window, "mousemove", (e) => {
      if (!drag) return;
      const [dx, dy] = [e.clientX - drag[0], e.clientY - drag[1]];
      if (!dragged && Math.hypot(dx, dy) < 5) return;
      dragged = true;
      drag = [e.clientX, e.clientY];
      this.pan(dx, dy);
    });
    on(window, "mouseup", () => (drag = null));
    on(
      this.stage,
      "wheel",
      (e) => {
        // a wheel scrolls the page; with Ctrl, and as a trackpad's pinch, it zooms
        if (!e.ctrlKey) return;
        e.preventDefault();
        this.zoom(Math.exp(-e.deltaY / 300), at(e));
      },
      { passive: false },
    );
    const two = (e) => {
      const [a, b] = [...e.touches].map(at);
      return { middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], apart: Math.hypot(a[0] - b[0], a[1] - b[1]) };
    };
    on(
      this.stage,
      "touchstart",
      (e) => {
        // one finger scrolls the page, two move the map
        if (e.touches.length !== 2) return void (fingers = null);
        if (e.cancelable) e.preventDefault();
        fingers = two(e);
      },
      { passive: false },
    );
    on(
      this.stage,
      "touchmove",
      (e) => {
        if (!fingers || e.touches.length !== 2) return;
        if (e.cancelable) e.preventDefault();
        const now = two(e);
        this.pan(now.middle[0] - fingers.middle[0], now.middle[1] - fingers.middle[1]);
        this.zoom(now.apart / fingers.apart, now.middle);
        fingers = now;
      },
      { passive: false },
    );
    on(this.stage, "touchend", () => (fingers = null));
    on(this.svg, "click", (e) => {
      if (dragged) return void (dragged = false);
      const { code, household } = e.target.dataset;
      if (household) this.tell.household(household);
      else if (code && this.data.opens && this.byCode.get(code).n != null) this.tell.area(code); // else nothing lies inside
      else if (code) this.choose(code);
    });
    on(this.svg, "mouseover", (e) => {
      const { code, name } = e.target.dataset;
      if (name) this.tip.replaceChildren(make("strong", {}, name));
      else this.choose(code ?? null, true);
    });
    on(this.svg, "mouseleave", () => this.choose(null, true));
    on(this.side, "mouseover", (e) => this.choose(e.target.closest("tr[data-code]")?.dataset.code ?? null, true));
    on(this.side, "mouseleave", () => this.choose(null, true));
    on(document, "keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea, [contenteditable]")) return;
      const keys = {
        f: () => this.full(),
        "+": () => this.zoom(1.6),
        "=": () => this.zoom(1.6),
        "-": () => this.zoom(1 / 1.6),
        0: () => this.fit(),
      };
      if (keys[e.key]) {
        e.preventDefault();
        keys[e.key]();
      }
    });
    on(document, "fullscreenchange", () => requestAnimationFrame(() => this.view && this.fit()));
    this.watch = new ResizeObserver(() => {
      if (!this.view || this.stage.clientWidth === this.width) return;
      this.width = this.stage.clientWidth;
      this.fit();
    });
    this.watch.observe(this.stage);
    document.fonts.ready.then(() => {
      widths.clear();
      if (this.view) this.settle();
    });
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen();
  }

  /* ------------------------------------------------------------------------------------------------ the picture */

  /* PNG: title, filter, mark of sample data, map, legend, date and credit, twice as sharp as the screen, in our typeface. */
  async save() {
    const blob = await new Promise((done) => this.paint().toBlob(done, "image/png"));
    const link = make("a", { href: URL.createObjectURL(blob), download: this.data.file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  paint() {
    const [w, h] = this.size();
    const { x, y, k } = this.view;
    const { data } = this;
    const sharp = 2;
    const top = 84;
    const family = getComputedStyle(this.root).fontFamily;
    const legend = this.legend();
    const bottom = 40 + 30 * Math.ceil(legend.length / 3) + 26 * 2;
    const canvas = make("canvas", { width: w * sharp, height: (top + h + bottom) * sharp });
    const c = canvas.getContext("2d");
    c.scale(sharp, sharp);
    c.fillStyle = "#FFFDF8";
    c.fillRect(0, 0, w, top + h + bottom);
    const write = (text, px, py, size, weight = 400, width = w - 2 * GAP) => {
      c.font = `${weight} ${size}px ${family}`;
      c.fillStyle = "#1F1B16";
      c.fillText(text, px, py, width);
    };
    write(data.title, GAP, 34, 26, 700);
    write(data.sentence, GAP, 66, 18);
    c.save();
    c.translate(0, top);
    c.beginPath();
    c.rect(0, 0, w, h);
    c.clip();
    c.save();
    c.translate(w / 2 - x * k, h / 2 - y * k);
    c.scale(k, k);
    const shape = (d, paint, stroke, width) => {
      const path = new Path2D(d);
      if (paint) {
        c.fillStyle = paint;
        c.fill(path, "evenodd");
      }
      c.strokeStyle = stroke;
      c.lineWidth = width / k;
      c.lineCap = "round";
      c.stroke(path);
    };
    for (const area of this.under) shape(area.d, "#F3EDE0", "#B9AE98", 1);
    for (const area of this.areas) {
      const look = this.looks.of(this.byCode.get(area.code).look);
      const pattern = look.pattern && c.createPattern(tile(look.pattern, look.colour), "repeat");
      if (pattern) pattern.setTransform(new DOMMatrix().scale(1 / k));
      c.setLineDash(area.approximate ? [6 / k, 4 / k] : []);
      shape(area.d, pattern || look.colour, "#857B6B", 1.2);
      c.setLineDash([]);
    }
    if (data.sample) stamp(c, data.sample, family, [w, h], top, sharp);
    for (const path of this.world.querySelectorAll(".over path")) shape(path.getAttribute("d"), null, "#1F1B16", 2);
    for (const spot of this.spots.children) {
      const style = getComputedStyle(spot);
      c.globalAlpha = spot.classList.contains("hexagon") ? +style.fillOpacity : 1;
      const filled = spot.classList.contains("hexagon") && style.fill;
      shape(spot.getAttribute("d"), filled, style.stroke, parseFloat(style.strokeWidth));
      c.globalAlpha = 1;
    }
    c.restore();
    c.textAlign = "center";
    for (const { cx, cy, size, lines, ink } of this.placed) {
      c.font = `600 ${size}px ${family}`;
      c.lineWidth = HALO;
      c.lineJoin = "round";
      [c.strokeStyle, c.fillStyle] = {
        light: ["#0F463F", "#FFFDF8"],
        ink: ["#FFFDF8", "#1F1B16"],
        faint: ["#F3EDE0", "#574F43"],
      }[ink];
      lines.forEach((text, i) => {
        const baseline = cy + size * (0.36 + 1.5 * (i - (lines.length - 1) / 2));
        c.strokeText(text, cx, baseline);
        c.fillText(text, cx, baseline);
      });
    }
    c.restore();
    legend.forEach(({ look, mark, text, n, unit = data.words.areas }, i) => {
      const px = GAP + ((w - 2 * GAP) / 3) * (i % 3);
      const py = top + h + 34 + 30 * Math.floor(i / 3);
      if (mark) {
        c.fillStyle = SPOTS[mark];
        c.beginPath();
        c.arc(px + 15, py - 6, 8, 0, 2 * Math.PI);
        c.fill();
      } else {
        const { colour, pattern } = this.looks.of(look);
        c.fillStyle = pattern ? c.createPattern(tile(pattern, colour), "repeat") : colour;
        c.fillRect(px, py - 16, 30, 20);
        c.strokeStyle = "#574F43";
        c.lineWidth = 1;
        c.strokeRect(px, py - 16, 30, 20);
      }
      write(`${text}  (${fill(unit, { n: count.format(n) })})`, px + 38, py, 16, 400, (w - 2 * GAP) / 3 - 44);
    });
    write([data.method, ...data.notes].join(" · "), GAP, top + h + bottom - 34, 15);
    write(this.credit(), GAP, top + h + bottom - 10, 14);
    return canvas;
  }
}

function dot(mark) {
  const box = make("span", { class: "atlas-dot", "data-mark": mark });
  box.style.background = SPOTS[mark];
  return box;
}

const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function dark(colour) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return 0.3 * r + 0.59 * g + 0.11 * b < 120;
}

/* Whether a box on the screen lies in an area: its corners and the middles of its edges do. */
function inside(path, [l, t, r, b], w, h, { x, y, k }) {
  const [cx, cy] = [(l + r) / 2, (t + b) / 2];
  return [
    [l, t],
    [r, b],
    [r, t],
    [l, b],
    [cx, t],
    [cx, b],
    [l, cy],
    [r, cy],
  ].every(([px, py]) => path.isPointInFill(new DOMPoint(x + (px - w / 2) / k, y + (py - h / 2) / k)));
}
