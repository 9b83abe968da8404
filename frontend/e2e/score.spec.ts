// Scores of 1 to 5: cast by a click and by keys, seen by others as they come,
// and told to nobody who may not see them.
import { everywhere } from "./axe";
import { challenge, noDatabase } from "./challenge";
import { expect, test } from "./fixtures";

test.skip(noDatabase() !== "", noDatabase());

test("a score is cast by a click and by keys, and another browser sees the mean move", async ({ member, visit }) => {
  const idea = await (await member("Tomas")).propose();
  const { title } = await challenge("no", idea);
  const jan = await member("Jan");
  const [page, other] = [await visit(jan), await visit()];
  const heard = other.waitForEvent("websocket").then((socket) =>
    socket.waitForEvent("framereceived", {
      predicate: ({ payload }) => String(payload).includes(`"idea":${idea.id},`),
    }),
  );
  await other.goto(idea.url);
  await heard;
  const means = other.locator('.vote-panel [data-field="mean"]');
  await expect(means).toHaveText("–");

  await page.goto(idea.url);
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  const give = page.getByRole("button", { name: "Give this score" });
  await expect(give, "the script took over").toBeHidden();
  await page.locator(".score-option", { hasText: "4" }).click();
  await expect(page.locator(".score-form [data-vote-note]")).toHaveText("Your score of 4 is counted.");
  await expect(means).toHaveText("4.0", { timeout: 1_000 });

  await page.getByRole("radio", { name: "4" }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("radio", { name: "2" })).toBeChecked();
  await expect(means).toHaveText("2.0");
  await page.keyboard.press("5");
  await expect(means).toHaveText("5.0", { timeout: 1_000 });
  await expect(other.locator('rect[data-score="5"]')).toHaveAttribute("width", "100");
  await page.getByRole("checkbox", { name: "I would buy it" }).check();
  await expect(other.locator('.vote-panel [data-field="buy_share"]')).toHaveText("100%");
  expect(await jan.tally(idea.id)).toMatchObject({ voters: 1, scores: [0, 0, 0, 0, 1], would_buy: 1, mean: 5 });

  await page.getByRole("button", { name: "Take my score back" }).click();
  await expect(means).toHaveText("–");
  await expect(page.locator("input[name=score]:checked")).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "1" }), "the focus is not lost with the button").toBeFocused();
});

test("a sealed idea tells no figure, not in the page's source either, until one has voted", async ({
  member,
  visit,
}) => {
  const idea = await (await member("Tomas")).propose();
  const { slug } = await challenge("until_voted", idea);
  for (const score of [3, 4, 4]) await (await member("Mei")).score(idea.id, score);
  const page = await visit(await member("Jan"));
  const source = await (await page.goto(idea.url))!.text();
  expect(
    source.match(/data-(?:field|bar)="[^"]*"[^>]*>[^<]+</g)?.filter((figure) => figure.includes(`"${idea.id}"`)) ?? [],
  ).toEqual([]);
  expect(source).not.toMatch(/3[.,]7|mean of \d/);
  await expect(page.locator(".vote-panel .sealed")).toContainText("until you have voted");
  expect(await everywhere(page), "sealed").toEqual([]);

  await page.locator(".score-option", { hasText: "5" }).click();
  await expect(page.locator('.vote-panel [data-field="mean"]')).toHaveText("4.0");
  await expect(page.locator(".vote-panel .sealed")).toBeHidden();
  expect(await everywhere(page), "seen").toEqual([]);
  await page.getByRole("button", { name: "Take my score back" }).click();
  await expect(page.locator(".vote-panel .sealed")).toBeVisible();
  await expect(page.locator('.vote-panel [data-field="mean"]')).toBeEmpty();

  await page.goto(`/?challenge=${slug}`);
  await expect(page.locator("li.idea")).toHaveCount(1);
  await expect(page.locator("li.idea .scored")).toHaveText("Sealed");
  expect(await everywhere(page), "its challenge").toEqual([]);
});

test("the board of a challenge begins with the best score", async ({ member, page }) => {
  const tomas = await member("Tomas");
  const [low, high] = [await tomas.propose(), await tomas.propose()];
  const { slug, title } = await challenge("no", low, high);
  const jan = await member("Jan");
  await jan.score(low.id, 2);
  await jan.score(high.id, 5);
  await expect(async () => {
    await page.goto(`/?challenge=${slug}`);
    await expect(page.locator("li.idea h3")).toHaveText([high.title, low.title], { timeout: 1_000 });
  }, "the ranks follow").toPass({ timeout: 15_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.locator(".tabs [aria-current]")).toHaveText("Best score");
  expect(await everywhere(page)).toEqual([]);
});
