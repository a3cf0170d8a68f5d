// What holds for every page, in light and dark and on a telephone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WINDOWS = {
  light: { colorScheme: "light", viewport: { width: 1360, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1360, height: 900 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true },
};

/** Visits every page in each window; what is wrong goes to `problems`, pictures to the folder `shots`. */
export async function pages(browser, base, shots, problems) {
  const addresses = await everyPage(browser, base, problems);
  console.log(`${addresses.size} pages: ${[...addresses.keys()].join(" ")}`);
  for (const [window, options] of Object.entries(WINDOWS)) {
    // axe is put in by evaluating it, which the policy of the pages forbids to themselves but not to the tester.
    const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
    for (const [name, address] of addresses) {
      const say = (problem) => problems.push(`${name} (${window}, ${address}): ${problem}`);
      await onePage(context, base + address, say, shots && join(shots, `${name}-${window}.png`), window);
    }
    await context.close();
  }
}

/** The pages of the navigation, and the first of each kind of thing that they lead to. */
async function everyPage(browser, base, problems) {
  const page = await browser.newPage();
  const found = new Map([["overview", "/"]]);
  await page.goto(base);
  for (const path of await links(page, "header.top nav a")) found.set(nameOf(path), path);
  const lists = ["/facts", "/actors", "/reports", "/figures"].filter((path) => [...found.values()].includes(path));
  if (lists.length < 3) problems.push(`the navigation leads to ${[...found.values()].join(" ")} only`);
  for (const list of lists) {
    await page.goto(base + list);
    const inner = (await links(page, "main a")).find((path) => new RegExp(`^${list}/[^/?]+$`).test(path));
    if (inner) found.set(`${list.slice(1)}-one`, inner);
    else if (list !== "/figures") problems.push(`${list} leads to nothing`);
  }
  // The fact of most tellings, and what it leads to.
  await page.goto(`${base}/facts?sort=told`);
  const first = async (name, pattern) => {
    const path = (await links(page, "main a")).find((href) => pattern.test(href))?.replace(/#.*/, "");
    if (path) found.set(name, path);
    else problems.push(`${page.url()} leads to no ${name}`);
  };
  await first("facts-one", /^\/facts\/[^/?]+$/);
  await page.goto(base + found.get("facts-one"));
  await first("reports-one", /^\/reports\/[^/?]+$/);
  await first("claims-one", /^\/claims\/[^/?]+$/);
  await page.goto(`${base}/sources`);
  await first("difference", /^\/reports\/.*\/diff\//);
  found.set("search", "/search?q=Manta");
  for (const list of ["/", "/facts", "/sources", "/map", "/network", "/seizures"]) found.set(`spanish-${nameOf(list)}`, `${list}?lang=es`);
  if (found.has("facts-one")) found.set("spanish-fact", `${found.get("facts-one")}?lang=es`);
  await page.close();
  return found;
}

async function links(page, selector) {
  const found = await page.locator(selector).evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  return [...new Set(found.filter((href) => href?.startsWith("/")))];
}

const nameOf = (path) => path.replace(/\?.*/, "").replace(/\W+/g, "-").replace(/^-|-$/g, "") || "overview";

async function onePage(context, address, say, shot, window) {
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && say(`console: ${message.text()}`));
  page.on("pageerror", (error) => say(`script: ${error.message}`));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  }));
  const response = await page.goto(address);
  if (response.status() !== 200) say(`status ${response.status()}`);
  if (!response.headers()["content-security-policy"]) say("no Content-Security-Policy");
  await drawn(page, say);
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  if (width[0] > width[1]) say(`scrolls sideways: ${width[0]} > ${width[1]}`);
  await accessible(page, say);
  if (shot) await picture(page, shot, window);
  await page.close();
}

/** Brings every drawn part into the window and waits until it has drawn itself. */
async function drawn(page, say) {
  const figures = page.locator("figure[data-map], figure[data-timeline], figure[data-network], figure[data-plot]");
  for (let i = 0; i < Math.min(await figures.count(), 12); i += 1) {
    const figure = figures.nth(i);
    if (!(await figure.isVisible())) continue;
    await figure.scrollIntoViewIfNeeded();
    const ready = figure.and(page.locator("[data-ready], [data-failed]"));
    await ready.waitFor({ timeout: 15000 }).catch(() => say("a drawn part was not ready within 15 s"));
    const failed = await figure.getAttribute("data-failed");
    if (failed) say(`a drawn part failed: ${failed}`);
  }
  await page.evaluate(() => scrollTo(0, 0));
}

async function accessible(page, say) {
  await page.evaluate(axe);
  // Signs on a map stand where their places are and may touch: the list beside the map tells the same (WCAG 2.5.8, essential).
  const { violations } = await page.evaluate(() => axe.run({ exclude: [[".leaflet-marker-pane"]] }, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  for (const { id, impact, nodes } of violations) {
    if (impact === "serious" || impact === "critical") {
      say(`axe: ${id} (${impact}): ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} — ${node.any[0]?.message ?? ""}`).join(" | ")}`);
    }
  }
}

async function picture(page, path, window) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: WINDOWS[window].viewport.width, height: Math.min(height, 2400) } });
}
