// Voting with script: without a reload, and with its refusals in place.
import { expect, test } from "./fixtures";
import { votesBeforeSigningIn } from "./visitor-vote";

votesBeforeSigningIn();

test("a vote is cast, changed and taken back without a reload", async ({ member, visit }) => {
  const idea = await (await member("Tomas")).propose();
  const jan = await member("Jan");
  const page = await visit(jan);
  await page.goto(idea.url);
  await page.evaluate(() => document.body.setAttribute("data-same-page", ""));
  const vote = page.getByRole("button", { name: "I want this made" });
  const buy = page.getByRole("checkbox", { name: "I would buy it" });
  const voters = page.locator('.tally [data-field="voters"]');
  await vote.click();
  await expect(voters).toHaveText("1");
  await expect(vote).toHaveAttribute("aria-pressed", "true");
  await buy.check();
  await expect(page.locator('[data-field="would_buy"]')).toHaveText("1");
  await vote.click();
  await expect(voters).toHaveText("0");
  await expect(buy).not.toBeChecked();
  await expect(page.locator("[data-same-page]")).toBeAttached();
  expect(await jan.tally(idea.id)).toMatchObject({ voters: 0, would_buy: 0 });
});

test("nobody votes on their own idea, and the page says so", async ({ member, visit }) => {
  const noor = await member();
  const idea = await noor.propose();
  const page = await visit(noor);
  await page.goto(idea.url);
  await expect(page.locator(".refusal")).toContainText("your own idea");
  await expect(page.getByRole("button", { name: "I want this made" })).toHaveCount(0);
});

test("the team's vote stands beside the count", async ({ member, team, visit }) => {
  const idea = await (await member("Tomas")).propose();
  const page = await visit(await team());
  await page.goto(idea.url);
  await page.getByRole("button", { name: "I want this made" }).click();
  await expect(page.locator('.counts [data-field="staff"]')).toHaveText("1");
  await expect(page.locator('.tally [data-field="voters"]')).toHaveText("0");
});

test("a vote that is refused says why and shows what holds", async ({ member, team, visit }) => {
  const idea = await (await member("Tomas")).propose();
  const ilse = await team();
  const page = await visit(await member("Jan"));
  // The page is drawn while votes are open, and does not hear that this ended.
  await page.routeWebSocket("/live", () => {});
  await page.goto(idea.url);
  await ilse.decide(idea.id, { status: "declined", answer_html: "<p>We cannot make it.</p>", reason: "not_feasible" });
  const vote = page.getByRole("button", { name: "I want this made" });
  await vote.click();
  await expect(page.locator(".vote-panel [data-vote-note]")).toContainText("closed");
  await expect(vote).toHaveAttribute("aria-pressed", "false");
});
