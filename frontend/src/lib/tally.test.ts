import { expect, test, vi } from "vitest";
import { draw, one } from "../testing/page";
import { catchUp, mean, showResult, showStatus, showTally } from "./tally";

const tally = (voters: number, revision: number) => ({
  idea: 42,
  voters,
  staff: 1,
  scores: [0, 0, 0, 0, 0],
  would_buy: 3,
  mean: null,
  revision,
});

test("a tally is written wherever its idea is shown", async () => {
  await draw(
    `<b id="a" data-tally="42" data-field="voters">1</b><b id="b" data-tally="42" data-field="would_buy">1</b>
     <b id="c" data-tally="7" data-field="voters">1</b>`,
    { lang: "nl" },
  );
  showTally(tally(2481, 5));
  expect([one("#a").textContent, one("#b").textContent, one("#c").textContent]).toEqual(["2.481", "3", "1"]);
});

test("what is older than what is shown is dropped", async () => {
  await draw('<b data-tally="42" data-field="voters">1</b>');
  showTally(tally(10, 5));
  showTally(tally(9, 4));
  expect(one("b").textContent).toBe("10");
});

test("a sealed tally shows nothing", async () => {
  await draw('<b data-tally="42" data-field="voters">–</b>');
  showTally({ idea: 42, sealed: true });
  expect(one("b").textContent).toBe("–");
});

test("only a number that changes is marked, and not for long", async () => {
  vi.useFakeTimers();
  await draw('<b data-tally="42" data-field="voters">10</b>');
  showTally(tally(10, 5));
  expect(one("b").className).toBe("");
  showTally(tally(11, 6));
  expect(one("b").className).toBe("moved");
  vi.advanceTimersByTime(1_000);
  expect(one("b").className).toBe("");
});

test("what is added later catches up", async () => {
  await draw("");
  showTally(tally(12, 5));
  await draw('<b data-tally="42" data-field="voters">9</b>');
  catchUp(one("b"));
  expect(one("b").textContent).toBe("12");
});

test("a status is written with its words", async () => {
  await draw('<span class="status open" data-status="42"><svg></svg>Open</span>', {
    texts: { "status.adopted": "Adopted" },
  });
  showStatus(42, "adopted");
  expect(one("span").className).toBe("status adopted");
  expect(one("span").textContent).toBe("Adopted");
});

const scored = (scores: number[], revision: number) => ({
  ...tally(
    scores.reduce((sum, n) => sum + n, 0),
    revision,
  ),
  scores,
});

const panel = `
  <p data-open="42" hidden><b data-tally="42" data-field="mean"></b> <i data-tally="42" data-field="of_scores"></i></p>
  <p data-sealed="42">Sealed</p>
  <svg><rect data-bar="42" data-score="4" width="0"></rect></svg>
  <span id="fours" data-tally="42" data-field="score_4"></span><span id="share" data-tally="42" data-field="buy_share"></span>`;
const texts = {
  "islands.score.of.one": "of {count}",
  "islands.score.of.other": "of {count}",
  "islands.score.none": "none",
};

test("a seal that is lifted shows mean, spread and share, and they move", async () => {
  await draw(panel, { lang: "nl", texts });
  showTally({ idea: 42, sealed: true });
  expect([one("[data-open]").hidden, one("[data-sealed]").hidden]).toEqual([true, false]);
  showTally(scored([0, 0, 2, 1, 4], 5));
  expect([one("[data-open]").hidden, one("[data-sealed]").hidden]).toEqual([false, true]);
  const said = () => ["b", "i", "#fours", "#share"].map((selector) => one(selector).textContent);
  expect(said()).toEqual(["4,3", "of 7", "1", "43%"]);
  expect(one("rect").getAttribute("width")).toBe("25");
  showTally(scored([0, 0, 0, 0, 0], 6));
  expect(said()).toEqual(["–", "none", "0", "0%"]);
  expect(one("rect").getAttribute("width")).toBe("0");
});

test("who has voted keeps the figures when others' votes come sealed, until the vote is taken back", async () => {
  await draw(panel, { texts });
  showResult(scored([0, 0, 0, 1, 0], 5));
  showTally({ idea: 42, sealed: true });
  expect(one("b").textContent).toBe("4.0");
  showResult({ idea: 42, sealed: true });
  expect([one("b").textContent, one("[data-open]").hidden, one("rect").getAttribute("width")]).toEqual(["", true, "0"]);
});

test.each([
  [[0, 0, 0, 11, 9], "4.5"],
  [[0, 0, 0, 551, 449], "4.4"],
  [[2, 1, 0, 0, 0], "1.3"],
  [[0, 0, 0, 0, 400_000_000], "5.0"],
])("the mean of %j is %s, as the server rounds it", async (scores, said) => {
  await draw("");
  expect(mean(scores)).toBe(said);
});
