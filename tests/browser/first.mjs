// How long a newcomer waits for the first picture: `node first.mjs BINARY [TIMES]`; no test, it prints what it measures.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
const [binary, times = "3"] = process.argv.slice(2);

for (let i = 0; i < Number(times); i += 1) console.log(await once());

/** From the first command to the painted overview, map and timeline drawn. */
async function once() {
  const folder = mkdtempSync(join(tmpdir(), "atalaya-first-"));
  const start = performance.now();
  const since = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  execFileSync(resolve(binary), ["demo"], { cwd: folder, stdio: "ignore" });
  const demo = since();
  const server = spawn(resolve(binary), ["serve", "--room", "demo.atalaya", "--port", "0"], { cwd: folder });
  const base = await new Promise((found) => server.stdout.on("data", (text) => found(String(text).trim())));
  const served = since();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const opened = since();
  const page = await browser.newPage({ viewport: { width: 1360, height: 2200 } });
  await page.goto(base);
  const painted = since();
  await page.locator("figure.map[data-ready]").waitFor();
  await page.locator("figure.timeline[data-ready]").waitFor();
  const drawn = since();
  await browser.close();
  server.kill("SIGINT");
  await new Promise((done) => server.on("exit", done));
  rmSync(folder, { recursive: true, force: true });
  return `demo made ${demo}, served ${served}, browser open ${opened}, page there ${painted}, map and timeline drawn ${drawn}`;
}
