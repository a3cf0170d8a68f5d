// The network: who did what to or with whom. The same data is always laid out the same way.

import { el, factLink, json, period, script, span, svg, timeRange, within } from "./dom.js";
import { words } from "./words.js";

/** On a telephone the drawing stands above the facts; beside them it is as large as its place, so that names can be read. */
const NARROW = { width: 480, height: 620 };
const BESIDE = 304;

export default async function network(figure) {
  const data = await json(figure.dataset.network);
  if (!data.nodes.length) return figure.append(el("p", { class: "empty" }, words.nothing));
  for (const name of ["d3-dispatch", "d3-quadtree", "d3-timer", "d3-force"]) await script(`${name}.min.js`);
  const wide = Math.max(480, figure.clientWidth - BESIDE);
  const paper = figure.clientWidth < 640 ? NARROW : { width: wide, height: Math.min(wide, document.body.dataset.page === "actor" ? 352 : 620) };
  const state = laidOut(data, paper);
  const drawing = svg("svg", { role: "group", "aria-label": words.network });
  const detail = el("div", { class: "detail", "aria-live": "polite", tabindex: 0, role: "region", "aria-label": words.facts }, el("p", { class: "dim" }, words.choose));
  Object.assign(state, { drawing, detail, families: new Set(), kind: "", window: undefined, called: (name) => data.labels?.[name] ?? name });
  figure.append(controls(state), el("div", { class: "stage" }, drawing, detail));
  if (data.left_off) figure.append(el("figcaption", {}, `${data.left_off} ${words.leftOff}`));
  paint(state);
  zoomable(state);
}

/** Positions come out of a simulation that starts from the nodes' order and runs a fixed number of steps. */
function laidOut({ nodes, edges }, paper) {
  const byId = new Map(nodes.map((node) => [node.id, { ...node, radius: 5 + 2.2 * Math.sqrt(node.facts ?? 1) }]));
  const lines = edges.filter((edge) => byId.has(edge.source) && byId.has(edge.target) && edge.source !== edge.target)
    .map((edge) => ({ ...edge, a: byId.get(edge.source), b: byId.get(edge.target) }));
  const bodies = [...byId.values()];
  const springs = lines.map(({ source, target, count }) => ({ source, target, count }));
  d3.forceSimulation(bodies)
    .force("link", d3.forceLink(springs).id((node) => node.id).distance(110).strength(0.35))
    .force("charge", d3.forceManyBody().strength(-420).distanceMax(520))
    .force("x", d3.forceX(0).strength(0.06))
    .force("y", d3.forceY(0).strength(0.1))
    .force("apart", d3.forceCollide().radius((node) => node.radius + 16))
    .stop().tick(320);
  fit(bodies, paper);
  bends(lines);
  crowded(bodies);
  return { paper, bodies, lines };
}

function fit(bodies, { width, height }) {
  const range = (axis) => [Math.min(...bodies.map((b) => b[axis])), Math.max(...bodies.map((b) => b[axis]))];
  const [[left, right], [top, bottom]] = [range("x"), range("y")];
  const [across, down] = [Math.min(2, (width - 190) / (right - left || 1)), Math.min(2, (height - 90) / (bottom - top || 1))];
  for (const body of bodies) {
    body.x = width / 2 + (body.x - (left + right) / 2) * across;
    body.y = height / 2 + (body.y - (top + bottom) / 2) * down;
  }
}

/** Where names would cover each other, those of actors with fewer facts wait until one points at them. */
function crowded(bodies) {
  const taken = [];
  for (const body of [...bodies].sort((a, b) => b.facts - a.facts || (a.id < b.id ? -1 : 1))) {
    const half = short(body.name).length * 3.6;
    const box = [body.x - half, body.x + half, body.y + body.radius + 3, body.y + body.radius + 17];
    body.silent = taken.some(([left, right, top, bottom]) => box[0] < right && box[1] > left && box[2] < bottom && box[3] > top);
    if (!body.silent) taken.push(box);
  }
}

