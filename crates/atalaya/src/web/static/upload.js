// Files dropped on the page, or chosen, are sent a few at a time with their progress: after each lot the facts are made anew.

import { el } from "./dom.js";
import { words } from "./words.js";

export default function upload(form) {
  const input = form.querySelector('input[type="file"]');
  const list = el("ul", { class: "uploads", "aria-live": "polite" });
  form.append(list);
  let queue = Promise.resolve();
  const send = (files) => {
    const lines = [...files].map((file) => line(list, file));
    for (const lot of lots(lines)) queue = queue.then(() => post(form, input.name, lot));
    queue.then(() => form.dispatchEvent(new CustomEvent("atalaya:added", { bubbles: true })));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(input.files);
    form.reset();
  });
  input.addEventListener("change", () => input.files.length && form.requestSubmit());
  dropping(send);
}

function dropping(send) {
  let depth = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const show = () => document.body.classList.toggle("dropping", depth > 0);
  addEventListener("dragenter", (event) => carriesFiles(event) && (depth += 1, show()));
  addEventListener("dragleave", (event) => carriesFiles(event) && (depth -= 1, show()));
  addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    show();
    send(event.dataTransfer.files);
  });
}

/** What goes in one request: so many files, so many bytes, well below what the server takes. */
function lots(lines) {
  const lots = [];
  let size = 0;
  for (const line of lines) {
    size += line[0].size;
    if (!lots.length || size > 16 << 20 || lots.at(-1).length === 100) {
      lots.push([]);
      size = line[0].size;
    }
    lots.at(-1).push(line);
  }
  return lots;
}

function line(list, file) {
  const bar = el("progress", { max: 1, value: 0, "aria-label": file.name });
  const result = el("span", { class: "result" });
  const item = el("li", {}, el("span", {}, file.name), bar, result);
  list.append(item);
  const show = {
    progress: (part) => (part < 1 ? (bar.value = part) : bar.removeAttribute("value")),
    done: (...said) => (bar.value = 1, result.append(...said)),
    failed: (said) => (bar.value = 0, item.classList.add("bad"), result.append(said)),
  };
  return [file, show];
}

function post(form, name, lot) {
  const body = new FormData();
  for (const field of form.querySelectorAll('input[type="hidden"]')) body.append(field.name, field.value);
  for (const [file] of lot) body.append(name, file, file.name);
  const all = (what) => lot.forEach(([, show]) => what(show));
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => all((show) => show.progress(loaded / total)));
    request.addEventListener("load", () => resolve(tell(request, lot)));
    request.addEventListener("error", () => resolve(all((show) => show.failed(words.failed))));
    request.send(body);
  });
}

function tell(request, lot) {
  let answer = {};
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // What is not JSON is a refusal; its status is told below.
  }
  for (const [file, show] of lot) {
    const own = ({ source }) => source === `upload: ${file.name}`;
    const problems = (answer.problems ?? []).filter(own).map(({ problem }) => problem).join("; ");
    const reports = (answer.reports ?? []).filter(own);
    if (request.status >= 400) show.failed(answer.error ?? `${request.status} ${request.statusText}`);
    else if (!reports.length) show.failed(problems || words.known);
    else show.done(...reports.flatMap(({ title, id, url }) => [el("a", { href: url }, title ?? id), " "]), problems);
  }
}
