// The studio's board: the team moves ideas by hand, by key and by menu, sees what
// colleagues move, and does things to many at once.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { mark } from "./member";

const lane = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const ticket = (page: Page, id: number) => page.locator(`#ticket-${id}`);

test("a ticket is dragged to another lane, which asks for what the move needs, and every board follows", async ({
  member,
  team,
  visit,
}) => {
  const word = mark();
  const noor = await member();
  const idea = await noor.propose({ title: `A hook for ${word}` });
  const wide = { viewport: { width: 2200, height: 900 } }; // all lanes side by side
  const [ilse, mark2] = [await visit(await team(), wide), await visit(await team(), wide)];
  for (const page of [ilse, mark2]) await page.goto(`/studio?q=${word}`);
  await expect(lane(ilse, "Open").locator(".lane-count")).toHaveText("1");
  await expect(ticket(ilse, idea.id)).toHaveAttribute("draggable", "true");
  await ticket(ilse, idea.id).dragTo(lane(ilse, "Not yet"));
  const dialog = ilse.getByRole("dialog");
  await dialog.getByLabel("New status").selectOption({ label: "Parked" });
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(dialog.getByRole("alert"), "a later needs its reason").toContainText("reason");
  await dialog.getByLabel("Reason", { exact: true }).selectOption({ label: "Not now, perhaps later" });
  await dialog.getByRole("textbox", { name: "Public answer" }).click();
  await expect(dialog.locator(".editor").getByRole("textbox")).toBeFocused();
  await ilse.keyboard.type("Spring is the better season.");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(dialog).toBeHidden();
  for (const page of [ilse, mark2]) {
    await expect(lane(page, "Not yet").locator(`#ticket-${idea.id}`)).toBeVisible();
    await expect(lane(page, "Not yet").locator(".lane-count")).toHaveText("1");
    await expect(lane(page, "Open").locator(".lane-count")).toHaveText("0");
  }
  expect((await noor.idea(idea.id)).status).toBe("parked");
});

test("the keyboard moves a ticket, and says where it would go", async ({ member, team, visit }) => {
  const word = mark();
  const idea = await (await member()).propose({ title: `A rail for ${word}` });
  const page = await visit(await team());
  await page.goto(`/studio?q=${word}`);
  await page.getByRole("button", { name: `Pick up ${idea.title}` }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("status").filter({ hasText: "Picked up" })).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("New status")).toHaveValue("shortlisted");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(lane(page, "Shortlisted").locator(`#ticket-${idea.id}`)).toBeVisible();
  await expect(page.getByRole("button", { name: `Pick up ${idea.title}` })).toBeFocused();
});

test("of two who move one idea the second is told who was first", async ({ member, team, visit }) => {
  const word = mark();
  const noor = await member();
  const idea = await noor.propose({ title: `A shelf for ${word}` });
  const ilse = await team();
  const page = await visit(await team());
  await page.goto(`/studio?q=${word}`);
  await ticket(page, idea.id).getByText("Move to").click();
  await ticket(page, idea.id).getByRole("link", { name: "Under review" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("New status")).toHaveValue("under_review");
  await ilse.decide(idea.id, { status: "shortlisted", answer_html: "<p>We like it.</p>" });
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText(`${ilse.name} moved it to Shortlisted a moment ago.`);
  await dialog.getByRole("link", { name: "Cancel" }).click();
  await expect(lane(page, "Shortlisted").locator(`#ticket-${idea.id}`)).toBeVisible();
  expect((await noor.idea(idea.id)).status).toBe("shortlisted");
});

test("many are moved at once after a preview, and back again", async ({ member, team, visit }) => {
  const word = mark();
  const noor = await member();
  const ideas = [
    await noor.propose({ title: `A lid for ${word}` }),
    await noor.propose({ title: `A cup for ${word}` }),
    await noor.propose({ title: `A pan for ${word}` }),
  ];
  const ilse = await team();
  await ilse.decide(ideas[2]!.id, { status: "shortlisted", answer_html: "<p>We like it.</p>" });
  const page = await visit(ilse);
  await page.goto(`/studio?view=list&q=${word}`);
  await page.getByLabel("All on this page").check();
  await expect(page.getByText("3 ideas ticked")).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("New status").selectOption({ label: "Shortlisted" });
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("heading", { name: "2 ideas would change" })).toBeVisible();
  await expect(page.getByRole("row", { name: ideas[2]!.title })).toContainText("It is like that already.");
  await page.getByRole("button", { name: "Do it for 2 ideas" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Moved to Shortlisted");
  expect((await noor.idea(ideas[0]!.id)).status).toBe("shortlisted");
  await page.getByRole("button", { name: "Undo all of it" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo all of it" }).click();
  await expect(page.getByText("Undone. The history keeps both.")).toBeVisible();
  for (const { id } of ideas.slice(0, 2)) expect((await noor.idea(id)).status).toBe("open");
  expect((await noor.idea(ideas[2]!.id)).status).toBe("shortlisted");
});

test("what one looks at often is saved, and the studio opens with it", async ({ team, visit }) => {
  const page = await visit(await team());
  await page.goto("/studio?overdue=1&owner=nobody");
  await page.getByText("Save or change views").click();
  await page.getByLabel("Save what you see as").fill("Late, nobody's");
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(
    page.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name: "Late, nobody's" }),
  ).toHaveAttribute("aria-current", "true");
  await page.getByText("Save or change views").click();
  await page.getByRole("button", { name: "Open the studio with this Late" }).click();
  await page.goto("/studio");
  await expect(page).toHaveURL(/overdue=1/);
  await page.getByRole("link", { name: "Everything" }).click();
  await expect(page.getByLabel("Late", { exact: true })).not.toBeChecked();
});