/** Several lines between two actors are bent apart. */
function bends(lines) {
  const pairs = new Map();
  for (const line of lines) {
    const key = [line.source, line.target].sort().join(" ");
    pairs.set(key, [...(pairs.get(key) ?? []), line]);
  }
  for (const group of pairs.values()) {
    group.forEach((line, i) => {
      const bend = (i - (group.length - 1) / 2) * 26;
      line.bend = line.source < line.target ? bend : -bend;
    });
  }
}

function paint(state) {
  const shown = state.lines.filter((line) => passes(state, line));
  const joined = new Set(shown.flatMap((line) => [line.source, line.target]));
  const filtered = shown.length < state.lines.length;
  const nodes = state.bodies.filter((node) => !filtered || joined.has(node.id));
  state.drawing.replaceChildren(
    svg("g", {}, shown.map((line) => edge(state, line))),
    svg("g", {}, nodes.map((node) => actor(state, node, shown))));
  state.count.textContent = words.net(nodes.length, shown.length);
}

function passes({ families, kind, window }, line) {
  return !families.has(line.family) && (!kind || kind in line.kinds) && (!window || within(line, window));
}

function edge(state, line) {
  const { path, at, turn } = curve(line);
  const kinds = Object.entries(line.kinds).map(([kind, n]) => `${state.called(kind)} ${n}`).join(", ");
  const label = `${line.a.name} → ${line.b.name}: ${kinds}`;
  const open = () => choose(state, group, edgeDetail(line));
  const group = svg("g", { class: `edge-group f-${line.family}`, tabindex: 0, role: "button", "aria-label": label, onclick: open, onkeydown: onEnter(open) },
    svg("title", {}, label),
    svg("path", { class: "hit", d: path }),
    svg("path", { class: "edge", d: path, "stroke-width": Math.min(7, 1 + Math.log2(1 + line.count)), "stroke-dasharray": DASHES[line.family] }),
    svg("path", { class: "arrow", d: "M-6-4.5 6 0-6 4.5Z", transform: `translate(${at}) rotate(${turn})` }));
  return group;
}

const DASHES = { statement: "6 4", allegation: "6 4", figure: "2 4", office: "2 4" };

function curve({ a, b, bend }) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const long = Math.hypot(dx, dy) || 1;
  const middle = [(a.x + b.x) / 2 - (dy / long) * bend * 2, (a.y + b.y) / 2 + (dx / long) * bend * 2];
  const round = (n) => Math.round(n * 10) / 10;
  const on = (t, p, q, r) => (1 - t) ** 2 * p + 2 * (1 - t) * t * q + t ** 2 * r;
  const at = [on(0.62, a.x, middle[0], b.x), on(0.62, a.y, middle[1], b.y)].map(round);
  const before = [on(0.58, a.x, middle[0], b.x), on(0.58, a.y, middle[1], b.y)];
  const turn = round((Math.atan2(at[1] - before[1], at[0] - before[0]) * 180) / Math.PI);
  return { path: `M${round(a.x)} ${round(a.y)}Q${round(middle[0])} ${round(middle[1])} ${round(b.x)} ${round(b.y)}`, at, turn };
}

/** What an actor is shows in its form: a place is a square, a person round, a body stands on its corner. */
function form(sort, r) {
  if (sort === "person") return svg("circle", { r });
  if (sort === "place") return svg("path", { d: `M${-r} ${-r}H${r}V${r}H${-r}Z` });
  return svg("path", { d: `M0 ${-r * 1.25} ${r * 1.25} 0 0 ${r * 1.25} ${-r * 1.25} 0Z` });
}

function actor(state, node, shown) {
  const r = node.radius;
  const open = () => choose(state, group, actorDetail(state, node, shown));
  const group = svg("g", { class: "node", tabindex: 0, role: "button", "data-node": node.id, "aria-label": `${node.name}, ${node.facts} ${words.facts}`, transform: `translate(${Math.round(node.x)} ${Math.round(node.y)})`, onclick: open, onkeydown: onEnter(open) },
    svg("title", {}, node.name),
    form(node.sort, r),
    svg("text", { class: node.silent ? "silent" : undefined, y: r + 15, "text-anchor": "middle", "font-size": Math.min(15, 12 + Math.log2(1 + (node.facts ?? 0)) / 2) }, short(node.name)));
  return group;
}

