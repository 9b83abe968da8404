// What somebody is writing, kept in this browser from the first letter. The
// server's draft is for going on elsewhere; this copy is so that no expired
// session, refused form or closed tab takes a word away.
import type { Kept } from "./pictures";
import { forget, keep, recall } from "./store";

/** Fields are the form's fields that hold what the person wrote, by name. */
export type Fields = Record<string, string>;

/** Copy is one form's contents. */
export interface Copy {
  /** The server's draft it belongs to, 0 before the first save. */
  draft: number;
  /** What the server had drawn when the writing began. */
  base: Fields;
  fields: Fields;
  pictures: Kept[];
  /** Whether the server has all of it. */
  saved: boolean;
}

/** Desk keeps the copies of one account; 0 is a visitor. */
export class Desk {
  constructor(private readonly account: number) {}

  #key(place: string, account = this.account): string {
    return `draft:${account}:${place}`;
  }

  /** put keeps the copy of the form at place and says whether the browser could. */
  put(place: string, copy: Copy): boolean {
    return keep(this.#key(place), copy);
  }

  /** clear forgets the form at place. */
  clear(place: string): void {
    forget(this.#key(place));
  }

  /**
   * find is the copy to go on with where the server drew the fields in base:
   * what was begun from just these fields and says something else. Whoever
   * began as a visitor goes on after signing in.
   */
  find(place: string, base: Fields): Copy | undefined {
    const own = recall<Copy>(this.#key(place));
    const visitors = this.account && !own ? recall<Copy>(this.#key(place, 0)) : undefined;
    if (visitors && this.put(place, visitors)) forget(this.#key(place, 0));
    const copy = own ?? visitors;
    if (!copy || !same(copy.base, base) || (same(copy.fields, base) && copy.pictures.length === 0)) return undefined;
    return copy;
  }

  /** adopt moves what was begun as a new idea to the form of the draft it became. */
  adopt(from: string, draft: number): Copy | undefined {
    const copy = recall<Copy>(this.#key(from));
    if (!copy || copy.draft !== draft) return undefined;
    this.clear(from);
    return copy.saved ? undefined : copy;
  }

  /** settle forgets every copy whose idea is there under its title. */
  settle(title: string): void {
    for (const key of keys()) {
      const mine = key.startsWith(this.#key("")) || key.startsWith(this.#key("", 0));
      if (mine && recall<Copy>(key)?.fields.title?.trim() === title.trim()) forget(key);
    }
  }
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
  } catch {
    return [];
  }
}

/** same compares two sets of fields; one that is missing is empty. */
export function same(a: Fields, b: Fields): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => (a[name] ?? "") === (b[name] ?? ""));
}
