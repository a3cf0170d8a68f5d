// Small things that every part uses: elements, dates, and the one event by which parts follow each other.

import { words } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; `on…` are listeners, absent values are left out. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** As `el`, for SVG. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return node;
}

export async function json(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.json();
}

/** The address of a file beside this one, with the version that the page was given. */
export function asset(name) {
  const version = document.querySelector('script[type="module"][src*="?v="]')?.src.split("?")[1];
  return new URL(name, import.meta.url).href + (version ? "?" + version : "");
}

/** Loads a vendored script once. */
export function script(name) {
  const src = asset("vendor/" + name);
  script.loaded ??= new Map();
  if (!script.loaded.has(src)) {
    script.loaded.set(src, new Promise((resolve, reject) => {
      document.head.append(el("script", { src, onload: resolve, onerror: () => reject(new Error(name)) }));
    }));
  }
  return script.loaded.get(src);
}

/** Tells all parts of the page that a fact was chosen. */
export function select(fact, from) {
  document.dispatchEvent(new CustomEvent("atalaya:select", { detail: { fact, from } }));
}

/** Calls `follow(fact)` when a fact is chosen anywhere but in `self`. */
export function onSelect(self, follow) {
  document.addEventListener("atalaya:select", ({ detail }) => detail.from !== self && follow(detail.fact));
}

const DAY = 86400000;

/** Days since 1970 of a date `YYYY-MM-DD`, of which month and day may be left out; absent stays absent. */
export function day(date) {
  const parts = /^(-?\d{4,6})(?:-(\d\d))?(?:-(\d\d))?/.exec(date ?? "");
  if (!parts) return undefined;
  return Math.floor(Date.UTC(+parts[1], (parts[2] ?? 1) - 1, parts[3] ?? 1) / DAY);
}

/** A number of days since 1970 as a date in a few letters; `parts` are those of `Intl.DateTimeFormat`. */
export function date(days, parts = { day: "numeric", month: "short", year: "numeric" }) {
  return new Intl.DateTimeFormat(LANGUAGE, { ...parts, timeZone: "UTC" }).format(new Date(days * DAY));
}

const LANGUAGE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

/** A date `YYYY-MM-DD`, of which month and day may be left out, as people write it. */
export function dateTold(date) {
  const [year, month, day] = date.split("-");
  if (!month) return year;
  const parts = { year: "numeric", month: "long", day: day && "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(LANGUAGE, parts).format(new Date(`${date}${day ? "" : "-01"}T00:00:00Z`));
}

/** A period as people write it: one day, a whole month or year, or from – to; since, until where one end is open. */
export function period(first, last) {
  if (!first && !last) return "";
  if (!last) return `${words.since} ${dateTold(first)}`;
  if (!first) return `${words.until} ${dateTold(last)}`;
  const one = first === last ? first : whole(first, last);
  return one ? dateTold(one) : ends(first, last).map(dateTold).join(" – ");
}

/** The ends of a stretch, as whole years or months where it begins and ends with one. */
function ends(first, last) {
  const next = new Date(new Date(`${last}T00:00:00Z`).getTime() + DAY);
  if (!first.endsWith("-01") || next.getUTCDate() !== 1) return [first, last];
  const years = first.endsWith("-01-01") && last.endsWith("-12-31");
  return [first, last].map((day) => day.slice(0, years ? 4 : 7));
}

/** The month or the year that two days begin and end. */
function whole(first, last) {
  if (!first?.endsWith("-01") || !last) return undefined;
  if (first.endsWith("-01-01") && last === `${first.slice(0, 4)}-12-31`) return first.slice(0, 4);
  const next = new Date(`${last}T00:00:00Z`).getTime() + DAY;
  const month = first.slice(0, 7);
  return last.startsWith(month) && !new Date(next).toISOString().startsWith(month) ? month : undefined;
}

/** Could something told for `first`–`last` lie in the window? What is not told could. */
export function within(item, [from, to]) {
  const first = day(item.first) ?? -Infinity;
  const last = day(item.last) ?? Infinity;
  return first <= to && last >= from;
}

/** The first and last day that any of the items tells of. */
export function span(items) {
  const days = items.flatMap((item) => [day(item.first), day(item.last)]).filter((d) => d !== undefined);
  return days.length ? [Math.min(...days), Math.max(...days)] : undefined;
}

/** Two sliders on one track that hold a window of time open; calls `changed([from, to])`. */
export function timeRange(words, [min, max], changed) {
  const slider = (value, label) => el("input", { type: "range", min, max, value, "aria-label": label });
  const inputs = [slider(min, words.from), slider(max, words.to)];
  const shown = [el("output"), el("output")];
  const kept = el("span", { class: "kept" });
  const tell = () => {
    const window = inputs.map((input) => Number(input.value)).sort((a, b) => a - b);
    inputs.forEach((input) => input.setAttribute("aria-valuetext", date(Number(input.value))));
    window.forEach((at, i) => (shown[i].textContent = date(at)));
    kept.style.left = `${(100 * (window[0] - min)) / (max - min)}%`;
    kept.style.right = `${(100 * (max - window[1])) / (max - min)}%`;
    return window;
  };
  tell();
  const track = el("span", { class: "track" }, kept, inputs);
  track.addEventListener("input", () => changed(tell()));
  return el("div", { class: "range", role: "group", "aria-label": words.period }, shown[0], track, shown[1]);
}

/** A link to a fact with its family's colour. */
export function factLink({ caption, url, family }) {
  return el("li", { class: family ? "f-" + family : undefined }, el("a", { href: url }, caption));
}
