// The chosen language and its words. `words()` read inside a component makes it follow the language. Korean comes with
// the first script, English when it is asked for.

import { signal } from '@preact/signals';
import type { Language, Text } from '../api_types';
import { ko, type Dictionary } from './ko';

const REMEMBERED = 'cartwright-language';

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

const chosen = signal<{ language: Language; dictionary: Dictionary }>({ language: 'ko', dictionary: ko });

export const language = (): Language => chosen.value.language;
export const words = (): Dictionary => chosen.value.dictionary;
export const text = (value: Text): string => value[language()] || value.ko || value.en;

async function use(next: Language): Promise<void> {
  const dictionary = next === 'ko' ? ko : (await import('./en')).en;
  document.documentElement.lang = next;
  chosen.value = { language: next, dictionary };
}

export const use_first_language = (): Promise<void> => use(first_language());

export async function set_language(next: Language): Promise<void> {
  await use(next);
  document.cookie = `lang=${next}; Path=/; Max-Age=31536000; SameSite=Lax`; // the server's pages follow
  try {
    localStorage.setItem(REMEMBERED, next);
  } catch {
    // then it holds for this visit
  }
}
export const toggle_language = (): void => void set_language(language() === 'ko' ? 'en' : 'ko');
