// The timeline: each item a row, drawn as long as its time is uncertain; inferred times come after told ones.

import { date, day, el, factLink, json, onSelect, period, select, svg } from "./dom.js";
import { words } from "./words.js";

const ROW = 24;
const HEAD = 30;

export default async function timeline(figure) {
  const { items, undated } = await json(figure.dataset.timeline);
  const dated = items.map((item) => ({ ...item, from: day(item.first), to: day(item.last) }))
    .filter((item) => item.from !== undefined || item.to !== undefined)
    .sort((a, b) => Number(a.inferred) - Number(b.inferred) || start(a) - start(b) || (a.id < b.id ? -1 : 1));
  if (dated.length) drawn(figure, dated);
  else figure.append(el("p", { class: "empty" }, words.nothing));
  if (undated.length) figure.append(listed(undated));
}

function drawn(figure, items) {
  const all = padded(Math.min(...items.map(start)), Math.max(...items.map(end)));
  let window = busiest(items, all);
  const place = el("div", { class: "drawing", tabindex: 0, role: "group", "aria-label": words.timeline });
  const paint = () => place.clientWidth > 60 && place.replaceChildren(picture(items, window, place.clientWidth));
  const move = (by) => () => (window = by(window), paint());
  const buttons = [
    [words.everything, () => all],
    [words.closer + " +", ([a, b]) => [a + (b - a) / 4, b - (b - a) / 4]],
    [words.farther + " −", ([a, b]) => [a - (b - a) / 2, b + (b - a) / 2]],
    ["← " + words.earlier, ([a, b]) => [a - (b - a) / 3, b - (b - a) / 3]],
    [words.later + " →", ([a, b]) => [a + (b - a) / 3, b + (b - a) / 3]],
  ];
  figure.append(
    el("div", { class: "controls" }, buttons.map(([name, by]) => el("button", { type: "button", onclick: move(by) }, name))),
    place,
  );
  new ResizeObserver(paint).observe(place);
  place.addEventListener("click", (event) => follow(event, place));
  place.addEventListener("focusin", ({ target }) => target.dataset.id && chosen(place, target.dataset.id));
  onSelect(place, (fact) => {
    chosen(place, fact);
    const item = place.querySelector(`.item[data-id="${CSS.escape(fact)}"]`);
    if (item) place.scrollTo({ top: Number(item.dataset.y) - place.clientHeight / 2 });
  });
}

/** A click on a bar chooses; the caption is the link that opens. */
function follow(event, place) {
  const item = event.target.closest(".item");
  if (!item || event.target.closest("text")) return;
  event.preventDefault();
  chosen(place, item.dataset.id);
  select(item.dataset.id, place);
}

function chosen(place, fact) {
  place.querySelectorAll(".item").forEach((item) => item.classList.toggle("selected", item.dataset.id === fact));
}

const start = (item) => item.from ?? item.to;
const end = (item) => item.to ?? item.from;

function padded(from, to) {
  const pad = Math.max(2, (to - from) * 0.03);
  return [from - pad, to + pad];
}

/** The time in which nine tenths of the items lie, so that one from long ago does not press all others together. */
function busiest(items, all) {
  const told = items.filter((item) => !item.inferred);
  const middles = (told.length ? told : items).map((item) => (start(item) + end(item)) / 2).sort((a, b) => a - b);
  const at = (share) => middles[Math.round((middles.length - 1) * share)];
  const [from, to] = padded(at(0.05) - 10, at(0.95) + 10);
  return items.length < 8 ? all : [Math.max(from, all[0]), Math.min(to, all[1])];
}

