// Times by the shop's clock: its days and hours, and what a `datetime-local` field holds.

import { language } from '../i18n';
import { time_zone } from '../state/shop';

const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const all = { ...options, timeZone: time_zone.value };
  const key = locale + JSON.stringify(all);
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale, all);
  formats.set(key, found);
  return found;
}
const in_words = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  format(language() === 'ko' ? 'ko-KR' : 'en', options);

/** `2026-03-01T09:30`, by the shop's clock. */
export function local_text(ms: number): string {
  const parts = format('en-GB', {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(ms);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The inverse; `undefined` when it is no time. An hour that the clock skips is the one after it. */
export function moment_of(local: string): number | undefined {
  const as_utc = Date.parse(`${local}Z`);
  if (Number.isNaN(as_utc)) return undefined;
  const offset_at = (ms: number): number => Date.parse(`${local_text(ms)}Z`) - Math.floor(ms / 60_000) * 60_000;
  const first = as_utc - offset_at(as_utc);
  return as_utc - offset_at(first);
}

/** The shop's day of that moment: `2026-03-01`. */
export const day_of = (ms: number): string => local_text(ms).slice(0, 10);

/**
 * The last `count` days up to that of `now`, oldest first. Noon of each, so that no change of clocks leaves one out.
 */
export function last_days(now: number, count: number): string[] {
  const noon = moment_of(`${day_of(now)}T12:00`) ?? now;
  return Array.from({ length: count }, (_, i) => day_of(noon - (count - 1 - i) * 24 * HOUR_MS));
}
/** The beginnings of the last `count` hours, oldest first. */
export function last_hours(now: number, count: number): number[] {
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  return Array.from({ length: count }, (_, i) => hour - (count - 1 - i) * HOUR_MS);
}

export const day_name = (day: string): string => in_words({ month: 'short',
  day: 'numeric' }).format(moment_of(`${day}T12:00`));
export const hour_name = (ms: number): string => in_words({ hour: 'numeric', hourCycle: 'h23' }).format(ms);
export const day_hour_name = (ms: number): string => in_words({ month: 'short', day: 'numeric', hour: 'numeric',
  minute: '2-digit', hourCycle: 'h23' }).format(ms);
