// What a first look at the board costs.
import { get } from "node:http";
import { expect, test } from "./fixtures";

/** transferred counts the bytes of an answer as they travel, gzip being what the reader takes. */
function transferred(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "Accept-Encoding": "gzip" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (part: Buffer) => {
        bytes += part.length;
      });
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${answer.statusCode} for ${url}`)),
      );
    }).on("error", reject);
  });
}

test("the board's first load keeps to its budget", async ({ page, baseURL }) => {
  const asked = new Map<string, string[]>();
  page.on("request", (request) => {
    const kind = request.resourceType();
    asked.set(kind, [...(asked.get(kind) ?? []), request.url()]);
  });
  await page.goto("/", { waitUntil: "networkidle" });
  const sum = async (...kinds: string[]) => {
    const urls = new Set(kinds.flatMap((kind) => asked.get(kind) ?? []));
    return (await Promise.all([...urls].map(transferred))).reduce((total, bytes) => total + bytes, 0);
  };
  expect(asked.get("document")).toEqual([`${baseURL}/`]);
  const text = await sum("document", "stylesheet", "script");
  const fonts = await sum("font");
  test.info().annotations.push({ type: "bytes", description: `HTML, CSS and JS ${text}, fonts ${fonts}` });
  expect(text, "HTML, CSS and JS, gzip").toBeLessThanOrEqual(40 * 1024);
  expect(fonts, "fonts").toBeLessThanOrEqual(90 * 1024);
});

for (const [width, viewport] of Object.entries({
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
}))
  test(`nothing jumps while the board arrives, ${width}`, async ({ visit }) => {
    const page = await visit(undefined, { viewport });
    await page.addInitScript(() => {
      Object.assign(globalThis, { shifts: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
          if (!entry.hadRecentInput)
            Object.assign(globalThis, { shifts: Reflect.get(globalThis, "shifts") + entry.value });
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto("/", { waitUntil: "networkidle" });
    await page.evaluate(() => document.fonts.ready);
    expect(await page.evaluate(() => Reflect.get(globalThis, "shifts"))).toBeLessThan(0.1);
  });
