// What people do in a room, one walk after the other in one browser.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decisions } from "./decisions.mjs";

const WALKS = {
  fact: toItsWords, map: filteredMap, linked, network, keyboard, theme, spanish, shared, csv, geojson, missing, times, mentions, compare, merge, ...decisions, claim, drop,
};

/** Goes every walk; a walk that fails is told and the next one goes on. */
export async function walks(browser, base, folder, problems) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, acceptDownloads: true, reducedMotion: "reduce" });
  for (const [name, walk] of Object.entries(WALKS)) {
    const page = await context.newPage();
    page.setDefaultTimeout(15000);
    page.on("pageerror", (error) => problems.push(`walk ${name}: script: ${error.message}`));
    page.on("console", (message) => message.type() === "error" && problems.push(`walk ${name}: console: ${message.text()}`));
    try {
      await walk(page, base, folder);
      console.log(`walk ${name}: done`);
    } catch (error) {
      problems.push(`walk ${name} at ${page.url()}: ${error.message.split("\n").slice(0, 6).join(" ")}`);
    }
    await page.close();
  }
  await context.close();
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

/** A fact opens on its tellings; a telling's link leads into the report, to exactly its words. */
async function toItsWords(page, base) {
  await page.goto(`${base}/facts?sort=told`);
  await page.locator("tr[data-fact] td.what a, li[data-fact] a.caption").first().click();
  await page.waitForURL(/\/facts\/[0-9a-f]+/);
  const telling = page.locator(".telling").first();
  const said = (await telling.locator("blockquote").innerText()).replace(/\s+/g, " ").trim();
  await telling.locator('a[href^="/reports/"]').first().click();
  await page.waitForURL(/\/reports\/[0-9a-f]+/);
  const report = (await page.locator(".report .text").innerText()).replace(/\s+/g, " ");
  expect(report.includes(said.replace(/^…|…$/g, "").trim().slice(0, 60)), `the report does not hold "${said}"`);
  const here = page.locator(".report .text mark:target, .report .text :target").first();
  await here.waitFor();
  const place = await here.boundingBox();
  expect(place && place.y >= 0 && place.y < 900, "the words are not in sight");
}

/** The time slider takes places off the map, and the list of what has no coordinates is beside it. */
async function filteredMap(page, base) {
  await page.goto(`${base}/map`);
  await page.locator("figure.map[data-ready]").waitFor();
  const data = await page.evaluate(async () => (await fetch(document.querySelector("figure.map").dataset.map)).json());
  const points = data.features.filter(({ geometry }) => geometry.type === "Point");
  expect(points.length > 0, "no fact has a place");
  expect(points.every(({ geometry: { coordinates: [x, y] } }) => x !== 0 || y !== 0), "something lies at (0, 0)");
  const shown = page.locator("figure.map output.shown");
  const before = await shown.innerText();
  expect(before === `${points.length} / ${points.length}`, `the map shows ${before}`);
  const to = page.locator("figure.map .range input").last();
  await to.focus();
  await page.keyboard.press("Home");
  const after = await shown.innerText();
  expect(Number(after.split("/")[0]) < points.length, `the slider left ${after}`);
  await page.locator("figure.map .spot").first().waitFor({ state: "attached" });
}

/** What is chosen in the list is marked on the timeline, and the other way round. */
async function linked(page, base) {
  await page.goto(`${base}/`);
  const figure = page.locator("figure.timeline");
  await figure.scrollIntoViewIfNeeded();
  await page.locator("figure.timeline[data-ready]").waitFor();
  const rows = await page.locator("tr[data-fact], li[data-fact]").evaluateAll((all) => all.map((row) => row.dataset.fact));
  const items = await figure.locator(".item").evaluateAll((all) => all.map((item) => item.dataset.id));
  const both = rows.find((fact) => items.includes(fact));
  expect(both, "no fact stands in both list and timeline");
  await page.locator(`[data-fact="${both}"] .meta, tr[data-fact="${both}"] td:last-child`).first().click({ position: { x: 2, y: 2 } });
  await figure.locator(`.item.selected[data-id="${both}"]`).waitFor();
  const other = items.find((item) => item !== both && rows.includes(item)) ?? both;
  await figure.locator(`.item[data-id="${other}"] rect.bar, .item[data-id="${other}"] path.open`).first().click();
  await page.locator(`[data-fact="${other}"].selected`).waitFor();
}

/** A line between two actors opens the facts behind it. */
async function network(page, base) {
  await page.goto(`${base}/network`);
  await page.locator("figure.network[data-ready]").waitFor();
  const edge = page.locator("figure.network .edge-group").first();
  await edge.focus();
  await page.keyboard.press("Enter");
  await page.locator('figure.network .detail a[href^="/facts/"]').first().click();
  await page.waitForURL(/\/facts\/[0-9a-f]+/);
}

