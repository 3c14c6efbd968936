// One request to a server: answers and refusals are both values.
import type { ErrorCode, Quote } from "./generated.js";

/** `offline`: there was no answer. */
export interface Problem {
  code: ErrorCode | "offline";
  status: number;
  detail?: string;
  available?: number;
  missing?: number;
  variant_id?: number;
  quote?: Quote;
  errors?: { pointer: string; detail?: string }[];
  retry_after_s?: number;
}
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export const no_answer: Answer<never> = { ok: false, problem: { code: "offline", status: 0 } };

/** `body`: JSON as text. `on_reach` is told whether a server answered. */
export async function ask<T>(
  fetch: typeof globalThis.fetch,
  url: string,
  request: { method: string; body?: string; headers?: Record<string, string>; signal?: AbortSignal },
  on_reach: (reached: boolean) => void,
): Promise<Answer<T>> {
  const { method, body, signal } = request;
  const headers: Record<string, string> = { Accept: "application/json", ...request.headers };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    const response = await fetch(url, { method, headers, body, signal, credentials: "same-origin" });
    const text = await response.text();
    on_reach(response.headers.get("X-From-Cache") === null); // of the shop front's service worker
    if (response.ok) return { ok: true, value: (text ? JSON.parse(text) : {}) as T };
    return { ok: false, problem: problem_of(response.status, text, response.headers.get("Retry-After")) };
  } catch {
    if (!signal?.aborted) on_reach(false);
    return no_answer;
  }
}

/** A refusal out of its status, body and Retry-After. */
export function problem_of(status: number, text: string, retry_after: string | null): Problem {
  const retry = Number(retry_after);
  const more = retry > 0 ? { retry_after_s: retry } : {};
  try {
    const body = JSON.parse(text) as Problem;
    if (typeof body.code === "string") return { ...body, status, ...more };
  } catch {
    // not ours: a proxy's page
  }
  return { code: status === 503 ? "overloaded" : "internal", status, ...more };
}
