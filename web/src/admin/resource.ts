// What pages read: one thing with its version, or a list page by page. A change names the version it was made to.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../api_types';
import { navigate, place } from '../router';
import type { Problem } from '../store/rest';
import { read, send, type Tagged } from './api';

export interface Thing<T> {
  data: T | undefined;
  etag: string;
  problem: Problem | undefined;
  reload: () => Promise<void>;
  /** What some other request answered is now the state. */
  take: (value: T, etag: string) => void;
  /** PATCH; `anyway`: whatever it has become meanwhile. The answer is the new state. */
  change: (body: unknown, anyway?: boolean) => Promise<Tagged<T>>;
}

/** `path` null: there is nothing to read yet. */
export function useThing<T>(path: string | null): Thing<T> {
  const [state, set_state] = useState<{ path: string | null; data?: T; etag: string; problem?: Problem }>({ path,
    etag: '' });
  const current = useRef(path);
  current.current = path;
  const reload = async (): Promise<void> => {
    if (path === null) return;
    const answer = await read<T>(path);
    if (current.current !== path) return;
    set_state((before) => answer.ok ? { path, data: answer.value, etag: answer.etag }
      : { path, etag: before.etag, data: before.path === path ? before.data : undefined, problem: answer.problem });
  };
  useEffect(() => void reload(), [path]);
  const mine = state.path === path;
  const take = (value: T, etag: string): void => set_state({ path, data: value, etag });
  return {
    data: mine ? state.data : undefined, etag: mine ? state.etag : '', problem: mine ? state.problem : undefined,
      reload, take,
    change: async (body, anyway = false) => {
      const answer = await send<T>('PATCH', path ?? '', body, { match: anyway ? '*' : state.etag });
      if (answer.ok) take(answer.value, answer.etag);
      return answer;
    },
  };
}

export interface Listing<T> {
  items: T[] | undefined;
  problem: Problem | undefined;
  has_more: boolean;
  more: () => Promise<void>;
  reload: () => Promise<void>;
}

/** `path`: with its filters, without limit and cursor. */
export function useListing<T>(path: string | null, limit = 30): Listing<T> {
  const [state, set_state] = useState<{ path: string | null; items?: T[]; next?: string | null;
    problem?: Problem }>({ path });
  const current = useRef(path);
  current.current = path;
  const load = async (cursor: string | null, before: T[]): Promise<void> => {
    if (path === null) return;
    const query = `limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const answer = await read<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}${query}`);
    if (current.current !== path) return;
    if (answer.ok) set_state({ path, items: [...before, ...answer.value.items], next: answer.value.next_cursor });
    else set_state((old) => ({ ...(old.path === path ? old : {}), path, problem: answer.problem }));
  };
  useEffect(() => void load(null, []), [path]);
  const mine = state.path === path;
  return {
    items: mine ? state.items : undefined, problem: mine ? state.problem : undefined,
      has_more: mine && Boolean(state.next),
    more: () => load(state.next ?? null, state.items ?? []),
    reload: () => load(null, []),
  };
}

/** The address's query is what a list is filtered by, so that it can be gone back to. Empty values are left out. */
export function filter_by(changes: Record<string, string>): void {
  const query = new URLSearchParams(place.value.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  navigate(`${place.value.path}${query.size ? `?${query}` : ''}`, { replace: true, keep_scroll: true });
}

/** The named parameters of the address as the query of a request. */
export function query_of(...names: string[]): string {
  const query = new URLSearchParams();
  for (const name of names) {
    const value = place.value.query.get(name);
    if (value) query.set(name, value);
  }
  return query.size ? `?${query}` : '';
}