/** `?` shows the keys, `/` goes to the search, `j` to the first row, `g a` to the actors. */
async function keyboard(page, base) {
  await page.goto(`${base}/facts`);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.matches("a.skip")), "the first stop is not the skip link");
  await page.keyboard.press("?");
  await page.locator("dialog.help[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement.name === "q"), "/ does not go to the search");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("j");
  expect(await page.evaluate(() => Boolean(document.activeElement.closest("[data-fact]"))), "j does not go to a row");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.waitForURL(/\/actors/);
}

/** The choice of dark holds on the next page, which the server sends dark. */
async function theme(page, base) {
  await page.goto(`${base}/`);
  const before = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.locator("[data-theme-switch]").click();
  await page.goto(`${base}/facts`);
  const after = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(before !== after, "the theme was forgotten");
  await page.locator("[data-theme-switch]").click();
}

/** The choice of Spanish holds on the next page, and days are told in Spanish. */
async function spanish(page, base) {
  await page.goto(`${base}/facts`);
  await page.locator('header.top a[hreflang="es"]').click();
  await page.goto(`${base}/facts?from=2024-11&to=2024-12`);
  expect((await page.locator("html").getAttribute("lang")) === "es", "the language was forgotten");
  expect(/ de (noviembre|diciembre) de 2024/.test(await page.locator("main table").innerText()), "no day is told in Spanish");
  await page.locator('header.top a[hreflang="en"]').click();
  await page.waitForURL(/lang=en/);
}

/** What is narrowed stands in the address: another window shows the same list. */
async function shared(page, base) {
  await page.goto(`${base}/facts`);
  await page.locator(".facets details a").first().click();
  await page.waitForURL(/\?/);
  await page.locator(".facets details a:not([aria-current])").last().click();
  await page.waitForFunction(() => document.querySelectorAll(".chips .chip").length > 1);
  const list = (where) => where.locator("tr[data-fact]").evaluateAll((rows) => rows.map((row) => row.dataset.fact).join());
  const other = await page.context().newPage();
  await other.goto(page.url());
  expect((await list(page)) === (await list(other)), "the address leads to another list");
  await other.close();
  await page.locator(".chips .chip").first().click();
  await page.waitForFunction(() => document.querySelectorAll(".chips .chip").length === 1);
}

/** No page shows a time as programs write it. */
async function times(page, base) {
  for (const path of ["/", "/facts", "/figures", "/statements", "/timeline", "/brief", "/figures?lang=es"]) {
    await page.goto(base + path);
    const raw = /XXXX|\d{4}(-\d\d)*\/(\.\.|\d{4})|\.\.\/\d{4}/.exec(await page.locator("main").innerText());
    expect(!raw, `${path} shows ${raw?.[0]}`);
  }
  await page.goto(`${base}/figures?lang=en`);
}

/** An actor's mentions are words, and lead to where they stand. */
async function mentions(page, base) {
  const { actors } = await (await page.request.get(`${base}/actors.json?sort=person`)).json();
  await page.goto(`${base}/actors/${actors[0].id}`);
  const line = page.locator(".mentions li").first();
  const said = await line.locator("mark").innerText();
  await line.locator("a").click();
  const block = page.locator(".report .text :target");
  await block.waitFor();
  expect((await block.innerText()).includes(said), `the place that is led to does not hold "${said}"`);
}

/** A table of the visitor's is drawn beside the figures. */
async function compare(page, base, folder) {
  const file = join(folder, "table.csv");
  writeFileSync(file, "month,place,homicides\n2024,Ecuador,7000\n");
  await page.goto(`${base}/figures`);
  await page.locator("details.compare summary").click();
  const form = page.locator('form[action="/figures/compare"]');
  await form.locator('[name="measure"]').fill("homicides");
  for (const [name, value] of Object.entries({ when: "month", value: "homicides", where: "place" })) await form.locator(`[name="${name}"]`).fill(value);
  await form.locator('input[type="file"]').setInputFiles(file);
  await Promise.all([page.waitForNavigation(), form.locator("button").click()]);
  await page.locator("figure.compared svg").waitFor();
}

/** What the map shows can be kept, with coordinates. */
async function geojson(page, base) {
  await page.goto(`${base}/map?family=event`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('a[href*=".geojson"]').first().click()]);
  const { features } = JSON.parse(readFileSync(await download.path(), "utf8"));
  expect(features.length > 0 && features.every(({ properties }) => properties.family === "event"), "other families are in the file");
}

