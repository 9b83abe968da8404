import { chromium } from "@playwright/test";
const b = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined });
const c = await b.newContext(); const p = await c.newPage();
c.on("weberror", (e) => console.log("ERR", e.error().name, "|", e.error().message, "|", e.error().stack));
const cdp = await c.newCDPSession(p);
for (let i = 0; i < 12; i++) {
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: i % 2 ? 30 : 1 });
  await p.goto("http://localhost:3911/");
  await p.locator(".idea h3 a").nth(i).click();
  if (i % 3 == 0) { await p.goto("http://localhost:3911/how", { waitUntil: "commit" }); await p.goBack({ waitUntil: "commit" }); await p.goForward({waitUntil:"commit"}); }
  else { await p.waitForTimeout(300 * (i % 4)); await p.getByRole("link", { name: "Made" }).first().click(); await p.waitForTimeout(20 * i); await p.goto("http://localhost:3911/people"); }
}
await p.waitForTimeout(500);
await b.close();
