// What comes of an idea: stages, a test by customers, their verdict, and a
// certificate for whose work is in it.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { mark } from "./member";

const part = (page: Page, name: string | RegExp) => page.getByRole("region", { name });

test("a product is made, tested and judged by those who wanted it", async ({ member, team, visit }) => {
  test.setTimeout(120_000);
  const noor = await member();
  const piet = await member("Piet");
  const word = mark();
  const idea = await noor.propose({ title: `A lamp for ${word}` });
  await piet.vote(idea.id);
  const ilse = await team();
  await ilse.decide(idea.id, { status: "adopted", answer_html: "<p>Yes.</p>", product_name: `Lamp ${word}` });
  const home = `/made/lamp-${word}`;

  const page = await visit(ilse);
  await page.goto(`${home}/edit`);
  const stage = part(page, "Stage");
  await stage.getByLabel("Next stage").selectOption({ label: "Prototype" });
  await stage.getByLabel("What everyone reads about it").fill("The first one glows.");
  await stage.getByRole("button", { name: "Move it on" }).click();
  await expect(stage.locator(".status")).toHaveText("Prototype");

  const milestones = part(page, "Milestones");
  await milestones.getByLabel("Title").fill("First shade");
  await milestones.getByLabel("What happened").fill("It is of beech.");
  await milestones.getByRole("button", { name: "Save" }).click();
  await expect(milestones.getByText("First shade").first()).toBeVisible();

  const beta = part(page, "The test by customers");
  await beta.getByLabel("What you ask of testers").fill("Who reads in bed for a month?");
  await beta.getByLabel("Closes after").fill("2199-01-01");
  await beta.getByLabel("Places").fill("1");
  await beta.getByRole("button", { name: "Call for testers" }).click();
  await expect(beta.getByText("0 of 1 places taken")).toBeVisible();

  const voter = await visit(piet);
  await voter.goto(home);
  await voter.getByLabel("Why you, and where would you use it?").fill("In a dark attic.");
  await voter.getByRole("button", { name: "Offer to test" }).click();
  await expect(voter.getByText("You applied.")).toBeVisible();

  await page.reload();
  await beta.getByRole("button", { name: `Accept ${piet.name}` }).click();
  await expect(beta.getByText("1 of 1 places taken")).toBeVisible();

  await voter.goto(home);
  await voter.getByRole("radio", { name: "4" }).check();
  await voter.getByLabel("Your report").fill("It lights the whole attic.");
  await voter.getByRole("button", { name: "Send the report" }).click();
  await expect(voter.getByText("Tested by 1 customer").first()).toBeVisible();

  await page.reload();
  await stage.getByLabel("Next stage").selectOption({ label: "In the shop" });
  await stage.getByRole("button", { name: "Move it on" }).click();
  await expect(stage.locator(".status")).toHaveText("In the shop");

  await voter.goto(home);
  await voter.getByRole("radio", { name: "It kept its promise" }).check();
  await voter.getByLabel("In a few words").fill("As bright as promised.");
  await voter.getByRole("button", { name: "Give my verdict" }).click();
  await expect(voter.getByRole("button", { name: "Change my verdict" })).toBeVisible();

  const reader = await visit();
  await reader.goto(home);
  const beats = reader.locator(".beats h3");
  await expect(beats).toHaveCount(4);
  await expect(beats.first()).toHaveText("Adopted");
  await expect(reader.locator(".beats")).toContainText("The first one glows.");
  await expect(reader.getByText("As bright as promised.")).toBeVisible();
  await expect(reader.getByText("It lights the whole attic.")).toBeVisible();
  await reader.getByRole("link", { name: "Certificate" }).click();
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText(noor.name);
  const badge = await reader.request.get(`${home}/badge/${noor.handle}.svg`);
  expect(badge.headers()["cross-origin-resource-policy"]).toBe("cross-origin");
  expect(await badge.text()).toContain(noor.name.slice(0, 10));
});

test("a step is taken back within the hour", async ({ member, team, visit }) => {
  const word = mark();
  const idea = await (await member()).propose({ title: `A hook for ${word}` });
  const ilse = await team();
  await ilse.decide(idea.id, { status: "adopted", answer_html: "<p>Yes.</p>", product_name: `Hook ${word}` });
  const page = await visit(ilse);
  await page.goto(`/made/hook-${word}/edit`);
  const stage = part(page, "Stage");
  await stage.getByLabel("Next stage").selectOption({ label: "In production" });
  await stage.getByRole("button", { name: "Move it on" }).click();
  await stage.getByRole("button", { name: "Back to Adopted" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Back to Adopted" }).click();
  await expect(stage.locator(".status")).toHaveText("Adopted");
  expect((await ilse.idea(idea.id)).status).toBe("adopted");
});
