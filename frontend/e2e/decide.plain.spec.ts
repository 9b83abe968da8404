// Deciding without script.
import { expect, test } from "./fixtures";
import { mark } from "./member";

test("the team declines with a reason, then adopts another, without script", async ({ member, team, visit }) => {
  const noor = await member();
  const word = mark();
  const [no, yes] = [await noor.propose({ title: `Tin ${word}` }), await noor.propose({ title: `Jar ${word}` })];
  const page = await visit(await team());
  await page.goto(`/studio?view=list&q=${word}`);
  await page.getByRole("link", { name: `Answer ${no.title}` }).click();
  await page.getByLabel("New status").selectOption({ label: "Declined" });
  await page.getByLabel("Public answer").fill("Tin rusts in the kitchens we make things for.");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Public answer")).toHaveValue(/Tin rusts/);
  await page.getByLabel("Reason", { exact: true }).selectOption({ label: "It could not be made safe enough" });
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.locator(".idea-head [data-status]")).toHaveText("Declined");

  await page.goto(yes.url);
  await page.getByLabel("New status").selectOption({ label: "Adopted" });
  await page.getByLabel("Public answer").fill("Glass it is.");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.locator(".idea-head").getByRole("link", { name: yes.title }).click();
  await expect(page.locator(".credits")).toContainText(noor.name);
});
