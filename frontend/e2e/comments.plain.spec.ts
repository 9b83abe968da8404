// The talk without script: plain forms and links.
import { expect, test } from "./fixtures";

test("somebody comments, answers, thanks and deletes without script", async ({ member, visit }) => {
  const [noor, jan] = [await member("Noor"), await member("Jan")];
  const idea = await noor.propose();
  await noor.say(idea.id, "<p>Does it fold?</p>", { kind: "question" });
  const page = await visit(jan);
  await page.goto(idea.url);
  await page.getByLabel("Join the talk").fill("<3 this idea");
  await page.getByRole("button", { name: "Say it" }).click();
  await expect(page.locator(".comment")).toContainText("<3 this idea");
  await page.locator(".comment-menu summary").click();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("status").first()).toContainText("deleted");
  const asked = page.locator(".comment", { hasText: "Does it fold?" });
  await asked.getByRole("link", { name: "Reply" }).click();
  await expect(page.getByLabel("Your reply")).toBeFocused();
  await page.getByLabel("Your reply").fill("It does");
  await page.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(page.locator(".reply")).toContainText("It does");
  await asked.locator(".thank summary").click();
  await asked.getByRole("button", { name: "Clearly said" }).click();
  await expect(page.locator(".thanked")).toContainText("Clearly said");
});

test("what a visitor typed comes along through signing in", async ({ member, visit }) => {
  const noor = await member("Noor");
  const idea = await noor.propose();
  const page = await visit();
  await page.goto(idea.url);
  await page.getByLabel("Join the talk").fill("Words that must not be lost");
  await page.getByRole("button", { name: "Say it" }).click();
  await page.getByLabel("E-mail").first().fill(noor.email);
  await page.getByLabel("Password").first().fill(noor.password);
  await page
    .locator("form", { has: page.getByLabel("Password") })
    .getByRole("button")
    .first()
    .click();
  await expect(page.getByLabel("Join the talk")).toHaveValue("Words that must not be lost");
});
