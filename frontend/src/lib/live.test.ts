import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tick } from "../testing/page";
import { FakeSocket } from "../testing/socket";
import { Live, type Message } from "./live";

let heard: Message[];
let signedOut: number;
let lives: Live[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.install();
  heard = [];
  signedOut = 0;
  hide(false);
});

afterEach(() => {
  for (const live of lives) live.close();
  lives = [];
});

// random 1 makes every wait as long as it can be.
function start(random = 1): Live {
  const live = new Live({
    url: "ws://board/live",
    onMessage: (message) => heard.push(message),
    onSignedOut: () => signedOut++,
    random: () => random,
  });
  lives.push(live);
  return live;
}

function hide(hidden: boolean): void {
  Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}

async function open(topics = ["board"]): Promise<Live> {
  const live = start();
  live.watch(topics);
  await tick();
  FakeSocket.last.open();
  return live;
}

test("it connects once there is something to hear, and watches it in one message", async () => {
  const live = start();
  expect(FakeSocket.made).toHaveLength(0);
  live.watch(["board"]);
  live.watch(["idea:1", "idea:2"]);
  await tick();
  FakeSocket.last.open();
  expect(FakeSocket.last.sent).toEqual([{ watch: ["board", "idea:1", "idea:2"] }]);
});

test("messages arrive, and what does not parse does no harm", async () => {
  await open();
  FakeSocket.last.onmessage?.({ data: "{" });
  FakeSocket.last.say({ here: { board: 3 } });
  expect(heard).toEqual([{ here: { board: 3 } }]);
});

test("after a loss it comes back, ever later, and watches everything again", async () => {
  await open(["board", "idea:1"]);
  FakeSocket.last.lose();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.made).toHaveLength(2);
  FakeSocket.last.lose();
  await vi.advanceTimersByTimeAsync(1_999);
  expect(FakeSocket.made).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeSocket.made).toHaveLength(3);
  FakeSocket.last.open();
  expect(FakeSocket.last.sent).toEqual([{ watch: ["board", "idea:1"] }]);
});

test("the wait has a ceiling, and a connection that held starts anew", async () => {
  await open();
  for (let i = 0; i < 12; i++) {
    FakeSocket.last.lose();
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(FakeSocket.made).toHaveLength(13);
  FakeSocket.last.open();
  await vi.advanceTimersByTimeAsync(30_000);
  FakeSocket.last.lose();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.made).toHaveLength(14);
});

test.each([1002, 1003, 1008, 1009])("code %i is final", async (code) => {
  const live = await open();
  FakeSocket.last.lose(code);
  live.watch(["idea:9"]);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(FakeSocket.made).toHaveLength(1);
});

test("a restart is spread over the seconds that the server names", async () => {
  await open();
  FakeSocket.last.lose(1012, "spread=10");
  await vi.advanceTimersByTimeAsync(9_999);
  expect(FakeSocket.made).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeSocket.made).toHaveLength(2);
});

test("who is turned away waits at least as long as asked", async () => {
  await open();
  FakeSocket.last.lose(1013);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(FakeSocket.made).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.made).toHaveLength(2);
});

test("signed out elsewhere: says so and comes back as a visitor", async () => {
  await open();
  FakeSocket.last.lose(4001);
  expect(signedOut).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.made).toHaveLength(2);
});

test("a page nobody looks at lets go, and asks for everything when looked at again", async () => {
  await open();
  const first = FakeSocket.last;
  hide(true);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(first.readyState).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(first.readyState).toBe(3);
  hide(false);
  expect(FakeSocket.made).toHaveLength(2);
  FakeSocket.last.open();
  expect(FakeSocket.last.sent).toEqual([{ watch: ["board"] }]);
});

test("past 200 topics the oldest gives way, but not a pinned one", async () => {
  const live = start();
  live.watch(["board"], true);
  live.watch(Array.from({ length: 199 }, (_, i) => `idea:${i}`));
  await tick();
  FakeSocket.last.open();
  const watched = FakeSocket.last.sent.flatMap((message) => message.watch ?? []);
  expect(watched).toHaveLength(200);
  live.watch(["idea:new"]);
  await tick();
  expect(FakeSocket.last.sent.at(-1)).toEqual({ unwatch: ["idea:0"], watch: ["idea:new"] });
});

test("a refused topic is not asked for again, unless it may be later", async () => {
  await open(["board", "idea:9", "idea:8"]);
  FakeSocket.last.say({
    refused: [
      { topic: "idea:9", code: "not_found" },
      { topic: "idea:8", code: "unavailable" },
    ],
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.last.sent.slice(1)).toEqual([{ watch: ["idea:8"] }]);
});
