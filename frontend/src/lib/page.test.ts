import { expect, test } from "vitest";
import { draw } from "../testing/page";
import { csrf, formatNumber, page, plural, text } from "./page";

const texts = { hello: "Hello {name}, {count} times", "ideas.one": "{count} idea", "ideas.other": "{count} ideas" };

test("a page that tells nothing is a visitor's, in English", () => {
  expect(page()).toMatchObject({ lang: "en", signedIn: false, account: 0, watch: [] });
  expect(csrf()).toBe("");
});

test("sentences take values, and numbers are written in the reader's language", async () => {
  await draw("", { lang: "nl", texts });
  expect(text("hello", { name: "Noor", count: 1234 })).toBe("Hello Noor, 1.234 times");
  expect(formatNumber(2481)).toBe("2.481");
});

test("a key or a value that is missing shows", async () => {
  await draw("", { texts });
  expect(text("not.there")).toBe("not.there");
  expect(text("hello", { name: "Noor" })).toBe("Hello Noor, {count} times");
});

test("the plural form suits the count", async () => {
  await draw("", { texts });
  expect(plural("ideas", 1)).toBe("1 idea");
  expect(plural("ideas", 0)).toBe("0 ideas");
});