const short = (name) => ([...name].length > 26 ? [...name].slice(0, 25).join("") + "…" : name);

function onEnter(act) {
  return (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  };
}

function choose(state, group, content) {
  state.drawing.querySelectorAll(".selected").forEach((one) => one.classList.remove("selected"));
  group.classList.add("selected");
  state.detail.replaceChildren(...content);
}

function edgeDetail(line) {
  return [
    el("h3", {}, el("a", { href: line.a.url }, line.a.name), " → ", el("a", { href: line.b.url }, line.b.name)),
    el("p", { class: "dim" }, period(line.first, line.last)),
    el("ul", {}, line.facts.map((fact) => factLink({ family: line.family, ...fact }))),
  ];
}

function actorDetail(state, node, shown) {
  const lines = shown.filter((line) => line.a === node || line.b === node).sort((p, q) => q.count - p.count);
  return [
    el("h3", {}, node.name),
    el("p", {}, el("a", { href: node.url }, words.actor), ` · ${node.facts} ${words.facts}`),
    ...lines.map((line) => el("section", {},
      el("p", { class: "dim" }, line.a === node ? `→ ${line.b.name}` : `← ${line.a.name}`),
      el("ul", {}, line.facts.map((fact) => factLink({ family: line.family, ...fact }))))),
  ];
}

function controls(state) {
  const again = () => paint(state);
  const families = [...new Set(state.lines.map((line) => line.family))].sort();
  const kinds = [...new Set(state.lines.flatMap((line) => Object.keys(line.kinds)))].sort();
  const boxes = families.map((family) => el("label", { class: "f-" + family },
    el("input", { type: "checkbox", checked: true, onchange: ({ target }) => (state.families[target.checked ? "delete" : "add"](family), again()) }),
    el("span", { class: `badge family f-${family}` }, state.called(family))));
  const kind = el("select", { onchange: ({ target }) => (state.kind = target.value, again()) },
    el("option", { value: "" }, words.all), kinds.map((name) => el("option", { value: name }, state.called(name))));
  const time = span(state.lines);
  const range = time && time[0] < time[1] ? timeRange(words, time, (window) => {
    state.window = window[0] === time[0] && window[1] === time[1] ? undefined : window;
    again();
  }) : undefined;
  state.count = el("output", { "aria-label": words.shown });
  state.whole = el("button", { type: "button" }, words.fit);
  state.zooms = [[words.closer, 0.75, "+"], [words.farther, 1 / 0.75, "−"]].map(([name, by, text]) => [el("button", { type: "button", "aria-label": name }, text), by]);
  return el("div", { class: "controls" }, boxes, el("label", {}, words.kind, kind), range, state.count,
    state.zooms.map(([button]) => button), state.whole);
}

/** Wheel with Ctrl, buttons and dragging change the part that is seen. */
function zoomable({ drawing, paper, whole, zooms }) {
  let view = [0, 0, paper.width, paper.height];
  const show = () => drawing.setAttribute("viewBox", view.join(" "));
  const zoom = (by) => {
    const [x, y, w, h] = view;
    view = [x + (w * (1 - by)) / 2, y + (h * (1 - by)) / 2, w * by, h * by];
    show();
  };
  whole.addEventListener("click", () => (view = [0, 0, paper.width, paper.height], show()));
  for (const [button, by] of zooms) button.addEventListener("click", () => zoom(by));
  drawing.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.15 : 0.87);
  }, { passive: false });
  show();
  let from;
  drawing.addEventListener("pointerdown", (event) => event.target === drawing && (from = [event.clientX, event.clientY]));
  drawing.addEventListener("pointermove", (event) => {
    if (!from) return;
    const scale = view[2] / drawing.clientWidth;
    view = [view[0] - (event.clientX - from[0]) * scale, view[1] - (event.clientY - from[1]) * scale, view[2], view[3]];
    from = [event.clientX, event.clientY];
    show();
  });
  for (const end of ["pointerup", "pointerleave"]) drawing.addEventListener(end, () => (from = undefined));
}