/** An address that leads nowhere says so in a page like the others, with a way on. */
async function missing(page, base) {
  const answer = await page.request.get(`${base}/nowhere`);
  expect(answer.status() === 404, `it is answered with ${answer.status()}`);
  const text = await answer.text();
  expect(text.includes('class="top"') && text.includes('href="/"'), "it is no page with a way on");
}

/** What is filtered is what is downloaded. */
async function csv(page, base) {
  await page.goto(`${base}/facts?family=figure`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('a[href*=".csv"]').first().click()]);
  const rows = readFileSync(await download.path(), "utf8").trim().split(/\r?\n/).map((line) => line.split(/"?,"?/));
  const family = rows[0].indexOf("family");
  const { total } = await (await page.request.get(`${base}/facts.json?family=figure`)).json();
  expect(family === 2 && rows.length === (total.number ?? total) + 1, `${rows.length - 1} rows, beginning with ${rows[0]}`);
  expect(rows.slice(1).every((row) => row[family] === "figure"), "other families are in the file");
}

/** Two persons become one, and after undoing they are two again. */
async function merge(page, base) {
  const json = async (path) => (await page.request.get(base + path)).json();
  const count = async () => (await json("/overview.json")).counts.actors;
  const before = await count();
  const [one, other] = (await json("/actors.json?sort=person")).actors;
  await page.goto(`${base}/actors/${one.id}`);
  await page.locator("details.judging > summary").first().click();
  const form = page.locator('form.judge:has([name="verb"][value="same"])');
  await form.locator('[name="other"]').fill(other.id);
  await form.locator('[name="reason"]').fill("one person under two names");
  await Promise.all([page.waitForNavigation(), form.locator("button").click()]);
  expect((await count()) === before - 1, "the two are not one");
  await page.goto(`${base}/decisions`);
  expect((await page.locator("main").innerText()).includes("one person under two names"), "the decision is not listed with its reason");
  await Promise.all([page.waitForNavigation(), page.locator("form.undo button").first().click()]);
  expect((await count()) === before, "undoing did not part them");
}

/** Words chosen in a report become a claim's place, counted in code points. */
async function claim(page, base) {
  await page.goto(`${base}/reports`);
  const href = await page.locator('main a[href^="/reports/"]').first().getAttribute("href");
  await page.goto(base + href);
  const text = page.locator(".text[data-report]");
  await text.waitFor();
  const chosen = await page.evaluate(() => {
    const block = [...document.querySelectorAll(".text [data-start]")].filter((one) => one.innerText.length > 80)[1];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const node = walker.nextNode();
    const range = document.createRange();
    range.setStart(node, 0);
    range.setEnd(node, Math.min(12, node.length));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return { start: Number(block.dataset.start), words: range.toString() };
  });
  const form = page.locator("form.add-claim");
  await form.waitFor();
  expect(await form.locator('[name="start"]').inputValue() === String(chosen.start), "the start is wrong");
  expect(await form.locator('[name="end"]').inputValue() === String(chosen.start + [...chosen.words].length), "the end is wrong");
}

/** Files that are dropped on the page are read, told of one by one, and found. */
async function drop(page, base, folder) {
  const file = join(folder, "dropped.txt");
  const words = "Harbour police at Posorja seized 410 kilograms of cocaine in a container of shrimp on 3 May 2025, the port said.";
  writeFileSync(file, `Cocaine found among shrimp\n\n${words}\n\n${words.replace("Harbour police", "Officers")} No one was arrested.\n`);
  await page.goto(`${base}/reports`);
  await page.locator("form.drop").waitFor({ state: "attached" });
  await page.waitForTimeout(300);
  const text = readFileSync(file, "utf8");
  await page.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
    transfer.items.add(new File([text.replaceAll("Posorja", "Naranjal")], "too.txt", { type: "text/plain" }));
    transfer.items.add(new File([""], "empty.txt", { type: "text/plain" }));
    dispatchEvent(new DragEvent("dragenter", { dataTransfer: transfer, bubbles: true }));
    dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, text);
  const link = page.locator(".uploads li:first-child .result a");
  await link.waitFor({ timeout: 60000 });
  await page.locator(".uploads li:nth-child(2) .result a").waitFor();
  await page.locator(".uploads li.bad:nth-child(3)").waitFor();
  await link.click();
  await page.locator(".report .text").waitFor();
  expect((await page.locator(".report .text").innerText()).includes("410 kilograms"), "the report is another one");
  await page.goto(`${base}/search?q=Posorja`);
  expect((await page.locator("main").innerText()).includes("Cocaine found among shrimp"), "the search does not find it");
}
