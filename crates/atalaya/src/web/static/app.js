// Starts what the page holds: every part is loaded only where its placeholder stands, and pages work without it.

import { el, onSelect, select } from "./dom.js";
import { shortcuts } from "./keys.js";
import { words } from "./words.js";

const PARTS = {
  "figure.map[data-map]": () => import("./map.js"),
  "figure.timeline[data-timeline]": () => import("./timeline.js"),
  "figure.network[data-network]": () => import("./network.js"),
  "figure.plot[data-plot]": () => import("./plot.js"),
  "form.drop[data-upload]": () => import("./upload.js"),
  ".text[data-report]": () => import("./passage.js"),
};

themeSwitch();
menus();
facetsFold();
rows();
submits();
countries();
shortcuts();
draw();

/** Figures are drawn when they come near the window, so that a page of many plots opens at once. */
function draw() {
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) {
        near.unobserve(target);
        start(target);
      }
    }
  }, { rootMargin: "400px" });
  for (const selector of Object.keys(PARTS)) {
    document.querySelectorAll(selector).forEach((place) => (place.matches("figure") ? near.observe(place) : start(place)));
  }
}

async function start(place) {
  const [, load] = Object.entries(PARTS).find(([selector]) => place.matches(selector));
  const drawn = place.matches("figure");
  const waiting = el("p", { class: "waiting" }, words.loading);
  if (drawn) place.append(waiting);
  try {
    await (await load()).default(place);
    waiting.remove();
    place.dataset.ready = "";
  } catch (error) {
    waiting.textContent = `${words.failed}: ${error.message}`;
    place.dataset.failed = error.message;
  }
}

function themeSwitch() {
  const root = document.documentElement;
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.setAttribute("aria-label", words.theme);
    button.title = words.theme;
    if (!button.childElementCount) button.replaceChildren(el("span", { class: "icon" }));
    button.type = "button";
    button.addEventListener("click", () => {
      const dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
    });
  }
}

/** A menu closes on Escape, on a click elsewhere, and when focus leaves it. */
function menus() {
  const close = (except) =>
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu.contains(except) || (menu.open = false));
  document.addEventListener("click", ({ target }) => close(target));
  document.addEventListener("focusin", ({ target }) => close(target));
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    document.querySelector("details.menu[open]:focus-within > summary")?.focus();
    close();
  });
}

/** On narrow windows the facets are folded above the results. */
function facetsFold() {
  const fold = document.querySelector("details.facets-fold");
  if (!fold) return;
  const wide = matchMedia("(min-width: 60.01rem)");
  const set = () => (fold.open = wide.matches);
  wide.addEventListener("change", set);
  set();
}

/** A click on a row, not on a link in it, shows its fact on map and timeline; what is shown there marks the row. */
function rows() {
  document.addEventListener("click", ({ target }) => {
    const row = target.closest?.("tr[data-fact], li[data-fact], article[data-fact]");
    if (row && !target.closest("a, button, input, select, textarea, summary, label, figure")) {
      mark(row.dataset.fact);
      select(row.dataset.fact, "rows");
    }
  });
  onSelect("rows", (fact) => {
    mark(fact);
    document.querySelector("[data-fact].selected")?.scrollIntoView({ block: "nearest" });
  });
}

/** The server knows countries by their English names; the browser knows what others call them. */
function countries() {
  const lang = document.documentElement.lang;
  if (lang === "en" || !Intl.DisplayNames) return;
  const names = new Intl.DisplayNames([lang], { type: "region" });
  for (const place of document.querySelectorAll("[data-country]")) {
    try {
      place.textContent = names.of(place.dataset.country);
    } catch {
      // What is no country's code keeps the name that it was given.
    }
  }
}

function mark(fact) {
  for (const row of document.querySelectorAll("tr[data-fact], li[data-fact], article[data-fact]")) {
    row.classList.toggle("selected", row.dataset.fact === fact);
  }
}

/** Choosing in a form marked so sends it at once; an empty field leaves the address short; a decision is sent once. */
function submits() {
  document.addEventListener("change", ({ target }) => target.form?.matches("form[data-auto]") && target.form.requestSubmit());
  document.addEventListener("submit", ({ target: form }) => {
    if (form.method === "get") {
      const empty = [...form.elements].filter((field) => field.name && field.value === "" && !field.disabled);
      empty.forEach((field) => (field.disabled = true));
      setTimeout(() => empty.forEach((field) => (field.disabled = false)));
    } else {
      setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)));
      addEventListener("pageshow", () => form.querySelectorAll("button").forEach((button) => (button.disabled = false)));
    }
  });
}
