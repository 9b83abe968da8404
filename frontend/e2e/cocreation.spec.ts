// A suggestion on its way: from what somebody said to their name on the product.
import { expect, test } from "./fixtures";
import { arrived, mails } from "./mailbox";
import { mark } from "./member";

test("a suggestion is taken up, and its author is credited on the idea, the product and the profile", async ({
  member,
  team,
  visit,
}) => {
  test.setTimeout(120_000);
  const [ann, ben] = [await member("Ann"), await member("Ben")];
  const word = mark();
  const idea = await ann.propose({ title: `A lamp for ${word}` });

  const speaks = await visit(ben, { javaScriptEnabled: false });
  await speaks.goto(idea.url);
  const talk = speaks.locator("#talk");
  await talk.locator("textarea[name=body]").first().fill("Give it a hinge that locks.");
  await talk.locator("input[name=kind][value=suggestion]").first().check({ force: true });
  await talk.getByRole("button", { name: "Say it" }).click();

  const owner = await visit(ann);
  await owner.goto(idea.url);
  const said = owner.locator(".comment", { hasText: "Give it a hinge that locks." });
  await said.getByText("Take up", { exact: true }).first().click();
  await said.getByLabel("What for").fill("the hinge that locks");
  await said.getByRole("button", { name: "Take up", exact: true }).click();
  await expect(owner.locator(".origin")).toContainText("the hinge that locks");
  await owner.getByRole("button", { name: "Save changes" }).or(owner.locator("button[value=submit]")).first().click();

  await owner.goto(idea.url);
  await expect(owner.locator(".co-creators")).toContainText(ben.name);
  await expect(owner.locator(".co-creators")).toContainText("the hinge that locks");
  const mailbox = await visit();
  const told = `about “${idea.title}” was taken up`;
  await arrived(mailbox, ben.email, told, 1);

  const ilse = await team();
  await ilse.decide(idea.id, { status: "adopted", answer_html: "<p>Yes.</p>", product_name: `Lamp ${word}` });
  const visitor = await visit();
  await visitor.goto(`/made/lamp-${word}`);
  await expect(visitor.getByText("the hinge that locks").first()).toBeVisible();
  await visitor.goto(`/people/${ben.handle}`);
  await expect(visitor.getByText(`Lamp ${word}`).first()).toBeVisible();

  await speaks.goto("/inbox");
  await expect(speaks.getByText("was taken up")).toHaveCount(1);
  await arrived(mailbox, ben.email, `Lamp ${word}`, 1); // what came later came, and the first not again
  await expect(mails(mailbox, ben.email, told)).toHaveCount(1);
  await expect(async () => {
    await visitor.goto(`/people/${ben.handle}/standing`);
    await expect(visitor.locator(".ledger-line", { hasText: "Suggestion taken up" })).toHaveCount(1);
  }).toPass({ timeout: 20_000 });
});

test("a member builds on an idea, and the family stands on both pages", async ({ member, visit }) => {
  const [ann, ben] = [await member("Ann"), await member("Ben")];
  const word = mark();
  const idea = await ann.propose({ title: `A stool for ${word}` });
  const page = await visit(ben);
  await page.goto(idea.url);
  await page.getByRole("link", { name: "Build on this idea" }).click();
  await expect(page.locator(".origin")).toContainText(idea.title);
  await page.getByLabel("Name of your idea").or(page.locator("input[name=title]")).first().fill(`A bench for ${word}`);
  await page.getByRole("button", { name: "Save as draft" }).or(page.locator("button[value=draft]")).first().click();
  await expect(page.locator(".origin")).toContainText(idea.title);
});
