// Files dropped on the page, or chosen, are sent one by one with their progress.

import { el } from "./dom.js";
import { words } from "./words.js";

export default function upload(form) {
  const input = form.querySelector('input[type="file"]');
  const list = el("ul", { class: "uploads", "aria-live": "polite" });
  form.append(list);
  let queue = Promise.resolve();
  const send = (files) => {
    const lines = [...files].map((file) => line(list, file));
    for (const [file, show] of lines) queue = queue.then(() => post(form, input.name, file, show));
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

function post(form, name, file, show) {
  const body = new FormData();
  for (const field of form.querySelectorAll('input[type="hidden"]')) body.append(field.name, field.value);
  body.append(name, file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => show.progress(loaded / total));
    request.addEventListener("load", () => resolve(tell(request, show)));
    request.addEventListener("error", () => resolve(show.failed(words.failed)));
    request.send(body);
  });
}

function tell(request, show) {
  let answer = {};
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // What is not JSON is a refusal; its status is told below.
  }
  const problems = (answer.problems ?? []).map(({ problem }) => problem).join("; ");
  if (request.status >= 400) return show.failed(answer.error ?? (problems || `${request.status} ${request.statusText}`));
  if (!answer.reports?.length) return show.failed(problems || words.known);
  const links = answer.reports.flatMap(({ title, id, url }) => [el("a", { href: url }, title ?? id), " "]);
  return show.done(...links, problems);
}
