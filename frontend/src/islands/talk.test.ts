// The talk about an idea: what arrives waits until it is asked for, answers are
// written below what they answer, and people are offered after an @.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchPage } from "../lib/api";
import { type Answer, submit } from "../lib/pages";
import { draw, one, server, tick } from "../testing/page";
import "./talk";
import "./talk-mentions";

vi.mock("../lib/api", async (original) => ({ ...(await original<typeof import("../lib/api")>()), fetchPage: vi.fn() }));
vi.mock("../lib/pages", () => ({ submit: vi.fn() }));

const texts = {
  "islands.talk.new.one": "{count} new",
  "islands.talk.new.other": "{count} new",
  "islands.talk.first": "Go there",
};
const comment = (id: number, words = "") =>
  `<article class="comment" id="comment-${id}" tabindex="-1"><p>${words}</p><a href="/comments/${id}/reply" data-reply="${id}">Reply</a></article>`;
const thread = (id: number, replies = "") =>
  `<li class="thread" id="thread-${id}">${comment(id)}<ol data-replies="${id}" hidden>${replies}</ol></li>`;
const form = (answers = 0) =>
  `<form class="${answers ? "answering" : ""}" data-comment-form action="/ideas/5/comments">
    ${answers ? '<input type="hidden" name="answers" value="-1">' : ""}<textarea name="body"></textarea>
    ${answers ? '<button type="button" data-cancel>Cancel</button>' : "<button>Say it</button>"}</form>`;
const talk = `<section data-island="talk" data-idea="5" data-count="2" data-newest="12" data-part="/ideas/5/talk">
  <p data-talk-pill hidden><button><span data-talk-words></span></button></p><p data-talk-status hidden></p>
  ${form()}<template data-reply-form>${form(-1)}</template>
  <ol id="threads">${thread(11, `<li class="reply">${comment(12)}</li>`)}</ol></section>`;

const page = (markup: string) => new DOMParser().parseFromString(markup, "text/html");
const said = (count: number, idea = 5) =>
  document.dispatchEvent(new CustomEvent("talk", { detail: [{ idea, count }] }));
const order = () => [...document.querySelectorAll(".comment")].map(({ id }) => id.replace("comment-", ""));
const pill = () => one("[data-talk-pill]");

beforeEach(() => {
  localStorage.clear();
  vi.mocked(fetchPage).mockReset();
  vi.mocked(submit).mockReset();
});
afterEach(() => vi.useRealTimers());

test("what is new waits behind a button, and nothing is put in before", async () => {
  await draw(talk, { texts });
  said(5, 6);
  expect(pill().hidden).toBe(true);
  said(4);
  expect([pill().hidden, pill().textContent]).toEqual([false, "2 new"]);
  expect(order()).toEqual(["11", "12"]);
  said(2); // they were taken away again
  expect(pill().hidden).toBe(true);
  expect(fetchPage).not.toHaveBeenCalled();
});

test("what was asked for goes where it belongs, once, and the button leads there", async () => {
  await draw(talk, { texts });
  said(5);
  vi.mocked(fetchPage).mockResolvedValue(
    page(`<ol id="arrived" data-newest="15" data-count="5">
      <li class="reply" data-thread="11" data-parent="12">${comment(12)}</li>
      <li class="reply deep" data-thread="11" data-parent="12">${comment(13)}</li>
      <li class="reply" data-thread="11" data-parent="11">${comment(14)}</li>${thread(15)}</ol>`),
  );
  one("[data-talk-pill] button").click();
  await tick();
  expect(vi.mocked(fetchPage).mock.calls[0]?.[0]).toBe("/ideas/5/talk?since=12");
  expect(order()).toEqual(["15", "11", "12", "13", "14"]);
  expect([pill().hidden, pill().textContent]).toEqual([false, "Go there"]);
  one("[data-talk-pill] button").click();
  expect(document.activeElement?.id).toBe("comment-13");
  expect(pill().hidden).toBe(true);
  said(6);
  expect(pill().textContent).toBe("1 new");
});

