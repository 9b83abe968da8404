import { everywhere } from "./axe";
import { expect, test } from "./fixtures";

test("smoke", async ({ page, member, team, visit }) => {
  const noor = await member();
  const idea = await noor.propose();
  const t = await team();
  console.log(idea.url, t.handle, noor.handle);
  const p = await visit(noor);
  for (const path of ["/", idea.url, "/api/docs", "/ideas/new"]) {
    const at = Date.now();
    await p.goto(path);
    console.log(path, await everywhere(p), Date.now() - at);
  }
  await page.goto("/");
  await expect(page.locator("h1")).toBeVisible();
});
