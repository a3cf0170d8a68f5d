// The keyboard: moving over rows, going to pages, and the list of it all.

import { el, select } from "./dom.js";
import { words } from "./words.js";

const PAGES = {
  o: "/", f: "/facts", a: "/actors", r: "/reports", m: "/map", t: "/timeline", n: "/network", c: "/contested", b: "/brief",
};
const ROWS = "[data-row], tr[data-fact], li[data-fact]";

export function shortcuts() {
  let going = false;
  document.querySelectorAll("[data-help]").forEach((button) => {
    button.setAttribute("aria-label", words.help);
    button.addEventListener("click", help);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.matches("input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    const action = going ? go(event.key) : one(event.key);
    going = !going && event.key === "g";
    if (going) setTimeout(() => (going = false), 1500);
    if (action) {
      event.preventDefault();
      action();
    }
  });
}

function go(key) {
  const named = document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.href;
  const page = named ?? PAGES[key];
  return page && (() => location.assign(page));
}

function one(key) {
  switch (key) {
    case "/": return () => document.querySelector(".search input")?.focus();
    case "?": return help;
    case "j": return () => move(1);
    case "k": return () => move(-1);
    case "x": return () => current()?.dataset.fact && select(current().dataset.fact, "keys");
    case "u": return () => document.querySelector("form.undo button")?.focus();
    default: return undefined;
  }
}

function current() {
  return document.activeElement?.closest(ROWS);
}

/** The next row's link takes the focus, so that Enter opens it. */
function move(by) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility?.() ?? true);
  const at = rows.indexOf(current());
  const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
  const link = row?.querySelector("td.what a, a.caption, a");
  link?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

function help() {
  let dialog = document.querySelector("dialog.help");
  if (!dialog) {
    const list = words.keys.flatMap(([keys, what]) => [
      el("dt", {}, ...keys.split(" ").flatMap((key, i) => (i ? [" ", el("kbd", {}, key)] : [el("kbd", {}, key)]))),
      el("dd", {}, what),
    ]);
    dialog = el("dialog", { class: "help", "aria-labelledby": "help-title" },
      el("h2", { id: "help-title" }, words.help),
      el("dl", {}, list),
      el("form", { method: "dialog" }, el("button", { autofocus: true }, words.close)));
    document.body.append(dialog);
  }
  dialog.showModal();
}
