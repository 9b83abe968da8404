// The one socket of a page. It comes back by itself after a loss, with full
// jitter so that a restarted server is not met by everyone at once, and asks
// for everything again: the server answers a watch with a snapshot.
import type { Tally } from "./wire";

/** Message is what the server sends; each frame carries one or more of these. */
export interface Message {
  tallies?: Tally[];
  status?: { idea: number; status: string }[];
  new?: { idea: number }[];
  here?: Record<string, number>;
  comments?: { idea: number; count: number }[];
  inbox?: { unread: number };
  refused?: { topic: string; code: string }[];
}

/** Options say where to and whom to tell. */
export interface Options {
  url: string;
  onMessage: (message: Message) => void;
  /** The session ended elsewhere; the socket comes back as a visitor's. */
  onSignedOut?: () => void;
  random?: () => number;
}

const base = 1_000;
const cap = 60_000;
const good = 30_000; // a connection that held this long starts the backoff anew
const patience = 30_000; // a page hidden this long lets its socket go
const most = 200; // topics the server takes from one connection
const batch = 100; // topics in one frame, well under its 4 KiB

// Close codes, as the server's live package documents them.
const restart = 1012; // its reason says over how many seconds to spread
const signedOut = 4001;
// We are at fault, and the same again would meet the same answer.
const final = new Set([1002, 1003, 1008, 1009]);
// Those who were turned away wait at least this long.
const least: Record<number, number> = { 1013: 30_000, 4008: 10_000 };

/** Live keeps a connection while the page is looked at and wants to hear something. */
export class Live {
  #topics = new Set<string>();
  #pinned = new Set<string>();
  #fresh = new Set<string>();
  #gone = new Set<string>();
  #socket: WebSocket | undefined;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #leave: ReturnType<typeof setTimeout> | undefined;
  #flushing = false;
  #over = false;
  readonly #listening = new AbortController();

  constructor(private readonly options: Options) {
    const listen = { signal: this.#listening.signal };
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#fade() : this.#resume()), listen);
    // A page kept for the back button may not hold a socket.
    addEventListener("pagehide", () => this.#pause(), listen);
    addEventListener("pageshow", (event) => event.persisted && this.#resume(), listen);
    addEventListener("online", () => this.#resume(), listen);
  }

  /** close leaves for good. */
  close(): void {
    this.#over = true;
    this.#listening.abort();
    clearTimeout(this.#leave);
    this.#pause();
  }

  /** watch listens to topics. Past 200 the oldest gives way, unless it is pinned. */
  watch(topics: string[], pinned = false): void {
    for (const topic of topics) {
      if (pinned) this.#pinned.add(topic);
      if (this.#topics.has(topic)) continue;
      if (this.#topics.size >= most) this.#giveWay();
      if (this.#topics.size >= most) return;
      this.#topics.add(topic);
      this.#fresh.add(topic);
    }
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => this.#flush());
  }

  #giveWay(): void {
    for (const topic of this.#topics) {
      if (this.#pinned.has(topic)) continue;
      this.#topics.delete(topic);
      if (!this.#fresh.delete(topic)) this.#gone.add(topic);
      return;
    }
  }

  #flush(): void {
    this.#flushing = false;
    if (!this.#socket) return this.#resume();
    if (this.#socket.readyState !== WebSocket.OPEN) return; // opening flushes
    const fresh = [...this.#fresh];
    const gone = [...this.#gone];
    this.#fresh.clear();
    this.#gone.clear();
    for (let from = 0; from < Math.max(fresh.length, gone.length); from += batch) {
      const watch = fresh.slice(from, from + batch);
      const unwatch = gone.slice(from, from + batch);
      const message = { ...(unwatch.length > 0 && { unwatch }), ...(watch.length > 0 && { watch }) };
      this.#socket.send(JSON.stringify(message));
    }
  }

  #resume(): void {
    clearTimeout(this.#leave);
    if (this.#over || this.#socket || document.hidden || this.#topics.size === 0) return;
    clearTimeout(this.#retry);
    this.#connect();
  }

  #connect(): void {
    const socket = new WebSocket(this.options.url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#settle = setTimeout(() => {
        this.#attempt = 0;
      }, good);
      this.#fresh = new Set(this.#topics);
      this.#gone.clear();
      this.#flush();
    };
    socket.onmessage = (event) => this.#hear(String(event.data));
    socket.onclose = (event) => this.#socket === socket && this.#lost(event);
  }

  #hear(frame: string): void {
    let message: Message;
    try {
      message = JSON.parse(frame);
    } catch {
      return; // a later server may say what we do not know
    }
    for (const { topic, code } of message.refused ?? []) {
      this.#topics.delete(topic);
      if (code === "unavailable") setTimeout(() => this.watch([topic]), good * (1 + this.#random()));
    }
    this.options.onMessage(message);
  }

  #lost({ code, reason }: CloseEvent): void {
    this.#socket = undefined;
    clearTimeout(this.#settle);
    if (final.has(code)) {
      this.#over = true;
      return;
    }
    if (code === signedOut) this.options.onSignedOut?.();
    if (document.hidden) return; // looking again brings it back
    const spread = code === restart ? Number(/spread=(\d+)/.exec(reason)?.[1] ?? 0) * 1_000 : 0;
    const backoff = Math.min(cap, base * 2 ** this.#attempt++);
    const wait = (least[code] ?? 0) + this.#random() * Math.max(spread, backoff);
    this.#retry = setTimeout(() => this.#resume(), wait);
  }

  #random(): number {
    return (this.options.random ?? Math.random)();
  }

  #fade(): void {
    clearTimeout(this.#leave);
    this.#leave = setTimeout(() => this.#pause(), patience);
  }

  #pause(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#settle);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }
}
