// A profile without script.
import { expect, test } from "./fixtures";

test("a profile is edited and hides by the plain form", async ({ member, visit }) => {
  const noor = await member();
  const page = await visit(noor);
  await page.goto("/settings/profile");
  await page.getByRole("textbox", { name: "About you" }).fill("I make lamps.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.goto(`/people/${noor.handle}`);
  await expect(page.getByText("I make lamps.").first()).toBeVisible();
  await page.goto("/settings/profile");
  await page.getByRole("radio", { name: /My name alone/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  const stranger = await visit(await member("Piet"));
  expect((await stranger.goto(`/people/${noor.handle}`))?.status()).toBe(404);
});
