// Small things that every part uses: elements, dates, and the one event by which parts follow each other.

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

/** The date `YYYY-MM-DD` of a number of days since 1970. */
export function date(days) {
  return new Date(days * DAY).toISOString().slice(0, 10);
}

/** A period as people write it: one day, a whole month or year, or from – to with what is open left open. */
export function period(first, last) {
  if (!first && !last) return "";
  return first === last ? first : whole(first, last) ?? `${first ?? "…"} – ${last ?? "…"}`;
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
