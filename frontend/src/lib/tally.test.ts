import { expect, test, vi } from "vitest";
import { draw, one } from "../testing/page";
import { catchUp, showStatus, showTally } from "./tally";

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
