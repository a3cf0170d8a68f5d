// The map: a base of borders without any server, facts as signs that show how exactly their place is known.

import { asset, el, json, onSelect, period, script, select, span, svg, timeRange, within } from "./dom.js";
import { words } from "./words.js";

/** A sign for each precision: known places are filled, wide areas are hollow. */
const SIGNS = {
  point: "M8 1.5 14.5 8 8 14.5 1.5 8Z",
  town: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12Z",
  region: "M2.5 2.5h11v11h-11Z",
  country: "M2.5 2.5h11v11h-11Z",
  wide: "M2.5 2.5h11v11h-11Z",
};

/** "Near a town" is told of the town, only less exactly: the circle shows how far off. */
const plain = (precision) => (precision ?? "").replace(/^near-/, "");

const CLUSTER = 44;

export default async function map(figure) {
  const [data] = await Promise.all([json(figure.dataset.map), script("leaflet.js"), script("topojson-client.min.js"), styled()]);
  const points = data.features.filter((feature) => feature.geometry.type === "Point").map(asPoint);
  const routes = data.features.filter((feature) => feature.geometry.type !== "Point");
  const canvas = el("div", { class: "canvas", role: "region", "aria-label": words.map });
  const chart = L.map(canvas, { zoomSnap: 0.5, minZoom: 1, maxZoom: 12, worldCopyJump: true, zoomAnimation: still(), fadeAnimation: still() });
  const state = { figure, chart, points, routes, window: undefined, selected: undefined };
  figure.append(controls(state), canvas, ...unplaced(data.unplaced ?? []));
  chart.attributionControl.setPrefix(false);
  chart.attributionControl.addAttribution(`Leaflet · ${words.borders} · ${words.names}`);
  L.control.scale({ imperial: false }).addTo(chart);
  frame(chart, points, routes);
  await base(chart, data.countries ?? []);
  state.layer = L.layerGroup().addTo(chart);
  chart.on("moveend", () => (chart.getZoom() !== state.zoom || !state.bounds.contains(chart.getBounds())) && paint(state));
  paint(state);
  follow(state);
  new ResizeObserver(() => chart.invalidateSize({ animate: false })).observe(canvas);
}

const still = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;

function styled() {
  return new Promise((resolve, reject) => {
    document.head.prepend(el("link", { rel: "stylesheet", href: asset("vendor/leaflet.css"), onload: resolve, onerror: reject }));
  });
}

function asPoint({ geometry, properties }) {
  const [longitude, latitude] = geometry.coordinates;
  return { ...properties, at: [latitude, longitude] };
}

/** What there is to see fills the window; without any, the world does. */
function frame(chart, points, routes) {
  const all = [...points.map((point) => point.at), ...routes.flatMap((route) => flat(route.geometry.coordinates))];
  if (!all.length) return chart.setView([15, 0], 2);
  const near = busiest(all);
  return chart.fitBounds(L.latLngBounds(near).pad(0.15), { maxZoom: 8, animate: false });
}

const flat = (line) => line.map(([longitude, latitude]) => [latitude, longitude]);

/** Most of the places, without the few that are very far off; one may still drag the map there. */
function busiest(all) {
  const middle = (i) => all.map((at) => at[i]).sort((a, b) => a - b)[Math.floor(all.length / 2)];
  const [latitude, longitude] = [middle(0), middle(1)];
  const far = ([a, b]) => Math.hypot(a - latitude, b - longitude);
  const near = all.filter((at) => far(at) < 12);
  return near.length >= all.length * 0.6 ? near : all;
}

// ── The base ────────────────────────────────────────────────────────────────

async function base(chart, countries) {
  const world = await json(asset("geo/world.json"));
  const shown = new Set(countries);
  for (const [name, index] of [["land", 200], ["inner", 210], ["outer", 220]]) {
    chart.createPane(name).style.zIndex = index;
    chart.getPane(name).style.pointerEvents = "none";
  }
  const draw = (geometry, pane, style) =>
    L.geoJSON(geometry, { pane, interactive: false, renderer: L.canvas({ pane, padding: 0.5 }), style }).addTo(chart);
  const lands = topojson.feature(world, world.objects.countries);
  const borders = topojson.mesh(world, world.objects.countries);
  const layers = [
    draw(lands, "land", ({ id }) => ({ stroke: false, fillOpacity: 1, fillColor: shown.has(id) ? "--panel" : "--land" })),
    draw(borders, "outer", () => ({ color: "--coast", weight: 1, fill: false })),
  ];
  const names = labels(topojson.feature(world, world.objects.labels).features, "", countryName);
  for (const country of countries) {
    const regions = await json(asset(`geo/admin1/${country}.json`)).catch(() => undefined);
    if (!regions) continue;
    layers.push(draw(topojson.feature(regions, regions.objects.borders), "inner", () => ({ color: "--rule", weight: 1, fill: false })));
    names.push(...labels(topojson.feature(regions, regions.objects.labels).features, "region", (label) => label.properties.name));
  }
  coloured(layers);
  const name = () => named(chart, names);
  chart.on("moveend zoomend", name);
  name();
}

