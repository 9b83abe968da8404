// Talks to the JSON API. What the server refuses arrives as a Refused with its
// sentence; anything else that goes wrong (no network, not our answer) is any
// other error, and then the plain form is the way.
import { csrf, text } from "./page";
import type { Picture } from "./wire";

/** Refused is the server's answer in words: RFC 9457 with our code and fields. */
export class Refused extends Error {
  override name = "Refused";
  constructor(
    message: string,
    readonly status: number,
    readonly code = "",
    readonly fields: Record<string, string> = {},
    /** Seconds to wait before another try, or 0. */
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

/** Options of one request. */
export interface Options {
  signal?: AbortSignal;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
  headers?: Record<string, string>;
}

/** get reads from the API. */
export const get = <T>(path: string, options?: Options): Promise<T> => send("GET", path, undefined, options);
/** post makes something new. */
export const post = <T>(path: string, body: unknown, options?: Options): Promise<T> =>
  send("POST", path, body, options);
/** put stores my choice. */
export const put = <T>(path: string, body: unknown, options?: Options): Promise<T> => send("PUT", path, body, options);
/** patch changes part of something. */
export const patch = <T>(path: string, body: unknown, options?: Options): Promise<T> =>
  send("PATCH", path, body, options);
/** remove takes something back. */
export const remove = <T>(path: string, options?: Options): Promise<T> => send("DELETE", path, undefined, options);

async function send<T>(method: string, path: string, body: unknown, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, {
    ...options,
    method,
    headers,
    credentials: "same-origin",
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const content = await answer.text();
  if (answer.ok) return (content ? JSON.parse(content) : undefined) as T;
  throw refusal(answer.status, answer.headers.get("Content-Type"), answer.headers.get("Retry-After"), content);
}

/** refusal reads an answer that is not a success: a Refused where the server gave its reasons. */
export function refusal(status: number, type: string | null, retryAfter: string | null, content: string): Error {
  if (!type?.includes("json")) return new Error(`answer ${status} without reasons`);
  let problem: { title?: string; detail?: string; code?: string; fields?: Record<string, unknown> };
  try {
    problem = JSON.parse(content) ?? {};
  } catch (cause) {
    return new Error(`answer ${status} that does not parse`, { cause });
  }
  const fields = Object.fromEntries(Object.entries(problem.fields ?? {}).map(([name, said]) => [name, String(said)]));
  const sentence = problem.detail || problem.title || text("islands.error.unknown");
  return new Refused(sentence, status, problem.code, fields, Number(retryAfter) || 0);
}

/** upload sends a picture and reports how far it is, 0 to 1. */
export function upload(file: File, progress: (part: number) => void = () => {}): Promise<Picture> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("image", file, file.name || "picture");
    request.open("POST", "/api/v1/images");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", csrf());
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onerror = () => reject(new Error("the picture did not arrive"));
    request.onload = () => {
      const { status, responseText } = request;
      if (status < 300) return resolve(JSON.parse(responseText) as Picture);
      const header = (name: string) => request.getResponseHeader(name);
      reject(refusal(status, header("Content-Type"), header("Retry-After"), responseText));
    };
    request.send(body);
  });
}

/** fetchPage gets a page of ours as a document, without a parser that the page's policy forbids; also one with a status that says what to read on it. */
export function fetchPage(url: string, also: number[] = []): Promise<Document> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.onerror = () => reject(new Error("the page did not arrive"));
    request.onload = () =>
      (request.status < 300 || also.includes(request.status)) && request.responseXML
        ? resolve(request.responseXML)
        : reject(new Error(`answer ${request.status} for ${url}`));
    request.send();
  });
}

/** sentence is what to tell a person about an error. */
export function sentence(error: unknown): string {
  return error instanceof Refused ? error.message : text("islands.error.network");
}
