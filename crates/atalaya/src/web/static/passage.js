// Words chosen in a report become the place of a claim: offsets count code points of the report's text.

import { words } from "./words.js";

export default function passage(text) {
  const form = document.querySelector("form.add-claim");
  if (!form) return;
  document.addEventListener("selectionchange", () => {
    const chosen = selected(text);
    if (chosen) show(form, chosen);
  });
  form.addEventListener("reset", () => (form.hidden = true));
  form.addEventListener("keydown", ({ key }) => key === "Escape" && (form.hidden = true));
}

function show(form, { start, end, words: said }) {
  form.elements.start.value = start;
  form.elements.end.value = end;
  const output = form.querySelector("output");
  output.textContent = said;
  output.setAttribute("aria-label", words.selected);
  form.hidden = false;
}

function selected(text) {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return undefined;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return undefined;
  const start = offset(text, range.startContainer, range.startOffset);
  const end = offset(text, range.endContainer, range.endOffset);
  const said = selection.toString().trim();
  return start === undefined || end === undefined || start >= end || !said ? undefined : { start, end, words: said };
}

/** How many code points of the report lie before a point of the page: the block's own start, and what is before it there. */
function offset(text, node, at) {
  const inside = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const block = inside.closest("[data-start]") ?? blockAt(text, node, at);
  if (!block || !text.contains(block)) return undefined;
  const before = document.createRange();
  before.setStart(block, 0);
  if (block.contains(node)) before.setEnd(node, at);
  return Number(block.dataset.start) + [...before.toString()].length;
}

/** A selection that ends between blocks ends where the next block starts. */
function blockAt(text, node, at) {
  const next = node.childNodes?.[at];
  return next?.matches?.("[data-start]") ? next : next?.querySelector?.("[data-start]");
}
