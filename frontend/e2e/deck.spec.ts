// The scoring deck: gone through by keys and by fingers, with what is shown
// counted as seen, and nothing lost when a vote is refused.
import { everywhere } from "./axe";
import { challenge, noDatabase } from "./challenge";
import { expect, test } from "./fixtures";

test.skip(noDatabase() !== "", noDatabase());

test("a deck is gone through by keys, and what was skipped comes again", async ({ member, visit }) => {
  const tomas = await member("Tomas");
  const entries = [await tomas.propose(), await tomas.propose(), await tomas.propose()];
  const { slug, title } = await challenge("until_close", ...entries);
  const page = await visit(await member("Jan"));
  await page.goto(`/challenges/${slug}/score`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  const up = page.locator("[data-deck-entry] h2");
  const figures = page.locator("[data-deck-figures]");
  await expect(figures).toHaveText("0 of 3 scored");
  expect(await everywhere(page), "an entry").toEqual([]);

  const first = (await up.textContent())!;
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Give this score and go on");
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  await expect(page.getByRole("checkbox", { name: "I would buy it" })).toBeChecked();
  await page.keyboard.press("4");
  await expect(figures).toHaveText("1 of 3 scored");
  await expect(up).not.toHaveText(first);
  await expect(page.getByRole("checkbox", { name: "I would buy it" })).not.toBeChecked();
  const scored = entries.find((entry) => entry.title === first)!;
  const mine = await (await page.request.get(`/api/v1/me/votes?ideas=${scored.id}`)).text();
  expect(mine).toMatch(/"score":4\b.*"would_buy":true|"would_buy":true.*"score":4\b/);

  const second = (await up.textContent())!;
  await page.keyboard.press("ArrowRight");
  await expect(up).not.toHaveText(second);
  const third = (await up.textContent())!;
  await page.keyboard.press("u");
  await expect(up, "the skip is undone").toHaveText(second);
  await page.keyboard.press("u");
  await expect(up, "and the score").toHaveText(first);
  await expect(figures).toHaveText("0 of 3 scored");
  await page.keyboard.press("5");
  await expect(up).toHaveText(second);
  await page.reload();
  await expect(up, "loaded again the same entry is up").toHaveText(second);
  await page.keyboard.press("ArrowRight");
  await expect(up).toHaveText(third);
  await page.getByRole("button", { name: "2", exact: true }).click();

  await expect(page.getByRole("heading", { level: 2 })).toHaveText("You scored 2 of 3.");
  expect(await everywhere(page), "the end").toEqual([]);
  await page.getByRole("button", { name: "Look again at the one you skipped" }).click();
  await expect(up).toHaveText(second);
});

test("a vote that comes too late is said, and the entry stays", async ({ member, visit }) => {
  const tomas = await member("Tomas");
  const entries = [await tomas.propose(), await tomas.propose()];
  const { slug } = await challenge("no", ...entries);
  const page = await visit(await member("Jan"));
  await page.goto(`/challenges/${slug}/score`);
  const up = page.locator("[data-deck-entry] h2");
  const first = (await up.textContent())!;
  await page.route("**/api/v1/ideas/*/vote", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      body: JSON.stringify({ title: "Conflict", status: 409, code: "votes.late", detail: "Voting has closed." }),
    }),
  );
  await page.keyboard.press("b");
  await page.keyboard.press("3");
  await expect(page.locator("[data-deck-note]")).toHaveText("Voting has closed.");
  await expect(up).toHaveText(first);
  await expect(page.getByRole("checkbox", { name: "I would buy it" })).toBeChecked();
});

test("on a phone the scores stay within reach", async ({ member, visit }) => {
  const tomas = await member("Tomas");
  const story = Array.from({ length: 40 }, (_, n) => `<p>Part ${n} of a long story about a bag.</p>`).join("");
  const { slug } = await challenge("no", await tomas.propose({ story_html: story }), await tomas.propose());
  const page = await visit(await member("Jan"), { viewport: { width: 390, height: 780 }, hasTouch: true });
  await page.goto(`/challenges/${slug}/score`);
  for (const name of ["1 Not for me", "5 Make this"]) {
    const box = (await page.getByRole("button", { name, exact: true }).boundingBox())!;
    expect(box.y + box.height).toBeLessThan(780);
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  }
  await page.getByRole("button", { name: "5 Make this" }).tap();
  await expect(page.locator("[data-deck-figures]")).toHaveText("1 of 2 scored");
});
