// A whole round, told by everybody in it: a challenge is announced, entered,
// scored under seal, closed by the clock, weighed by two of the team, decided,
// and made. In the end the results, the product, the profile and the mails tell
// the same story. The clock is moved by moving the challenge's dates.
import type { Page } from "@playwright/test";
import { at, noDatabase, pass } from "./challenge";
import { expect, test } from "./fixtures";
import { arrived } from "./mailbox";
import { type Idea, type Member, mark } from "./member";

test.skip(noDatabase() !== "", noDatabase());

const day = {
  announced_at: -2,
  entries_open_at: -1,
  entries_close_at: 5,
  voting_open_at: 6,
  voting_close_at: 9,
  results_at: 12,
};

async function announce(page: Page, title: string): Promise<string> {
  await page.goto("/studio/challenges/new");
  await page.getByLabel("Name", { exact: true }).fill(title);
  await page.getByLabel("The question").fill("What would you hang on that wall?");
  for (const [name, days] of Object.entries(day)) await page.locator(`[name="${name}"]`).fill(at(days));
  await page.locator('[name="ballot"]').selectOption("score");
  await page.locator('[name="sealed"]').selectOption("until_close");
  await page.getByRole("button", { name: "Plan it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  return new URL(page.url()).pathname;
}

async function enter(page: Page, idea: Idea, title: string): Promise<void> {
  await page.goto(idea.url);
  await page.locator("section.entry").getByRole("radio", { name: title }).check();
  await page.getByRole("button", { name: "Enter this idea" }).click();
  await expect(page.getByText("Your idea is in the challenge.")).toBeVisible();
}

/** judge goes through the deck and gives each entry the score that its title is worth here. */
async function judge(page: Page, address: string, worth: Map<string, number>): Promise<void> {
  await page.goto(`${address}/score`);
  const up = page.locator("[data-deck-entry] h2");
  const figures = page.locator("[data-deck-figures]");
  for (let n = 1; n <= worth.size; n++) {
    const entry = (await up.textContent())!.trim();
    expect(worth.get(entry), "an entry of this challenge").toBeDefined();
    await page.locator(`button[name="score"][value="${worth.get(entry)}"]`).click();
    if (n === worth.size) break;
    await expect(figures).toHaveText(`${n} of ${worth.size} scored`);
    await expect(up).not.toHaveText(entry);
  }
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(`You scored ${worth.size} of ${worth.size}.`);
}

async function card(page: Page, list: string, idea: Idea, fit: number): Promise<void> {
  await page.goto(`${list}`);
  await page.getByRole("link", { name: `Score it ${idea.title}` }).click();
  await page
    .getByRole("group", { name: "Fit" })
    .locator("label", { hasText: String(fit) })
    .click();
  await page.getByRole("button", { name: "Hand in" }).click();
  await expect(page.getByRole("heading", { name: "All cards" })).toBeVisible();
}

async function prepare(page: Page, list: string, idea: Idea, fill: () => Promise<void>, words: string): Promise<void> {
  await page.goto(`${list}/ideas/${idea.id}#prepare`);
  await fill();
  await page.getByRole("textbox", { name: "Public answer" }).click();
  await expect(page.locator(".editor").getByRole("textbox")).toBeFocused();
  await page.keyboard.type(words);
  await page.getByRole("button", { name: "Keep it prepared" }).click();
  await expect(page.getByText("Nobody outside the team sees it yet.")).toBeVisible();
}

test("a round from the announcement to the shop", async ({ member, team, visit, page: reader }) => {
  test.setTimeout(240_000);
  const word = mark();
  const title = `A wall for ${word}`;
  const studio = await visit(await team("Ilse"));
  const address = await announce(studio, title);
  const slug = address.split("/").pop()!;

  // Three people enter.
  const people: Member[] = [await member("Noor"), await member("Piet"), await member("Saar")];
  const entries: Idea[] = [];
  for (const [n, who] of people.entries()) {
    const idea = await who.propose({ title: `${["Hook", "Shelf", "Rail"][n]} ${word}` });
    await enter(await visit(who), idea, title);
    entries.push(idea);
  }
  const [hook, shelf, rail] = entries as [Idea, Idea, Idea];
  await reader.goto(address);
  await expect(reader.locator("#ideas li.idea")).toHaveCount(3);
  await expect(reader.getByRole("timer")).toBeVisible();

  // Voting opens by the clock; two members score in their own browsers.
  await pass(slug, 6.5);
  const [jan, els] = [await member("Jan"), await member("Els")];
  const [first, second] = [await visit(jan), await visit(els)];
  const worth = (a: number, b: number, c: number) =>
    new Map([
      [hook.title, a],
      [shelf.title, b],
      [rail.title, c],
    ]);
  await judge(first, address, worth(3, 5, 2));
  await judge(second, address, worth(4, 5, 1));

  // Under the seal there is no figure anywhere, in no source either.
  await reader.goto(hook.url);
  await expect(reader.locator(".idea-page")).toContainText("sealed");
  const open = await reader.request.get(`/api/v1/ideas/${shelf.id}/tally`);
  expect(await open.json()).toEqual({ idea: shelf.id, sealed: true });
  await reader.goto(address);
  await expect(reader.locator("main")).toContainText("The figures are sealed until voting closes");

  // Voting closes by the clock: figures are there, votes are not taken any more.
  await pass(slug, 3);
  await reader.goto(shelf.url);
  await expect(reader.locator('[data-field="voters"]').first()).toHaveText("2");
  const late = await first.request.put(`/api/v1/ideas/${shelf.id}/vote`, {
    data: { score: 1 },
    headers: { Origin: new URL(first.url()).origin },
  });
  expect(late.status()).toBe(409);

  // The team weighs the best of them: two reviewers, blind.
  await studio.goto("/studio/shortlists");
  await studio.getByLabel("Name of the list").fill(`Wall ${word}`);
  await studio.locator('[name="challenge"]').selectOption({ label: title });
  await studio.getByRole("button", { name: "Make the list" }).click();
  await expect(studio.getByRole("heading", { level: 1 })).toHaveText(`Wall ${word}`);
  const list = new URL(studio.url()).pathname;
  await studio.getByLabel("New criterion").fill("Fit");
  await studio.locator("#criterion-new-weight").fill("1");
  await studio.getByRole("button", { name: "Add", exact: true }).click();
  await studio.getByLabel("The best of the challenge, how many").fill("3");
  await studio.getByRole("button", { name: "Put them on" }).click();
  await expect(studio.locator(".shortlist-entry h2")).toHaveText([shelf.title, hook.title, rail.title]);
  await card(studio, list, shelf, 5);
  const bob = await visit(await team("Bob"));
  await bob.goto(list);
  await expect(bob.locator(".shortlist-entry", { hasText: shelf.title })).toContainText("You see it once yours is.");
  await card(bob, list, shelf, 4);
  await card(bob, list, hook, 3);

  // What they decide goes out together.
  await prepare(
    studio,
    list,
    shelf,
    async () => {
      await studio.getByLabel("New status").selectOption({ label: "Adopted" });
      await studio.getByLabel("Name of the product").fill(`Ledge ${word}`);
    },
    "We make it this spring.",
  );
  await prepare(
    studio,
    list,
    hook,
    async () => {
      await studio.getByLabel("New status").selectOption({ label: "Declined" });
      await studio
        .getByLabel("Reason", { exact: true })
        .selectOption({ label: "It cannot be made with what we know today" });
    },
    "No glue of ours holds it.",
  );
  await studio.goto(`${list}/decisions`);
  await studio.getByRole("button", { name: "Publish 2 decisions together" }).click();
  await studio
    .getByRole("dialog")
    .getByRole("button", { name: /Publish/ })
    .click();
  await expect(studio.getByText("Published, all at one moment.")).toBeVisible();

  // The jury speaks, and the results come by the clock.
  await studio.goto(`/studio/challenges/${slug}`);
  await studio.locator('[name="place"]').first().fill("1");
  await studio.locator('[name="winner"]').first().selectOption(String(shelf.id));
  await studio.locator('[name="words"]').first().fill("It holds, and it is lovely.");
  await studio.getByRole("button", { name: "Save the verdict" }).click();
  await expect(studio.getByText("What the jury says is saved.")).toBeVisible();
  await reader.goto(`/challenges/${slug}/results`);
  await expect(reader.getByText("The results are still to come")).toBeVisible();
  await pass(slug, 3);
  await expect(async () => {
    await reader.goto(`/challenges/${slug}/results`); // kept for visitors, for a second
    await expect(reader.locator(".winner")).toContainText("It holds, and it is lovely.", { timeout: 500 });
  }).toPass();
  await expect(reader.locator(".winner h3")).toHaveText(shelf.title);
  await expect(reader.locator(".call-table tbody th")).toHaveText([shelf.title, hook.title, rail.title]);
  for (const who of people) await expect(reader.locator(".everybody")).toContainText(who.name);

  // It is made and put in the shop.
  await studio.goto(`/made/ledge-${word}/edit`);
  const stage = studio.getByRole("region", { name: "Stage" });
  await stage.getByLabel("Next stage").selectOption({ label: "In the shop" });
  await stage.getByLabel("What everyone reads about it").fill("In the shop from today.");
  await stage.getByRole("button", { name: "Move it on" }).click();
  await expect(stage.locator(".status")).toHaveText("In the shop");

  // One story everywhere.
  const maker = people[1]!;
  await reader.goto(`/made/ledge-${word}`);
  await expect(reader.locator(".beats")).toContainText("In the shop from today.");
  await expect(reader.locator(".credits")).toContainText(maker.name);
  await reader.goto("/made");
  await expect(reader.getByRole("link", { name: `Ledge ${word}` })).toBeVisible();
  await reader.goto(`/people/${maker.handle}`);
  await expect(reader.locator("main h3").first()).toHaveText(`Ledge ${word}`);
  await expect(reader.getByRole("main")).toContainText(`Ledge ${word}`);
  await arrived(reader, maker.email, `Ledge ${word} is in the shop`, 1);
  await arrived(reader, jan.email, `Ledge ${word} is in the shop`, 1);
  await arrived(reader, people[0]!.email, "was declined", 1);
  await arrived(reader, els.email, `The results of ${title} are out`, 1);
});
