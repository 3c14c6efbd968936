// Small parts that every page is made of.

import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Image } from '../api_types';
import { has_all_words, text, use_all_words, words } from '../i18n';
import { explain } from '../i18n/explain';
import { money } from '../i18n/format';
import { settle_scroll } from '../router';
import { client, shop } from '../state/shop';
import type { Problem } from '../store/rest';
import { Icon, type IconName } from './icons';

// ---- page --------------------------------------------------------------------------------------------------------

export function useTitle(title: string): void {
  const name = shop.value ? text(shop.value.name) : '';
  useEffect(() => {
    document.title = [title, name].filter(Boolean).join(' · ');
  }, [title, name]);
}

/** Once the content is there the page may take up its old scroll position. */
export function useSettled(ready: boolean): void {
  useLayoutEffect(() => {
    if (ready) settle_scroll();
  }, [ready]);
}

export function PageHead({ title, children }: { title: string; children?: ComponentChildren }) {
  useTitle(title);
  return (
    <div class="page-head">
      <h1>{title}</h1>
      {children}
    </div>
  );
}

/** Nothing to show, drawn. `page`: it stands for the whole page, so its title is the page's heading. */
export function Empty(props: { icon: IconName; title: string; hint?: string; page?: boolean; children?: ComponentChildren }) {
  useSettled(true);
  const Title = props.page ? 'h1' : 'p';
  return (
    <div class="empty">
      <span class="empty-icon"><Icon name={props.icon} size={34} /></span>
      <Title class="empty-title">{props.title}</Title>
      {props.hint && <p class="muted">{props.hint}</p>}
      {props.children && <div class="empty-actions">{props.children}</div>}
    </div>
  );
}

/** Empty while its words aren't here; whoever shows it is then drawn again. */
export function problem_text(problem: Problem): string {
  const { code } = problem;
  if (code === 'offline') return words().common.no_connection;
  if (has_all_words()) return explain().error({ ...problem, code });
  void use_all_words().catch(() => {});
  return '';
}

export function ProblemState({ problem, retry, page }: { problem: Problem; retry: () => void; page?: boolean }) {
  const say = words();
  const offline = problem.code === 'offline';
  return (
    <Empty page={page} icon={offline ? 'cloud' : 'receipt'} title={offline ? say.common.offline_page : say.common.load_failed}
      hint={offline ? undefined : problem_text(problem)}>
      <button class="button" type="button" onClick={retry}>{say.common.retry}</button>
    </Empty>
  );
}

export function Skeleton({ kind, count = 1 }: { kind: 'card' | 'row' | 'text' | 'block'; count?: number }) {
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} class={`skeleton skeleton-${kind}`} aria-hidden="true" />
      ))}
    </>
  );
}

export function Loading() {
  return <p class="visually-hidden" role="status">{words().common.loading}</p>;
}

// ---- pictures and prices -------------------------------------------------------------------------------------------

export function Picture(props: { image: Image | string | null; name?: string; size: number; eager?: boolean }) {
  const [broken, set_broken] = useState(false);
  const { image } = props;
  const url = typeof image === 'string' ? image : image?.url;
  if (!url || broken) return <span class="picture picture-none"><Icon name="bag" size={28} /></span>;
  const alt = typeof image === 'string' || !image ? (props.name ?? '') : text(image.alt) || (props.name ?? '');
  return (
    <span class="picture">
      <img src={url} alt={alt} width={props.size} height={props.size} loading={props.eager ? 'eager' : 'lazy'}
        decoding="async" onError={() => set_broken(true)} />
    </span>
  );
}

export function Price({ amount, compare_at, from }: { amount: number; compare_at?: number | null; from?: boolean }) {
  const off = compare_at && compare_at > amount ? Math.floor(((compare_at - amount) * 100) / compare_at) : 0;
  return (
    <span class="price">
      {off > 0 && <strong class="price-off">{words().common.discount(off)}</strong>}
      <strong class="price-now">{from ? words().common.from(money(amount)) : money(amount)}</strong>
      {off > 0 && <s class="price-was">{money(compare_at as number)}</s>}
    </span>
  );
}

// ---- time ----------------------------------------------------------------------------------------------------------

/** The server's clock, told as each of its seconds begins; `until` set: it stops there. */
export function useNow(until?: number): number {
  const [now, set_now] = useState(() => client.clock.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      const time = client.clock.now();
      set_now(time);
      if (until === undefined || time < until) timer = setTimeout(tick, 1000 - (time % 1000));
    };
    tick();
    return () => clearTimeout(timer);
  }, [until]);
  return now;
}

export function Countdown({ to, label }: { to: number; label: string }) {
  const now = useNow(to);
  const say = words().campaigns;
  const left = Math.max(0, Math.ceil((to - now) / 1000));
  const days = Math.floor(left / 86400);
  const parts: [number, string][] = [
    [Math.floor(left / 3600) % 24, say.hours], [Math.floor(left / 60) % 60, say.minutes], [left % 60, say.seconds],
  ];
  if (days > 0) parts.unshift([days, say.days]);
  return (
    <div class="countdown" role="timer" aria-label={label}>
      {parts.map(([value, unit]) => (
        <span key={unit} class="countdown-part"><b>{String(value).padStart(2, '0')}</b><small>{unit}</small></span>
      ))}
    </div>
  );
}

// ---- toasts --------------------------------------------------------------------------------------------------------

interface Toast { message: string; action?: { label: string; run: () => void }; tone?: 'bad' }
const toast = signal<Toast | null>(null);
let toast_timer: ReturnType<typeof setTimeout> | undefined;

export function show_toast(message: string, more: Omit<Toast, 'message'> = {}): void {
  clearTimeout(toast_timer);
  toast.value = { message, ...more };
  toast_timer = setTimeout(() => (toast.value = null), more.action ? 7000 : 4000);
}
export function show_problem(problem: Problem): void {
  const show = (): void => show_toast(problem_text(problem), { tone: 'bad' });
  void use_all_words().then(show, show);
}

export function Toasts() {
  const current = toast.value;
  return (
    <div class="toasts" role="status" aria-live="polite">
      {current && (
        <div class={`toast ${current.tone === 'bad' ? 'toast-bad' : ''}`}>
          <span>{current.message}</span>
          {current.action && (
            <button type="button" onClick={() => {
              toast.value = null;
              current.action?.run();
            }}>{current.action.label}</button>
          )}
        </div>
      )}
    </div>
  );
}
