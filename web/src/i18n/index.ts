// The chosen language and its words. `words()` read inside a component makes it follow the language. Those of the pages
// that one comes in by (home, products, campaigns) are there before anything is drawn; the rest comes with the first page
// that needs it.

import { signal } from '@preact/signals';
import type { Language, Text } from '../api_types';
import type { FirstWords } from './ko';
import type { PageWords } from './ko_pages';

const REMEMBERED = 'cartwright-language';

const first_words: Record<Language, () => Promise<FirstWords>> = {
  ko: async () => (await import('./ko')).ko,
  en: async () => (await import('./en')).en,
};
const page_words: Record<Language, () => Promise<PageWords>> = {
  ko: async () => (await import('./ko_pages')).ko_pages,
  en: async () => (await import('./en_pages')).en_pages,
};

/** The server's page is in a language already: `?lang=`, the cookie of the last choice, what the browser asks for, Korean. */
function first_language(): Language {
  const served: Language = document.documentElement.lang === 'en' ? 'en' : 'ko';
  if (new URLSearchParams(location.search).has('lang')) return served;
  try {
    const remembered = localStorage.getItem(REMEMBERED);
    if (remembered === 'ko' || remembered === 'en') return remembered;
  } catch {
    // storage denied
  }
  return served;
}

/** Filled by use_first_language() before the first page is drawn. */
const chosen = signal<{ language: Language; words: FirstWords & Partial<PageWords> }>(
  { language: 'ko', words: {} as FirstWords });
let wanted = { language: 'ko' as Language, all: false };

export const language = (): Language => chosen.value.language;
export const words = (): FirstWords => chosen.value.words;
/** For pages that are only shown when all words are here (app.tsx). */
export const all_words = (): FirstWords & PageWords => chosen.value.words as FirstWords & PageWords;
export const has_all_words = (): boolean => chosen.value.words.explain !== undefined;
export const text = (value: Text): string => value[language()] || value.ko || value.en;

async function use(more: Partial<typeof wanted>): Promise<void> {
  wanted = { ...wanted, ...more };
  const { language: next, all } = wanted;
  const [first, pages] = await Promise.all([first_words[next](), all ? page_words[next]() : undefined]);
  if (next !== wanted.language) return; // chosen otherwise meanwhile
  document.documentElement.lang = next;
  const known = language() === next ? words() : {}; // of two that run at once, either may end last
  chosen.value = { language: next, words: { ...known, ...first, ...pages } };
}

export const use_first_language = (): Promise<void> => use({ language: first_language() });

/** Fetches what the first pages don't need. */
export async function use_all_words(): Promise<void> {
  if (!has_all_words()) await use({ all: true });
}

export async function set_language(next: Language): Promise<void> {
  await use({ language: next });
  document.cookie = `lang=${next}; Path=/; Max-Age=31536000; SameSite=Lax`; // the server's pages follow
  try {
    localStorage.setItem(REMEMBERED, next);
  } catch {
    // then it holds for this visit
  }
}
export const toggle_language = (): void => void set_language(language() === 'ko' ? 'en' : 'ko');
