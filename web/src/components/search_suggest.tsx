// What the search box finds while one types: from the server, and without a network from the catalogue on this device.
// Loaded when the box is first used. A combobox as the ARIA practices have it: the focus stays in the field, the arrows
// move through the list, Enter opens what is marked or shows all results, Escape closes.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page, ProductCard, Text } from '../api_types';
import { all_words, has_all_words, language, text, use_all_words } from '../i18n';
import { money } from '../i18n/format';
import { navigate, place } from '../router';
import { catalogue, client, online } from '../state/shop';
import { Icon } from './icons';
import { Picture } from './ui';

const MOST = 6;
const PAUSE_MS = 150;
const RECENT = 'cartwright-searches';
const RECENT_MAX = 5;

interface Found { handle: string; name: Text; image: string; price: string }

/** Every word is in the name or the options, in either language; one entry a product. */
function find_here(typed: string): Found[] {
  const wanted = typed.toLowerCase().split(/\s+/);
  const found = new Map<string, Found>();
  for (const label of catalogue.value?.labels ?? []) {
    const own = `${label.name.ko} ${label.name.en}`.toLowerCase();
    if (found.has(label.handle) || !wanted.every((word) => own.includes(word))) continue;
    const variant = catalogue.value?.variants.find((other) => other.id === label.variant_id);
    found.set(label.handle, { handle: label.handle, name: label.name, image: label.image, price: variant ? money(variant.unit_price) : '' });
    if (found.size === MOST) break;
  }
  return [...found.values()];
}

const card = (product: ProductCard): Found =>
  ({ handle: product.handle, name: product.name, image: product.image?.url ?? '', price: money(product.price_min) });

function recent_searches(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, RECENT_MAX) : [];
  } catch {
    return []; // storage denied
  }
}
function keep_searches(searches: string[]): void {
  try {
    if (searches.length) localStorage.setItem(RECENT, JSON.stringify(searches));
    else localStorage.removeItem(RECENT);
  } catch {
    // then they are not remembered
  }
}

export function SearchSuggest({ form }: { form: HTMLFormElement }) {
  const [typed, set_typed] = useState('');
  const [open, set_open] = useState(false);
  const [found, set_found] = useState<{ q: string; items: Found[]; local: boolean } | null>(null);
  const [active, set_active] = useState(-1);
  const [recent, set_recent] = useState(recent_searches);
  const [ready, set_ready] = useState(has_all_words());
  const running = useRef<AbortController | null>(null);
  const input = form.elements.namedItem('q') as HTMLInputElement;
  const q = typed.trim();
  const here = `${place.value.path}?${place.value.query}`;

  useEffect(() => void use_all_words().then(() => set_ready(true), () => {}), []);
  useEffect(() => set_open(false), [here]);
  useEffect(() => {
    if (!q) return set_found(null);
    const timer = setTimeout(async () => {
      running.current?.abort();
      const control = (running.current = new AbortController());
      const answer = online.value
        ? await client.rest.get<Page<ProductCard>>(`/products?q=${encodeURIComponent(q)}&limit=${MOST}`, control.signal) : null;
      if (control.signal.aborted) return;
      set_found(answer?.ok ? { q, items: answer.value.items.map(card), local: false } : { q, items: find_here(q), local: true });
      set_active(-1);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [q]);

  /** What the arrows move through, and where each goes. */
  const options = q
    ? [...(found?.items ?? []).map((one) => `/products/${one.handle}`), ...(found?.items.length ? [list_of(q)] : [])]
    : recent.map(list_of);
  const shown = open && ready && (q ? found !== null : recent.length > 0);

  useEffect(() => {
    const on = (event: Event): void => {
      if (event.type === 'submit') {
        const asked = input.value.trim();
        if (asked) set_recent(remember_search(asked));
        return set_open(false);
      }
      if (event.type === 'focusout') {
        if (!form.contains((event as FocusEvent).relatedTarget as Node | null)) set_open(false);
        return;
      }
      set_typed(input.value);
      set_open(true);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.isComposing) return;
      if (event.key === 'Escape' && shown) {
        event.preventDefault(); // the text stays
        set_open(false);
      } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length) {
        event.preventDefault();
        set_open(true);
        const step = event.key === 'ArrowDown' ? 1 : -1;
        set_active(active + step < -1 ? options.length - 1 : active + step >= options.length ? -1 : active + step);
      } else if (event.key === 'Enter' && shown && options[active]) {
        event.preventDefault();
        go(options[active]);
      }
    };
    const kinds = ['input', 'focusin', 'focusout', 'submit'] as const;
    for (const kind of kinds) form.addEventListener(kind, on);
    input.addEventListener('keydown', key);
    return () => {
      for (const kind of kinds) form.removeEventListener(kind, on);
      input.removeEventListener('keydown', key);
    };
  });
  useEffect(() => {
    // Loaded while the field has the focus already, perhaps with something in it.
    if (document.activeElement !== input) return;
    set_typed(input.value);
    set_open(true);
  }, []);
  useEffect(() => {
    const set = (name: string, value: string | null): void => (value === null ? input.removeAttribute(name) : input.setAttribute(name, value));
    set('role', 'combobox');
    set('aria-autocomplete', 'list');
    set('aria-expanded', String(shown));
    set('aria-controls', shown ? 'suggestions' : null);
    set('aria-activedescendant', shown && active >= 0 ? `suggestion-${active}` : null);
  });

  const go = (to: string): void => {
    const asked = q || new URL(to, location.href).searchParams.get('q');
    if (asked) set_recent(remember_search(asked));
    set_open(false);
    input.blur();
    navigate(to);
  };
  if (!ready) return null;
  const say = all_words().suggest;
  const option = (index: number, content: ComponentChildren, look = '') => (
    <li key={options[index]} id={`suggestion-${index}`} role="option" aria-selected={index === active} class={`suggestion ${look}`}
      onPointerDown={(event) => event.preventDefault() /* the focus stays in the field */} onPointerMove={() => set_active(index)}
      onClick={() => go(options[index] as string)}>{content}</li>
  );
  return (
    <>
      <p class="visually-hidden" role="status">{shown && q && found ? say.count(found.items.length) : ''}</p>
      {shown && (
        <div class="suggestions">
          {!q && (
            <p class="suggestions-head">
              <span>{say.recent}</span>
              <button type="button" class="link" onClick={() => {
                keep_searches([]);
                set_recent([]);
              }}>{say.clear}</button>
            </p>
          )}
          {q && found?.items.length === 0 && <p class="suggestions-none">{say.none}</p>}
          {options.length > 0 && (
            <ul id="suggestions" role="listbox" aria-label={say.results} lang={language()}>
              {q ? found?.items.map((one, index) => option(index, (
                <><Picture image={one.image || null} size={44} /><span>{text(one.name)}</span><b>{one.price}</b></>
              ))) : recent.map((one, index) => option(index, <><Icon name="clock" size={18} /><span>{one}</span></>))}
              {q && found && found.items.length > 0 && option(found.items.length, <><Icon name="search" size={18} /><span>{say.all(q)}</span></>, 'suggestion-all')}
            </ul>
          )}
          {found?.local && q && found.items.length > 0 && <p class="suggestions-note">{say.offline}</p>}
        </div>
      )}
    </>
  );
}

const list_of = (q: string): string => `/products?q=${encodeURIComponent(q)}`;

function remember_search(asked: string): string[] {
  const searches = [asked, ...recent_searches().filter((one) => one !== asked)].slice(0, RECENT_MAX);
  keep_searches(searches);
  return searches;
}
