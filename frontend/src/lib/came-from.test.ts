import { beforeEach, expect, test } from "vitest";
import { draw, one, server, tick } from "../testing/page";
import "../islands/vote-box";
import { cameFrom, land } from "./came-from";

beforeEach(() => sessionStorage.clear());

test("only the host of a page elsewhere is kept", () => {
  for (const [referrer, kept] of [
    ["", ""],
    ["https://ideas.example/ideas/1", ""],
    ["nonsense", ""],
    ["https://forum.example.org:8443/t/1?secret=1", "forum.example.org"],
    ["https://ideas.example/", "forum.example.org"], // walking on here does not lose it
    ["https://news.example.com/", "news.example.com"],
  ] as const) {
    land(referrer, "ideas.example");
    expect(cameFrom(), referrer).toBe(kept);
  }
});

test("the code of a member's link counts before the site it stood on, and what is no code does not", () => {
  land("https://forum.example.org/t/1", "ideas.example", "?via=abcdefghijk2");
  expect(cameFrom()).toBe("share:abcdefghijk2");
  land("", "ideas.example", ""); // walking on keeps it
  expect(cameFrom()).toBe("share:abcdefghijk2");
  land("https://forum.example.org/t/1", "ideas.example", "?via=<script>");
  expect(cameFrom()).toBe("forum.example.org");
});

test("a vote tells where its voter came from", async () => {
  const calls = server(() => ({ status: 500 }));
  const markup = `<form data-island="vote-box" data-api="/v"><button aria-pressed="false"></button><p data-vote-note></p></form>`;
  land("https://forum.example.org/", "ideas.example");
  await draw(markup, { signedIn: true });
  HTMLFormElement.prototype.submit = () => {};
  one("button").click();
  await tick();
  expect(calls[0]?.headers["Vote-Referrer"]).toBe("forum.example.org");
});