function picture(items, window, width) {
  const narrow = width < 640;
  const row = narrow ? ROW * 1.75 : ROW;
  const left = narrow ? 8 : Math.min(420, Math.round(width * 0.4));
  const right = width - 12;
  const x = (at) => left + ((at - window[0]) / (window[1] - window[0])) * (right - left);
  const height = HEAD + items.length * row + 6;
  return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` },
    axis(window, x, height),
    items.map((item, i) => line(item, { x, left, right, y: HEAD + i * row, row, narrow, window })));
}

function line(item, at) {
  const { left, right, y, row, narrow } = at;
  const bar = y + (narrow ? row - 10 : row / 2);
  const said = [item.caption, period(item.first, item.last), item.inferred && words.inferred, ...(item.reasons ?? [])];
  const label = said.filter(Boolean).join(" · ");
  return svg("a", { href: item.url, class: `item f-${item.family}`, "data-id": item.id, "data-y": y },
    svg("title", {}, label),
    svg("rect", { class: "row", x: 1, y, width: right + 10, height: row, rx: 3 }),
    svg("text", { x: 10, y: narrow ? y + 15 : bar + 4 }, cut(item.caption, ((narrow ? right : left) - 20) / 6.1)),
    marks(item, at, bar));
}

/** The bar of an item: as long as its time, open where an end is not told, an arrow where it is out of the window. */
function marks(item, { x, left, right, window }, y) {
  const [from, to] = [start(item), end(item) + 1];
  if (to < window[0]) return arrow(left + 8, y, -1);
  if (from > window[1]) return arrow(right - 2, y, 1);
  const a = Math.max(x(from), left);
  const b = Math.min(x(to), right);
  const wide = Math.max(b - a, 5);
  const kind = ["bar", item.precision, item.inferred ? "inferred" : ""].join(" ");
  const parts = [svg("rect", { class: kind, x: a, y: y - 5, width: wide, height: 10, rx: item.precision === "day" ? 5 : 2 })];
  if (item.from === undefined) parts.push(open(Math.max(a - 40, left), a, y), arrow(Math.max(a - 40, left) + 4, y, -1));
  if (item.to === undefined) parts.push(open(a + wide, Math.min(a + wide + 40, right), y), arrow(Math.min(a + wide + 40, right), y, 1));
  return parts;
}

const open = (a, b, y) => svg("line", { class: "open", x1: a, x2: b, y1: y, y2: y, "stroke-dasharray": "4 3" });
const arrow = (x, y, to) => svg("path", { class: "open", d: `M${x - 5 * to} ${y - 4}L${x} ${y}L${x - 5 * to} ${y + 4}` });

function axis(window, x, height) {
  return ticks(window, (x(window[1]) - x(window[0])) / 64).map(({ at, text }) => [
    svg("line", { class: "grid", x1: x(at), x2: x(at), y1: HEAD - 8, y2: height }),
    svg("text", { class: "soft", x: x(at) + 3, y: 16 }, text),
  ]).flat();
}

/** Round moments of a window of time, about `most` of them: years, months or days. */
export function ticks([from, to], most) {
  const months = (to - from) / 30.44 / Math.max(most, 2);
  const first = new Date(from * 86400000);
  if (months < 0.5) {
    const step = [1, 2, 7, 14].find((days) => (to - from) / days <= Math.max(most, 2)) ?? 14;
    const days = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => Math.ceil(from) + i * step);
    return days.filter((at) => at <= to).map((at) => ({ at, text: date(at, { day: "numeric", month: "short" }) }));
  }
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((n) => n >= months) ?? 2400;
  const found = [];
  for (let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step; ; month += step) {
    const moment = new Date(0);
    moment.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
    const at = moment.getTime() / 86400000;
    if (at > to) return found;
    if (at >= from) found.push({ at, text: date(at, step < 12 ? { month: "short", year: "numeric" } : { year: "numeric" }) });
  }
}

function cut(text, most) {
  const signs = [...text];
  return signs.length <= most ? text : signs.slice(0, Math.max(3, Math.floor(most) - 1)).join("").trimEnd() + "…";
}

function listed(undated) {
  return el("details", { class: "undated" },
    el("summary", {}, words.undated, " ", el("span", { class: "n" }, String(undated.length))),
    el("ul", {}, undated.map(factLink)));
}
