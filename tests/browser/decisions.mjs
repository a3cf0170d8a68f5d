// What people decide in a room: each decision is used at once, stands in the log with its reason, and can be taken back.

export const decisions = { confirm, correctTime, correctPlace, reject, split, note, rate, published, ownClaim };

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

const json = async (page, base, path) => (await page.request.get(base + path)).json();

/** Fills in the form of a decision on the page that is open, with a reason, and sends it. */
async function decide(page, verb, fields, reason) {
  const folded = page.locator("details.judging:not([open]) > summary").first();
  if (await folded.count()) await folded.click();
  const form = page.locator(`form.judge:has([name="verb"][value="${verb}"])`).first();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`);
    if (await field.evaluate((one) => one.tagName === "SELECT")) await field.selectOption(value);
    else await field.fill(value);
  }
  await form.locator('[name="reason"]').fill(reason);
  await Promise.all([page.waitForNavigation(), form.locator("button").click()]);
  await page.locator(".notice.good").waitFor();
}

/** Looks for a decision in the log, and takes it back from the notice above the page. */
async function logged(page, base, reason) {
  const notice = page.url();
  await page.goto(`${base}/decisions`);
  const line = page.locator("ol.history li", { hasText: reason }).first();
  expect((await line.locator("time").count()) > 0, `the log does not say when: ${reason}`);
  await page.goto(notice);
  await Promise.all([page.waitForNavigation(), page.locator(".actions form.undo button").first().click()]);
  await page.goto(`${base}/decisions`);
  expect((await page.locator("ol.history li", { hasText: reason }).first().locator("form.undo").count()) === 0, `it was not taken back: ${reason}`);
}

async function first(page, base, query) {
  const { facts } = await json(page, base, `/facts.json?${query}`);
  expect(facts.length > 0, `no facts of ${query}`);
  return facts[0];
}

async function confirm(page, base) {
  const fact = await first(page, base, "sort=told&family=event");
  await page.goto(base + fact.url);
  await decide(page, "confirm", {}, "saw the document");
  expect((await page.locator("main").innerText()).includes("saw the document"), "the fact does not show who checked it");
  await logged(page, base, "saw the document");
}

/** A day that a person sets is where the fact stands on the timeline. */
async function correctTime(page, base) {
  const fact = await first(page, base, "sort=told&family=event");
  await page.goto(base + fact.url);
  await decide(page, "correct", { role: "when", value: "2019-03-05" }, "the document is dated");
  const now = await json(page, base, `${fact.url}.json`);
  const roles = now.roles.filter(({ role }) => role === "when").map(({ value }) => value);
  expect(roles.includes("2019-03-05"), `the role tells ${roles}`);
  expect(now.claims.length > 1 || now.first === "2019-03-05", `the fact was on ${now.first}`);
  await logged(page, base, "the document is dated");
}

/** A place that a person sets is where the fact stands on the map. */
async function correctPlace(page, base) {
  const fact = await first(page, base, "family=event&place=Manta").catch(() => first(page, base, "family=event"));
  await page.goto(base + fact.url);
  await decide(page, "correct", { role: "where", value: "Quito, EC" }, "it was in the capital");
  const now = await json(page, base, `${fact.url}.json`);
  const { features } = await json(page, base, `/map.geojson?q=${encodeURIComponent(now.caption)}`);
  const spots = features.filter(({ properties }) => properties.id === now.id && properties.role === "where");
  expect(spots.length && spots.every(({ properties }) => properties.place === "Quito"), `the map has it in ${spots.map(({ properties }) => properties.place)}`);
  await logged(page, base, "it was in the capital");
}

async function reject(page, base) {
  const fact = await first(page, base, "family=event&sort=oldest");
  const count = async () => (await json(page, base, "/overview.json")).counts.facts;
  const before = await count();
  await page.goto(base + fact.url);
  const { claims } = await json(page, base, `${fact.url}.json`);
  await decideAway(page, "reject", { claim: claims[0].claim }, "it says something else");
  const after = await count();
  expect(claims.length > 1 || after < before, `there are ${after} facts, there were ${before}`);
  await loggedAway(page, base, "it says something else");
  expect((await count()) === before, "it did not come back");
}

/** A decision after which the page may lead to nothing: the answer is a way back all the same. */
async function decideAway(page, verb, fields, reason) {
  await page.locator("details.judging > summary").first().click();
  const form = page.locator(`form.judge:has([name="verb"][value="${verb}"])`).first();
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).selectOption(value);
  await form.locator('[name="reason"]').fill(reason);
  await Promise.all([page.waitForNavigation(), form.locator("button").click()]);
  expect(!(await page.locator("body[data-page=failed]").count()), "the page after the decision is an error");
}

async function loggedAway(page, base, reason) {
  await page.goto(`${base}/decisions`);
  const line = page.locator("ol.history li", { hasText: reason }).first();
  await Promise.all([page.waitForNavigation(), line.locator("form.undo button").click()]);
}

/** A telling that is split off is a fact of its own. */
async function split(page, base) {
  const fact = await first(page, base, "sort=told");
  const { claims } = await json(page, base, `${fact.url}.json`);
  expect(claims.length > 1, "the fact of most tellings has one");
  await page.goto(base + fact.url);
  const alone = claims.at(-1).claim;
  await decideAway(page, "split", { claim: alone }, "another day");
  const own = await json(page, base, `/facts/${alone}.json`);
  const rest = await json(page, base, `/facts/${claims[0].claim}.json`);
  expect(own.id !== rest.id, "they are still one fact");
  await loggedAway(page, base, "another day");
  expect((await json(page, base, `/facts/${alone}.json`)).claims.length === claims.length, "they were not joined again");
}

async function note(page, base) {
  const fact = await first(page, base, "sort=told");
  await page.goto(base + fact.url);
  await decide(page, "note", { value: "ask the harbour master" }, "to follow up");
  expect((await page.locator("main").innerText()).includes("ask the harbour master"), "the fact does not show the note");
  await logged(page, base, "to follow up");
}

async function rate(page, base) {
  await page.goto(`${base}/sources`);
  const form = page.locator("form.rate").first();
  await form.locator("select").selectOption("B");
  await Promise.all([page.waitForNavigation(), form.locator("button").click()]);
  const { sources } = await json(page, base, "/sources.json");
  expect(sources.some(({ rating }) => rating === "B"), "no source is rated");
  await Promise.all([page.waitForNavigation(), page.locator(".actions form.undo button").first().click()]);
  expect(!(await json(page, base, "/sources.json")).sources.some(({ rating }) => rating === "B"), "the rating was not taken back");
}

/** A report's own date: "last month" in it is another month at once. */
async function published(page, base) {
  const { reports } = await json(page, base, "/reports.json?undated=yes");
  expect(reports.length > 0, "no report is undated");
  await page.goto(`${base}/reports/${reports[0].id}`);
  await decide(page, "published", { value: "2024-05-06" }, "printed on the cutting");
  expect((await json(page, base, `/reports/${reports[0].id}.json`)).corrected.published === "2024-05-06", "the date is not used");
  expect((await page.locator("p.lead").innerText()).includes("6 May 2024"), "the report does not show its date");
  await logged(page, base, "printed on the cutting");
}

/** Words that a person chooses in a report become a fact of their own. */
async function ownClaim(page, base) {
  const fact = await first(page, base, "sort=told&family=event");
  const { tellings } = await json(page, base, `${fact.url}.json`);
  await page.goto(`${base}/reports/${tellings[0].report}`);
  await page.locator(".text[data-report]").waitFor();
  await page.evaluate(() => {
    const block = [...document.querySelectorAll(".text p[data-start]:not(.furniture)")].find((one) => one.innerText.length > 120);
    const node = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    range.setStart(node, 0);
    range.setEnd(node, Math.min(40, node.length));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  });
  const form = page.locator("form.add-claim");
  await form.waitFor();
  await form.locator('[name="kind"]').selectOption("protest");
  await form.locator('[name="reason"]').fill("the engine missed it");
  const before = (await json(page, base, "/facts.json?kind=protest")).total.number;
  await Promise.all([page.waitForNavigation(), form.locator("button").click()]);
  expect((await json(page, base, "/facts.json?kind=protest")).total.number === before + 1, "there is no such fact");
  await loggedAway(page, base, "the engine missed it");
  expect((await json(page, base, "/facts.json?kind=protest")).total.number === before, "it was not taken back");
}
