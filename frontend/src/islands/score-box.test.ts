import { expect, test, vi } from "vitest";
import { draw, one, type Reply, refusal, server, tick } from "../testing/page";
import "./score-box";

const form = (mine = 0) => `
  <p class="tally" data-open="42"><b data-tally="42" data-field="mean">–</b></p>
  <p data-sealed="42" hidden>Sealed</p>
  <form data-island="score-box" data-idea="42" data-api="/api/v1/ideas/42/vote" data-mine="${mine}" method="post" action="/ideas/42/vote">
    ${[1, 2, 3, 4, 5].map((n) => `<label><input type="radio" name="score" value="${n}" ${n === mine ? "checked" : ""}>${n}</label>`).join("")}
    <input type="checkbox" name="would_buy" value="1">
    <button class="when-still" name="act" value="cast">Give</button>
    <button name="act" value="retract" data-retract ${mine ? "" : "hidden"}>Back</button>
    <p data-vote-note></p>
  </form>`;

const texts = {
  "islands.vote.goes_along": "Goes along.",
  "islands.score.cast": "Your {score} counts.",
  "islands.score.taken_back": "Taken back.",
};
const member = { signedIn: true, account: 7, texts };
const answer = (score: number | null, scores: number[]): Reply => ({
  status: 200,
  body: {
    vote: score === null ? null : { idea: 42, score, would_buy: false },
    tally: { idea: 42, voters: 1, staff: 0, scores, would_buy: 0, mean: null, revision: scores.indexOf(1) + 2 },
  },
});
const option = (n: number) => one<HTMLInputElement>(`input[value="${n}"][name="score"]`);
const chosen = () => document.querySelector<HTMLInputElement>('input[name="score"]:checked')?.value ?? "";
const note = () => one("[data-vote-note]").textContent;
const press = (key: string) =>
  one("form").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

test("one click casts a score and says so", async () => {
  const calls = server(() => answer(4, [0, 0, 0, 1, 0]));
  await draw(form(), member);
  option(4).click();
  await tick();
  expect(calls).toMatchObject([{ method: "PUT", body: { score: 4, would_buy: false } }]);
  expect([chosen(), note(), one("b").textContent]).toEqual(["4", "Your 4 counts.", "4.0"]);
  expect([one(".when-still").hidden, one("[data-retract]").hidden]).toEqual([true, false]);
});

test("the keys 1 to 5 cast at once, and arrows once they rest", async () => {
  vi.useFakeTimers();
  const calls = server(({ body }) => answer((body as { score: number }).score, [0, 0, 0, 0, 1]));
  await draw(form(), member);
  press("5");
  await tick();
  expect(calls).toMatchObject([{ body: { score: 5 } }]);
  for (const n of [4, 3]) {
    press("ArrowLeft");
    option(n).click();
  }
  await tick();
  expect(calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(calls.slice(1)).toMatchObject([{ body: { score: 3 } }]);
});

test("what the arrows chose is cast when the focus leaves", async () => {
  const calls = server(() => answer(2, [0, 1, 0, 0, 0]));
  await draw(form(), member);
  press("ArrowRight");
  option(2).click();
  one("form").dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  await tick();
  expect(calls).toMatchObject([{ body: { score: 2 } }]);
});

test("a score is taken back, and what that seals is gone from the page", async () => {
  const calls = server(() => ({ status: 200, body: { vote: null, tally: { idea: 42, sealed: true } } }));
  await draw(form(3), member);
  one("[data-retract]").click();
  await tick();
  expect(calls).toMatchObject([{ method: "DELETE" }]);
  expect([chosen(), note(), one("b").textContent]).toEqual(["", "Taken back.", ""]);
  expect([one("[data-open]").hidden, one("[data-sealed]").hidden, one("[data-retract]").hidden]).toEqual([
    true,
    false,
    true,
  ]);
});

test("a refusal puts back what holds and says why", async () => {
  server(() => refusal(409, "Voting in this challenge has closed."));
  await draw(form(3), member);
  option(5).click();
  await tick();
  expect([chosen(), note()]).toEqual(["3", "Voting in this challenge has closed."]);
});

test("would buy goes along with a score, and waits for one", async () => {
  const calls = server(() => answer(4, [0, 0, 0, 1, 0]));
  await draw(form(), member);
  one<HTMLInputElement>('[name="would_buy"]').click();
  await tick();
  expect([calls.length, note()]).toEqual([0, "Goes along."]);
  option(4).click();
  await tick();
  expect(calls).toMatchObject([{ body: { score: 4, would_buy: true } }]);
});

test("a visitor's choice waits for the button, and the form goes as it is", async () => {
  sessionStorage.setItem("came-from", "forum.example.org");
  const calls = server(() => "nothing");
  await draw(form());
  option(4).click();
  expect(one(".when-still").hidden).toBe(false);
  const event = new Event("submit", { cancelable: true });
  one("form").dispatchEvent(event);
  expect([event.defaultPrevented, calls.length]).toEqual([false, 0]);
  expect(one<HTMLInputElement>('[name="came_from"]').value).toBe("forum.example.org");
  sessionStorage.clear();
});