/** A canvas knows no custom properties, so colours are looked up, and again when the theme changes. */
function coloured(layers) {
  const paint = () => {
    const probe = el("i", { hidden: true });
    document.body.append(probe);
    const colour = (name) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    for (const layer of layers) layer.eachLayer((shape) => {
      shape.named ??= { color: shape.options.color, fillColor: shape.options.fillColor };
      const { color, fillColor } = shape.named;
      shape.setStyle({ color: color?.startsWith("--") ? colour(color) : color, fillColor: fillColor && colour(fillColor) });
    });
    probe.remove();
  };
  paint();
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

function countryName({ id, properties }) {
  try {
    return new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "region" }).of(id);
  } catch {
    return properties.name;
  }
}

function labels(features, kind, name) {
  return features.map((feature) => {
    const [longitude, latitude] = feature.geometry.coordinates;
    const tip = L.tooltip({ permanent: true, direction: "center", className: `place-name ${kind}`, opacity: 1, interactive: false })
      .setLatLng([latitude, longitude]).setContent(el("span", {}, name(feature) ?? ""));
    return { tip, size: feature.properties.size, letters: (name(feature) ?? "").length, region: kind === "region" };
  });
}

/** Names stand where there is room for them. */
function named(chart, names) {
  const pixels = 256 * 2 ** chart.getZoom() / 360;
  const bounds = chart.getBounds().pad(0.1);
  for (const { tip, size, letters, region } of names) {
    const room = size * pixels * 2 > letters * (region ? 6 : 7) * (region ? 1.2 : 0.75) && (!region || chart.getZoom() >= 6);
    if (room && bounds.contains(tip.getLatLng())) tip.addTo(chart);
    else tip.remove();
  }
}

// ── The facts ───────────────────────────────────────────────────────────────

function paint(state) {
  const { chart, layer, window } = state;
  const shown = (item) => !window || within(item, window);
  state.zoom = chart.getZoom();
  state.bounds = chart.getBounds().pad(0.6);
  const inSight = state.points.filter((point) => shown(point) && state.bounds.contains(point.at));
  layer.clearLayers();
  for (const route of state.routes) if (shown(route.properties)) arc(route).addTo(layer);
  for (const group of clusters(chart, inSight)) spot(state, group).addTo(layer);
  state.count.textContent = `${state.points.filter(shown).length} / ${state.points.length}`;
}

/** Points that would cover each other are one sign with a number; a grid over the whole world, so dragging changes nothing. */
function clusters(chart, points) {
  const cells = new Map();
  for (const point of points) {
    const { x, y } = chart.project(point.at);
    const key = `${Math.floor(x / CLUSTER)} ${Math.floor(y / CLUSTER)}`;
    cells.set(key, [...(cells.get(key) ?? []), point]);
  }
  return [...cells.values()];
}

function spot(state, group) {
  const many = new Set(group.map((point) => point.id)).size > 1;
  const [first] = group;
  const at = many ? middle(group) : first.at;
  const size = many ? Math.min(44, 24 + 4 * Math.log2(group.length)) : 24;
  const marker = L.marker(at, {
    icon: L.divIcon({ className: `spot ${many ? "many" : "f-" + first.family}`, iconSize: [size, size], html: many ? count(group) : sign(first.precision) }),
    alt: many ? `${group.length} ${words.cluster}` : `${first.caption} · ${first.place}`,
    title: many ? `${group.length} ${words.cluster}` : first.caption,
    riseOnHover: true,
  });
  marker.facts = group.map((point) => point.id);
  marker.on("add", () => marker.getElement().setAttribute("aria-label", marker.options.alt));
  marker.bindPopup(() => card(group), { maxWidth: 300, minWidth: 220 });
  marker.on("popupopen", () => {
    ring(state, group);
    if (!many) select(first.id, state.figure);
  });
  marker.on("popupclose", () => state.ring?.remove());
  return marker;
}

function middle(group) {
  const mean = (i) => group.reduce((sum, point) => sum + point.at[i], 0) / group.length;
  return [mean(0), mean(1)];
}

const count = (group) => el("span", { class: "sign" }, String(group.length));

function sign(precision) {
  const known = plain(precision) in SIGNS ? plain(precision) : "point";
  return el("span", { class: `sign precision-${known}` }, svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: SIGNS[known] })));
}

/** A circle shows how far from its sign the place may be. */
function ring(state, group) {
  state.ring?.remove();
  const widest = group.reduce((a, b) => ((b.radius_km ?? 0) > (a.radius_km ?? 0) ? b : a));
  if (!widest.radius_km) return;
  const colour = getComputedStyle(document.documentElement).getPropertyValue("--signal");
  state.ring = L.circle(widest.at, { radius: widest.radius_km * 1000, color: colour, weight: 1.5, dashArray: "5 4", fillOpacity: 0.07, interactive: false });
  state.ring.addTo(state.chart);
}

