// Following, the inbox and its settings, without script.
import { expect, test } from "./fixtures";

test("what was followed is told, read, muted and set without script", async ({ member, team, visit }) => {
  const [noor, fan, ilse] = [await member("Noor"), await member("Fan"), await team()];
  const [idea, other] = [await noor.propose(), await noor.propose()];
  const page = await visit(fan);
  for (const { url } of [idea, other]) {
    await page.goto(url);
    await page.getByRole("button", { name: "Follow" }).click();
    await expect(page.getByText("You follow this idea now.")).toBeVisible();
  }
  const decide = (id: number) => ilse.decide(id, { status: "under_review", answer_html: "<p>We look into it.</p>" });
  await decide(idea.id);
  const told = page.locator(".told li").filter({ hasText: idea.title });
  await expect(async () => {
    await page.goto("/inbox");
    await expect(told).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await expect(page.locator("[data-inbox]")).toHaveText("1");

  await told.locator("details > summary").click();
  await told.getByRole("button", { name: "No more about this idea" }).click();
  await expect(page).toHaveURL(/\/inbox/);
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.locator("[data-inbox]")).toBeHidden();

  await ilse.decide(idea.id, { status: "shortlisted", answer_html: "<p>We like it.</p>" });
  await decide(other.id); // comes after it: once this is told, the muted one was not
  await expect(async () => {
    await page.goto("/inbox");
    await expect(page.locator(".told li").filter({ hasText: other.title })).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await expect(told).toHaveCount(1);
  await expect(told).not.toContainText("shortlist");

  await page.goto("/settings/notifications");
  const decisions = page.getByRole("group", { name: "Decisions" });
  await decisions.getByLabel("By mail").selectOption("weekly");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(decisions.getByLabel("By mail")).toHaveValue("weekly");
  await page.getByRole("button", { name: new RegExp(idea.title) }).click();
  await expect(page.getByRole("heading", { name: "What you hear no more of" })).toHaveCount(0);
});
