// The inbox, templates with fields and letters of customers, without script.
import { expect, test } from "./fixtures";
import { mark } from "./member";

test("an answer from a template asks for its fields, and the idea leaves the inbox", async ({
  member,
  team,
  visit,
}) => {
  const noor = await member();
  const idea = await noor.propose();
  const ilse = await team();
  const name = `Size ${mark()}`;
  const { id } = await ilse.template({
    name,
    lang: "en",
    answer_html: "<p>Dear {contributor}, it has to fit in {size}.</p>",
  });
  const page = await visit(ilse);
  await page.goto(`/studio/inbox?idea=${idea.id}`);
  await page.getByLabel("Start from a template").selectOption(String(id));
  await page.getByRole("button", { name: "Publish and go on" }).click();
  await expect(page.getByRole("alert")).toContainText("A field of the template is still empty");
  await page.getByLabel("size", { exact: true }).fill("a <b>shoebox</b>");
  await page.getByRole("button", { name: "Publish and go on" }).click();
  await expect(page.getByText("Answered:")).toBeVisible();
  await page.goto(idea.url);
  await expect(page.locator(".official")).toContainText(`Dear ${noor.name}, it has to fit in a <b>shoebox</b>.`);
});

test("a letter becomes an idea of its writer, with consent", async ({ team, visit }) => {
  const ilse = await team();
  const page = await visit(ilse);
  const title = `A cup for ${mark()}`;
  await page.goto("/studio/ideas/new");
  await page.getByLabel("How it reached us").selectOption("letter");
  await page.getByLabel("Who it was").fill("Mrs Visser, folder 12");
  await page.getByLabel("How they agreed").fill("In the letter itself");
  await page.getByLabel("The customer agreed").check();
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Story").fill("My hands shake, and every cup I have is too full to carry.");
  await page.getByRole("button", { name: "Put it on the board" }).click();
  await expect(page.locator(".idea-head")).toContainText(`Entered by ${ilse.name} on behalf of a customer (letter)`);
  const address = page.url().split("?")[0]!;
  const reader = await visit();
  await reader.goto(address);
  await expect(reader.locator(".idea-head")).toContainText("on behalf of a customer (letter)");
  await expect(reader.locator("body")).not.toContainText("Visser");
});
