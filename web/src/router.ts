// The address is the state: a signal of the current place, links that don't reload, and the scroll position that a page
// had when one comes back to it.

import { signal } from '@preact/signals';

export interface Place { path: string; query: URLSearchParams }

const here = (): Place => ({
  path: decodeURI(location.pathname).replace(/(.)\/+$/, '$1'), query: new URLSearchParams(location.search),
});
export const place = signal<Place>(here());

const scrolls = new Map<string, number>();
let entry = entry_of(history.state);
let wanted_scroll: number | null = null;

function entry_of(state: unknown): string {
  return (state as { entry?: string } | null)?.entry ?? 'first';
}

export function navigate(to: string, options: { replace?: boolean; keep_scroll?: boolean } = {}): void {
  scrolls.set(entry, scrollY);
  if (!options.replace) entry = crypto.randomUUID();
  history[options.replace ? 'replaceState' : 'pushState']({ entry }, '', to);
  if (!options.keep_scroll) wanted_scroll = 0;
  place.value = here();
}

let tell_settled: () => void = () => {};
/** The first page has its content. */
export const when_settled = new Promise<void>((resolve) => (tell_settled = resolve));

/** Pages call it once they show their content: only then can the old position be taken up again. */
export function settle_scroll(): void {
  tell_settled();
  if (wanted_scroll === null) return;
  scrollTo(0, wanted_scroll);
  wanted_scroll = null;
}

/** `own`: the paths that this app shows; others are loaded. */
export function start_router(own = /^\/(?!(api|media|docs|openapi|admin)\b)/): void {
  history.scrollRestoration = 'manual';
  addEventListener('popstate', (event: PopStateEvent) => {
    scrolls.set(entry, scrollY);
    entry = entry_of(event.state);
    wanted_scroll = scrolls.get(entry) ?? 0;
    place.value = here();
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname) return;
    if (!own.test(link.pathname)) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}
