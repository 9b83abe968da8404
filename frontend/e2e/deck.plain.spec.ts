// The scoring deck without script: plain forms, one page for each entry.
import { challenge, noDatabase } from "./challenge";
import { expect, test } from "./fixtures";

test.skip(noDatabase() !== "", noDatabase());

test("a deck is gone through by plain forms", async ({ member, visit }) => {
  const tomas = await member("Tomas");
  const { slug } = await challenge("no", await tomas.propose(), await tomas.propose());
  const page = await visit(await member("Jan"));
  await page.goto(`/challenges/${slug}/score`);
  const up = page.locator("[data-deck-entry] h2");
  const first = (await up.textContent())!;
  await page.getByRole("button", { name: "Skip" }).click();
  await expect(up).not.toHaveText(first);
  await page.getByRole("button", { name: "Undo the last one" }).click();
  await expect(up).toHaveText(first);
  await page.getByRole("checkbox", { name: "I would buy it" }).check();
  await page.getByRole("button", { name: "4", exact: true }).click();
  await expect(page.locator("[data-deck-figures]")).toHaveText("1 of 2 scored");
  await page.getByRole("button", { name: "1 Not for me" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("You scored 2 of 2.");
});

test("a visitor's score in a deck counts once they have signed in", async ({ member, page }) => {
  const tomas = await member("Tomas");
  const idea = await tomas.propose();
  const { slug } = await challenge("no", idea, await tomas.propose());
  const jan = await member("Jan");
  await page.goto(`/challenges/${slug}/score`);
  const title = (await page.locator("[data-deck-entry] h2").textContent())!;
  await page.getByRole("button", { name: "5 Make this" }).click();
  await expect(page.getByText(`Your vote for “${title}” is kept`)).toBeVisible();
  await page.getByRole("textbox", { name: "E-mail address" }).first().fill(jan.email);
  await page.getByLabel("Password").fill(jan.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.locator("[data-deck-figures]")).toHaveText("1 of 2 scored");
});