test("an answer is written below what it answers, and Escape leads back", async () => {
  await draw(talk, { texts });
  const link = one<HTMLAnchorElement>('[data-reply="12"]');
  link.click();
  const open = one<HTMLFormElement>(".answering");
  expect(open.previousElementSibling?.id).toBe("comment-12");
  expect(open.querySelector<HTMLInputElement>('[name="answers"]')?.value).toBe("12");
  expect(document.activeElement).toBe(open.querySelector("textarea"));
  link.click();
  one('[data-reply="11"]').click();
  expect(document.querySelectorAll(".answering")).toHaveLength(1);
  one(".answering textarea").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(document.querySelector(".answering")).toBeNull();
  expect(document.activeElement).toBe(one('[data-reply="11"]'));
});

test("words that were begun are there again, for their own answer only", async () => {
  vi.useFakeTimers();
  await draw(talk, { texts });
  const write = (words: string) => {
    const field = one<HTMLTextAreaElement>(".answering textarea");
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    vi.advanceTimersByTime(300);
  };
  one('[data-reply="12"]').click();
  write("Half a sen");
  one(".answering [data-cancel]").click();
  one('[data-reply="11"]').click();
  expect(one<HTMLTextAreaElement>(".answering textarea").value).toBe("");
  one('[data-reply="12"]').click();
  expect(one<HTMLTextAreaElement>(".answering textarea").value).toBe("Half a sen");
  write("");
  one(".answering [data-cancel]").click();
  one('[data-reply="12"]').click();
  expect(one<HTMLTextAreaElement>(".answering textarea").value).toBe("");
});

const send = async (answer: Answer | Error) => {
  if (answer instanceof Error) vi.mocked(submit).mockRejectedValue(answer);
  else vi.mocked(submit).mockResolvedValue(answer);
  one<HTMLTextAreaElement>("[data-comment-form] textarea").value = "Make it blue.";
  one("[data-comment-form]").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await tick();
};

test("what was said stands in its place, counts as known, and empties the form", async () => {
  await draw(talk, { texts });
  await send({
    status: 200,
    url: "/ideas/5",
    page: page(`<p class="flash">Said.</p><ol id="threads">${thread(16)}</ol>`),
  });
  expect(order()).toEqual(["16", "11", "12"]);
  expect(document.activeElement?.id).toBe("comment-16");
  expect([one("[data-talk-status]").textContent, one<HTMLTextAreaElement>("textarea").value]).toEqual(["Said.", ""]);
  said(3);
  expect(pill().hidden).toBe(true);
});

test("a refusal comes back as the form with its remedy, and the words in it", async () => {
  await draw(talk, { texts });
  const refused = form()
    .replace("<textarea", '<textarea aria-invalid="true"')
    .replace("></textarea>", ">Make it blue.</textarea>");
  await send({ status: 422, url: "/ideas/5/comments", page: page(refused) });
  const field = one<HTMLTextAreaElement>("textarea");
  expect([field.getAttribute("aria-invalid"), field.value]).toEqual(["true", "Make it blue."]);
  expect(document.activeElement).toBe(field);
});

test("where no answer comes the browser sends the form itself", async () => {
  await draw(talk, { texts });
  const plain = vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(() => undefined);
  await send(new Error("no network"));
  expect(plain).toHaveBeenCalledOnce();
  expect(one<HTMLTextAreaElement>("textarea").value).toBe("Make it blue.");
});

test("people are offered after an @ and go in where the caret is", async () => {
  vi.useFakeTimers();
  await draw('<div data-island="talk-mentions" data-idea="5"><textarea></textarea></div>');
  const calls = server(() => ({ status: 200, body: [{ handle: "noor-bakker", name: "Noor Bakker" }] }));
  const area = one<HTMLTextAreaElement>("textarea");
  const type = async (words: string, caret = words.length) => {
    area.value = words;
    area.setSelectionRange(caret, caret);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(150);
  };
  await type("write to a@no");
  expect(calls).toEqual([]);
  await type("ask @no about it", 7);
  expect(calls[0]?.path).toBe("/comments/handles?idea=5&q=no");
  one(".mentions button").click();
  expect([area.value, one(".mentions").hidden]).toEqual(["ask @noor-bakker about it", true]);

  await type("@n");
  let closed = 0;
  document.body.addEventListener("keydown", () => closed++, { once: true });
  area.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  expect([one(".mentions").hidden, closed]).toEqual([true, 0]);
});
