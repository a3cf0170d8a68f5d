// A figure over time: each telling at its value or between its bounds, contradictions joined by a dashed line.

import { day, el, json, period, svg } from "./dom.js";
import { ticks } from "./timeline.js";
import { words } from "./words.js";

const HEIGHT = 240;
const EDGE = { left: 64, right: 18, top: 16, bottom: 30 };

export default async function plot(figure) {
  const series = await json(figure.dataset.plot);
  const points = series.points.map((point) => ({ ...point, ...bounds(point), ...moment(point.when) }));
  const known = points.filter((point) => point.low !== undefined || point.high !== undefined);
  if (!known.length) return figure.append(el("p", { class: "empty" }, words.nothing));
  const place = el("div", {});
  figure.append(place);
  const paint = () => place.clientWidth && place.replaceChildren(picture(series, known, place.clientWidth));
  new ResizeObserver(paint).observe(place);
  paint();
}

const number = (value) => (value === null || value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value));
const bounds = ({ low, high }) => ({ low: number(low), high: number(high) });

function moment(when) {
  const first = day(when?.first);
  const last = day(when?.last);
  return { from: first ?? last, to: last ?? first };
}

function picture(series, points, width) {
  const dated = points.some((point) => point.from !== undefined);
  const undated = points.some((point) => point.from === undefined);
  const right = width - EDGE.right - (undated && dated ? 90 : 0);
  const window = timeWindow(points);
  const x = dated ? (at) => EDGE.left + ((at - window[0]) / (window[1] - window[0])) * (right - EDGE.left) : undefined;
  const scale = valueScale(points);
  const place = (point) => places(point, x, right, width, points);
  const contested = (series.pairs ?? []).filter(({ standing }) => standing === "contradicts");
  const marked = new Set(contested.flatMap(({ a, b }) => [a, b]));
  return svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: "group", "aria-label": `${words.plot}: ${series.measure ?? ""}` },
    values(scale, width),
    dated ? times(window, x, right) : undefined,
    undated ? svg("text", { class: "soft", x: width - EDGE.right, y: HEIGHT - 8, "text-anchor": "end" }, words.undated) : undefined,
    record((series.record ?? []).map((claim) => points.find((point) => point.claim === claim)), place, scale),
    contested.map((pair) => versus(pair, points, place, scale)),
    points.map((point) => mark(point, place(point), scale, marked.has(point.claim), series.unit)));
}

function timeWindow(points) {
  const days = points.flatMap(({ from, to }) => [from, to]).filter((at) => at !== undefined);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const pad = Math.max(15, (last - first) * 0.06);
  return [first - pad, last + pad];
}

/** Left to right: what is dated at its time, what is not in a strip of its own. */
function places(point, x, right, width, points) {
  if (point.from !== undefined) return [x(point.from), x(point.to)];
  const alone = points.filter(({ from }) => from === undefined);
  const start = x ? right + 16 : EDGE.left + 30;
  const at = start + ((alone.indexOf(point) + 0.5) / alone.length) * (width - EDGE.right - start);
  return [at, at];
}

function valueScale(points) {
  const all = points.flatMap(({ low, high }) => [low, high]).filter((n) => n !== undefined);
  const most = Math.max(...all);
  const least = Math.min(...all);
  const from = least > 0 && least > most * 0.7 ? least - (most - least || most * 0.1) * 0.6 : Math.min(0, least);
  const to = most + (most - from || 1) * 0.12;
  const y = (value) => HEIGHT - EDGE.bottom - ((value - from) / (to - from)) * (HEIGHT - EDGE.bottom - EDGE.top);
  return { from, to, y };
}

function values({ from, to, y }, width) {
  const rough = (to - from) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const steps = Array.from({ length: Math.floor((to - from) / step) + 2 }, (_, i) => (Math.ceil(from / step) + i) * step);
  return steps.filter((value) => value <= to).flatMap((value) => [
    svg("line", { class: "grid", stroke: "var(--rule)", x1: EDGE.left, x2: width - EDGE.right, y1: y(value), y2: y(value) }),
    svg("text", { class: "soft", fill: "var(--soft)", x: EDGE.left - 8, y: y(value) + 4, "text-anchor": "end" }, value.toLocaleString(document.documentElement.lang)),
  ]);
}

function times(window, x, right) {
  return ticks(window, (right - EDGE.left) / 80).flatMap(({ at, text }) => [
    svg("line", { stroke: "var(--edge)", x1: x(at), x2: x(at), y1: HEIGHT - EDGE.bottom, y2: HEIGHT - EDGE.bottom + 5 }),
    svg("text", { fill: "var(--soft)", x: x(at), y: HEIGHT - 8, "text-anchor": "middle" }, text),
  ]);
}

function mark(point, [a, b], { y, from, to }, contested, unit) {
  const [low, high] = [point.low ?? from, point.high ?? to];
  const middle = (a + b) / 2;
  const centre = centred(point);
  const said = [point.text, unit, period(point.when?.first, point.when?.last) || words.undated, point.outlet].filter(Boolean).join(" · ");
  const line = (x1, x2, y1, y2, dash) => svg("line", { class: "value", x1, x2, y1, y2, "stroke-dasharray": dash });
  const parts = [svg("title", {}, said)];
  if (b - a > 4) parts.push(line(a, b, y(centre), y(centre)));
  if (low !== high) parts.push(line(middle, middle, y(low), y(high), point.low === undefined || point.high === undefined ? "3 3" : undefined));
  parts.push(svg("circle", { class: "dot", cx: middle, cy: y(centre), r: 5.5 }));
  return svg("a", { href: point.url, class: contested ? "point contested" : "point", "aria-label": said }, parts);
}

function versus({ a, b }, points, place, { y }) {
  const pair = points.filter(({ claim }) => claim === a || claim === b);
  if (pair.length < 2) return undefined;
  const [[x1, y1], [x2, y2]] = pair.map((point) => at(point, place, y));
  return svg("g", {}, svg("title", {}, words.contradicts), svg("line", { class: "versus", x1, y1, x2, y2 }));
}

/** The line through the tellings that are of one record, in its order; what has no time is not on it. */
function record(points, place, { y }) {
  const line = points.filter((point) => point?.from !== undefined).map((point) => at(point, place, y).join(","));
  if (line.length < 2) return undefined;
  return svg("polyline", { class: "record", points: line.join(" ") }, svg("title", {}, words.record));
}

const centred = ({ low, high }) => ((low ?? high) + (high ?? low)) / 2;

function at(point, place, y) {
  const [from, to] = place(point);
  return [(from + to) / 2, y(centred(point))];
}
