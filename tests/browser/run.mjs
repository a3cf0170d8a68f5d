// Makes the demo room, serves it, and drives a browser through it: `node run.mjs BINARY [FOLDER FOR SCREENSHOTS]`.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { pages } from "./pages.mjs";
import { walks } from "./walks.mjs";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const [binary, shots] = process.argv.slice(2);
if (!binary) {
  console.error("usage: node run.mjs BINARY [FOLDER FOR SCREENSHOTS]");
  process.exit(2);
}
if (shots) mkdirSync(shots, { recursive: true });

const folder = mkdtempSync(join(tmpdir(), "atalaya-browser-"));
const problems = [];
let server;
let browser;
try {
  execFileSync(resolve(binary), ["demo"], { cwd: folder, stdio: "ignore" });
  const base = await serve();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  await pages(browser, base, shots, problems);
  await walks(browser, base, folder, problems);
} catch (error) {
  problems.push(error.stack);
} finally {
  await browser?.close();
  await stopped();
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`FAILED ${problem}`);
console.log(problems.length ? `${problems.length} failed` : "all passed");
process.exit(problems.length ? 1 : 0);

/** Starts the server on a port of its own choice and waits for the address that it prints. */
function serve() {
  server = spawn(resolve(binary), ["serve", "--room", "demo.atalaya", "--port", "0"], { cwd: folder });
  return new Promise((found, failed) => {
    const said = [];
    const late = setTimeout(() => failed(new Error(`no address within 60 s: ${said.join("\n")}`)), 60000);
    for (const stream of [server.stdout, server.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const address = /http:\/\/[^\s/]+/.exec(line)?.[0];
        if (address) {
          clearTimeout(late);
          found(address);
        }
      });
    }
    server.on("exit", (code) => failed(new Error(`the server ended with ${code}: ${said.join("\n")}`)));
  });
}

/** Interrupts the server and waits until it has written what it was writing. */
function stopped() {
  if (!server || server.exitCode !== null) return undefined;
  const ended = new Promise((done) => server.on("exit", done));
  server.kill("SIGINT");
  const late = setTimeout(() => {
    problems.push("the server did not end within 20 s of being interrupted");
    server.kill("SIGKILL");
  }, 20000);
  return ended.then(() => clearTimeout(late));
}
