// What becomes of an idea reaches those who voted on it, by mail and in the
// inbox, once; and one click ends the mails.
import { violations } from "./axe";
import { expect, test } from "./fixtures";
import { arrived, mails } from "./mailbox";
import { server } from "./member";

test("a voter is told of a decision once, and ends the mails by a link", async ({ page, member, team, visit }) => {
  const [noor, bram] = [await member("Noor"), await member("Bram")];
  const idea = await noor.propose();
  await bram.vote(idea.id);
  const ilse = await team();
  await ilse.decide(idea.id, {
    status: "declined",
    reason: "too_costly",
    answer_html: "<p>The glass alone costs more.</p>",
  });
  await arrived(page, bram.email, idea.title, 1);
  await arrived(page, noor.email, idea.title, 1);

  await mails(page, bram.email, idea.title).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`“${idea.title}” was declined`);
  const text = page.locator(".mail-text");
  await expect(text).toContainText("It would cost more than people would pay for it");
  await expect(text).toContainText("because you voted on this idea");
  await page.getByRole("link", { name: /\/unsubscribe\?token=\d+\./ }).click();
  await page.getByRole("button", { name: "End these mails" }).click();
  await expect(page.getByRole("heading", { name: "No more mails" })).toBeVisible();

  await ilse.decide(idea.id, { status: "open", answer_html: "<p>We were too quick.</p>" });
  await arrived(page, noor.email, idea.title, 2);
  await expect(mails(page, bram.email, idea.title)).toHaveCount(1);

  const his = await visit(bram);
  await his.goto("/settings/notifications");
  await expect(his.getByLabel("Send me mails")).not.toBeChecked();
  await his.goto("/inbox");
  const told = his.locator(".told li").filter({ hasText: idea.title });
  await expect(told).toHaveCount(1);
  await expect(told).toContainText("is open for votes again");
  await expect(told.locator(".kind")).toHaveText(["New", "New"]);
  await told.getByRole("link", { name: "was declined" }).click();
  await expect(his).toHaveURL(idea.url);
  await his.goBack();
  await his.reload();
  await expect(told.locator(".kind")).toHaveText(["New"]);
  await his.getByRole("button", { name: "Mark all as read" }).click();
  await expect(told.locator(".kind")).toHaveCount(0);
  await expect(his.locator("[data-inbox]")).toBeHidden();
});

test("a follower hears what becomes of an idea", async ({ page, member, team, visit }) => {
  const [noor, fan] = [await member("Noor"), await member("Fan")];
  const idea = await noor.propose();
  const hers = await visit(fan);
  await hers.goto(idea.url);
  await hers.getByRole("button", { name: "Follow" }).click();
  await expect(hers.getByText("You follow this idea now.")).toBeVisible();
  await expect(hers.getByRole("button", { name: "Stop following" })).toBeVisible();
  await (await team()).decide(idea.id, { status: "under_review", answer_html: "<p>We look into it.</p>" });
  await arrived(page, fan.email, idea.title, 1);
  await hers.getByRole("button", { name: "Stop following" }).click();
  await expect(hers.getByRole("button", { name: "Follow", exact: true })).toBeVisible();
});

test("who follows a person sees the badge move, and gets one digest", async ({ page, member, visit }) => {
  const [noor, fan] = [await member("Noor"), await member("Fan")];
  const hers = await visit(fan);
  await hers.goto(`/people/${noor.handle}`);
  await hers.getByRole("button", { name: /^Follow/ }).click();
  await expect(hers.getByText("You follow this person now.")).toBeVisible();
  await expect(hers.locator("[data-inbox]")).toBeHidden();

  const idea = await noor.propose();
  await expect(hers.locator("[data-inbox]")).toHaveText("1");
  await server("digest");
  const digest = page
    .getByRole("listitem")
    .filter({ hasText: fan.email })
    .getByRole("link", { name: "one thing that is new" });
  await expect(async () => {
    await page.goto("/dev/mail");
    await expect(digest).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await digest.click();
  await expect(page.locator(".mail-text")).toContainText(idea.title);
  await page.getByRole("link", { name: /\/unsubscribe\?token=\d+-digests/ }).click();
  await page.getByRole("button", { name: "End these mails" }).click();
  await expect(page.getByText("You get no more summaries.")).toBeVisible();

  await hers.goto("/inbox");
  expect(await violations(hers)).toEqual([]);
  await hers.getByRole("link", { name: idea.title }).click();
  await expect(hers).toHaveURL(new RegExp(`/ideas/${idea.id}`));
  await expect(hers.locator("[data-inbox]")).toBeHidden();
  await hers.goto("/settings/notifications");
  expect(await violations(hers)).toEqual([]);
  await hers.goto("/mine/following");
  await expect(hers.getByRole("main").getByRole("link", { name: noor.name })).toBeVisible();
  expect(await violations(hers)).toEqual([]);
  await hers.getByRole("button", { name: /^Stop/ }).click();
  await expect(hers.getByText("You follow nothing yet")).toBeVisible();
});

test("a link that was made up ends nobody's mails", async ({ page }) => {
  for (const token of ["", "1", "1.AAAA", "1.3kq0yG4t5cN4o2mJfXy3pXr7Rk2b1JfTzq6s9pVn8wQ"]) {
    const answer = await page.goto(`/unsubscribe?token=${token}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText("This link does not work.")).toBeVisible();
  }
});

test("the way to the first milestone moves with the votes", async ({ member, visit }) => {
  const idea = await (await member("Noor")).propose();
  const page = await visit();
  await page.goto(idea.url);
  const panel = page.locator(".milestone");
  await expect(panel).toContainText("0 of 100 voters");
  await expect(panel).toContainText("then it stays open a year longer");
  await expect(panel).toContainText("Open until");
  await (await member("Bram")).vote(idea.id);
  await expect(panel).toContainText("1 of 100 voters");
  await expect(panel.getByRole("progressbar")).toHaveJSProperty("value", 1);
});
