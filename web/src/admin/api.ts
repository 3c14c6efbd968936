// REST as an admin needs it: changes name the version they were made to (If-Match), what creates or moves carries a
// key, and uploads say how far they are.

import { client } from '../state/shop';
import { problem_of, type Answer, type Problem } from 'cartwright/sync';

/** A value with the tag of its version, as If-Match wants it. */
export type Tagged<T> = { ok: true; value: T; etag: string } | { ok: false; problem: Problem };

interface Options {
  /** If-Match: the tag that was read, or `*`: whatever there is. */
  match?: string;
  /** Idempotency-Key. New with each command, the same with its retry. */
  key?: string;
  signal?: AbortSignal;
}

const OFFLINE = { ok: false, problem: { code: 'offline', status: 0 } } as const;

export async function send<T>(method: string, path: string, body?: unknown, options: Options = {}): Promise<Tagged<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.match !== undefined) headers['If-Match'] = options.match;
  if (options.key !== undefined) headers['Idempotency-Key'] = options.key;
  try {
    const response = await fetch(`/api/v1${path}`, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: options.signal,
      credentials: 'same-origin', cache: 'no-store',
    });
    const text = await response.text();
    if (response.ok) return { ok: true, value: (text ? JSON.parse(text) : undefined) as T,
      etag: response.headers.get('ETag') ?? '' };
    return refused(problem_of(response.status, text, response.headers.get('Retry-After')));
  } catch {
    return OFFLINE;
  }
}

function refused(problem: Problem): { ok: false; problem: Problem } {
  // hears the same, and ends the session on this device
  if (problem.code === 'unauthenticated') void client.rest.get('/me');
  return { ok: false, problem };
}

export const read = <T>(path: string, signal?: AbortSignal): Promise<Tagged<T>> =>
  send<T>('GET', path, undefined, { signal });

/** POST under a key of its own. A command whose answer was lost is sent once more under the same key. */
export async function command<T>(path: string, body?: unknown): Promise<Tagged<T>> {
  const key = crypto.randomUUID();
  const answer = await send<T>('POST', path, body, { key });
  return answer.ok || answer.problem.code !== 'offline' ? answer : send<T>('POST', path, body, { key });
}

/** Sends a file. `on_progress`: the part of it that has gone, 0 to 1. */
export function upload<T>(path: string, file: Blob, type: string,
  on_progress: (part: number) => void = () => {}): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch says nothing of an upload's progress
    request.open('POST', `/api/v1${path}`);
    request.setRequestHeader('Content-Type', type);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = (event) => on_progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => resolve(OFFLINE);
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) return resolve({ ok: true, value: JSON.parse(responseText) as T });
      resolve(refused(problem_of(status, responseText, request.getResponseHeader('Retry-After'))));
    };
    request.send(file);
  });
}
