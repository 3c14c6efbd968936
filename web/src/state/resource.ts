// Data of a page: shown from memory at once when it was here before (so going back is immediate), asked again beside it.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../api_types';
import type { Answer, Problem } from '../store/rest';
import { client } from './shop';

const memory = new Map<string, unknown>();
const MEMORY_MAX = 60;

export function remember(key: string, value: unknown): void {
  memory.delete(key);
  memory.set(key, value);
  if (memory.size > MEMORY_MAX) memory.delete(memory.keys().next().value as string);
}
export const recall = <T>(key: string): T | undefined => memory.get(key) as T | undefined;
/** What belongs to an account, when it leaves. */
export const forget_everything = (): void => memory.clear();

export interface Resource<T> {
  data: T | undefined;
  problem: Problem | undefined;
  reload: () => void;
  replace: (value: T) => void;
}

/** How a fresh answer and what was here before become one. */
type Merge<T> = (before: T, fresh: T) => T;

/** The first page again leaves those that were asked for after it: who comes back finds the list as long as it was. */
export const keep_pages = <T>(key_of: (item: T) => unknown): Merge<Page<T>> => (before, fresh) => {
  const known = new Set(fresh.items.map(key_of));
  const rest = before.items.slice(fresh.items.length).filter((item) => !known.has(key_of(item)));
  return rest.length ? { items: [...fresh.items, ...rest], next_cursor: before.next_cursor } : fresh;
};

export function useResource<T>(path: string | null, merge?: Merge<T>): Resource<T> {
  const [, redraw] = useState(0);
  const problem = useRef<{ path: string; problem: Problem } | null>(null);
  const running = useRef<AbortController | null>(null);
  const load = (): void => {
    if (path === null) return;
    running.current?.abort();
    const control = (running.current = new AbortController());
    void client.rest.get<T>(path, control.signal).then((answer: Answer<T>) => {
      if (control.signal.aborted) return;
      problem.current = answer.ok ? null : { path, problem: answer.problem };
      const before = recall<T>(path);
      if (answer.ok) remember(path, merge && before ? merge(before, answer.value) : answer.value);
      redraw((n) => n + 1);
    });
  };
  useEffect(() => {
    load();
    return () => running.current?.abort();
  }, [path]);
  return {
    data: path === null ? undefined : recall<T>(path),
    problem: problem.current?.path === path ? problem.current?.problem : undefined,
    reload: load,
    replace: (value) => {
      if (path !== null) remember(path, value);
      redraw((n) => n + 1);
    },
  };
}
