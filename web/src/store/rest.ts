// The REST client (API.md): answers and refusals are both values. What spends, issues or creates is sent with a key that
// is stored before sending, so that a lost answer is asked again under the same key and nothing happens twice.

import type { Answer, Problem, SyncedCart } from 'cartwright/sync';
import type { Me } from '../api_types';

export type { Answer, Problem } from 'cartwright/sync';

/** A request on its way whose answer has not come yet. */
export interface PendingRequest { key: string; method: string; path: string; body: string; sent_at: number }

/** Who stands in line: told of every wait, and asked again until there is an answer or `signal` says to leave. */
export interface Line { signal: AbortSignal; on_wait: (until: number, problem: Problem) => void; on_ask: () => void }

const PENDING = 'pending_requests';
const ASK_AGAIN: ReadonlySet<string> = new Set([
  'offline', 'overloaded', 'storage_failed', 'outcome_unknown', 'idempotency_in_flight', 'rate_limited',
]);
const WAITS_MS = [400, 1200, 3000];

export class Rest {
  constructor(private readonly server: Pick<SyncedCart<Me>, 'ask' | 'storage'>) {}

  get<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
    return this.server.ask<T>('GET', path, undefined, signal ? { signal } : {});
  }

  post<T>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.server.ask<T>('POST', path, body);
  }

  /** What is repeated without harm. */
  change<T>(method: 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer<T>> {
    return this.server.ask<T>(method, path, body);
  }

  /**
   * POST exactly once. An equal request that never got its answer keeps its key when it is younger than `same_for_ms`.
   * Waits and asks again a few times by itself; after that the key stays stored for the next try.
   */
  async post_once<T>(path: string, body?: unknown, same_for_ms = 15 * 60_000, line?: Line): Promise<Answer<T>> {
    const text = body === undefined ? '' : JSON.stringify(body);
    let request!: PendingRequest;
    await this.server.storage.update<PendingRequest[]>(PENDING, (before = []) => {
      const same = before.find((r) => r.path === path && r.body === text && Date.now() - r.sent_at < same_for_ms);
      request = same ?? { key: crypto.randomUUID(), method: 'POST', path, body: text, sent_at: Date.now() };
      return same ? before : [...before, request];
    });
    return this.finish<T>(request, line);
  }

  async finish<T>(request: PendingRequest, line?: Line): Promise<Answer<T>> {
    for (let attempt = 0; ; attempt++) {
      line?.on_ask();
      const answer = await this.server.ask<T>(request.method, request.path, request.body ? JSON.parse(request.body) : undefined, {
        headers: { 'Idempotency-Key': request.key },
      });
      if (answer.ok || !ASK_AGAIN.has(answer.problem.code)) {
        await this.forget(request);
        return answer;
      }
      const wait = WAITS_MS[attempt] ?? (line && WAITS_MS.at(-1));
      if (wait === undefined || !(line || navigator.onLine)) return answer;
      const asked_ms = Math.max(wait, (answer.problem.retry_after_s ?? 0) * 1000);
      // A line is long when the server says so; its people don't come back all in the same moment.
      const wait_ms = line ? asked_ms + Math.random() * 500 : Math.min(asked_ms, 8000);
      line?.on_wait(Date.now() + wait_ms, answer.problem);
      await pause(wait_ms, line?.signal);
      if (line?.signal.aborted) return answer;
    }
  }

  async pending(path: string): Promise<PendingRequest[]> {
    return ((await this.server.storage.read<PendingRequest[]>(PENDING)) ?? []).filter((r) => r.path === path);
  }

  forget_all(): Promise<void> {
    return this.server.storage.remove([PENDING]);
  }

  private async forget(request: PendingRequest): Promise<void> {
    await this.server.storage.update<PendingRequest[]>(PENDING, (before = []) => before.filter((r) => r.key !== request.key));
  }
}

function pause(wait_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resume) => {
    const timer = setTimeout(resume, wait_ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resume();
    }, { once: true });
  });
}