function card(group) {
  const places = [...new Set(group.map((point) => point.place))];
  const one = (point) => el("li", { class: "f-" + point.family },
    el("a", { href: point.url, class: "caption" }, point.caption),
    el("p", { class: "meta" }, [
      period(point.first, point.last), places.length > 1 && point.place, words.roles[point.role] ?? point.role,
      `${words.reports(point.reports)}, ${words.origins(point.origins)}`,
    ].filter(Boolean).join(" · ")));
  const [first] = group;
  const known = words[plain(first.precision)] ?? first.precision;
  return el("div", {},
    el("h3", {}, places.slice(0, 4).join(", ") + (places.length > 4 ? " …" : "")),
    places.length === 1 ? el("p", { class: "dim" }, known + (first.radius_km ? ` · ± ${Math.round(first.radius_km)} km` : "")) : undefined,
    el("ul", {}, group.slice(0, 60).map(one)),
    group.length > 60 ? el("p", { class: "dim" }, "… " + (group.length - 60)) : undefined);
}

/** A route goes from place to place in bows, an arrow head at its end. */
function arc({ geometry, properties }) {
  const stops = flat(geometry.coordinates);
  const line = stops.slice(1).flatMap((to, i) => bow(stops[i], to));
  const colour = getComputedStyle(document.documentElement).getPropertyValue("--signal") || "currentColor";
  const style = { color: colour, weight: 2.5, opacity: 0.85, className: "route", smoothFactor: 0 };
  const head = line.length > 1 ? arrowHead(line.at(-2), line.at(-1)) : [];
  const said = [properties.from, ...[properties.via ?? []].flat(), properties.to].filter(Boolean).join(" → ");
  const popup = () => el("div", {}, el("h3", {}, said), el("ul", {}, el("li", {}, el("a", { href: properties.url }, properties.caption))));
  return L.featureGroup([L.polyline(line, style), L.polyline(head, { ...style, dashArray: null })]).bindPopup(popup).bindTooltip(el("span", {}, said), { sticky: true });
}

function bow([a, b], [c, d]) {
  const away = 0.14;
  const [x, y] = [(a + c) / 2 + (d - b) * away, (b + d) / 2 - (c - a) * away];
  return Array.from({ length: 25 }, (_, i) => {
    const t = i / 24;
    const at = (p, q, r) => (1 - t) ** 2 * p + 2 * (1 - t) * t * q + t ** 2 * r;
    return [at(a, x, c), at(b, y, d)];
  });
}

function arrowHead(before, at) {
  const turn = Math.atan2(at[0] - before[0], at[1] - before[1]);
  const long = Math.hypot(at[0] - before[0], at[1] - before[1]) * 0.9;
  const wing = (by) => [at[0] - long * Math.sin(turn + by), at[1] - long * Math.cos(turn + by)];
  return [wing(0.5), at, wing(-0.5)];
}

// ── Around the map ──────────────────────────────────────────────────────────

function controls(state) {
  const time = span([...state.points, ...state.routes.map((route) => route.properties)]);
  state.count = el("output", { "aria-label": words.shown, class: "shown" });
  const range = time && time[0] < time[1]
    ? timeRange(words, time, (window) => {
      state.window = window[0] === time[0] && window[1] === time[1] ? undefined : window;
      paint(state);
    })
    : undefined;
  return el("div", { class: "controls" }, range, state.count, key());
}

function key() {
  const one = (precision, look) => el("span", {}, svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: look }, svg("path", { d: SIGNS[precision] })), words[precision]);
  return el("div", { class: "map-key dim" }, one("point"), one("town"), one("region", "hollow"), one("country", "hollow dashed"));
}

function unplaced(places) {
  if (!places.length) return [];
  const facts = (place) => place.facts.flatMap(({ url, caption }, i) => [i ? " · " : " ", el("a", { href: url }, caption)]);
  return [el("details", { class: "unplaced" },
    el("summary", {}, words.unplaced, " ", el("span", { class: "n" }, String(places.length))),
    el("p", { class: "dim" }, words.unplacedWhy),
    el("ul", {}, places.map((place) => el("li", {}, el("b", {}, place.place), facts(place)))))];
}

function follow(state) {
  onSelect(state.figure, (fact) => {
    const point = state.points.find((one) => one.id === fact);
    if (!point) return state.chart.closePopup();
    if (!state.chart.getBounds().pad(-0.1).contains(point.at)) state.chart.setView(point.at, Math.max(state.chart.getZoom(), 5), { animate: still() });
    state.layer.eachLayer((layer) => {
      layer.getElement?.()?.classList.toggle("selected", Boolean(layer.facts?.includes(fact)));
    });
    return ring(state, [point]);
  });
}
