// Who may see the back office, its frame, and which page an address shows.

import type { ComponentChild, ComponentChildren, ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Field } from '../components/form';
import { Loading, problem_text, show_problem, Skeleton, Toasts, useTitle } from '../components/ui';
import { all_words, language, text, toggle_language } from '../i18n';
import { place } from '../router';
import { forget_everything } from '../state/resource';
import { client, me, online, shop } from '../state/shop';
import { Icon } from './icons';
import { may_leave } from './leaving';
import { SECTIONS, type AdminPage, type PageProps, type Section } from './sections';
import { say_shell } from './words';

export function App() {
  const account = me.value;
  return (
    <>
      {!account ? <SignIn /> : account.role !== 'admin' ? <NotAdmin email={account.email} />
        : <Frame><Page path={place.value.path} /></Frame>}
      <Toasts />
    </>
  );
}

// ---- gate ----------------------------------------------------------------------------------------------------------

function Gate({ title, children }: { title: string; children: ComponentChildren }) {
  useTitle(title);
  return (
    <main class="admin-gate" id="main">
      <div class="panel">
        <p class="admin-brand">{shop.value ? text(shop.value.name) : 'Cartwright'}</p>
        <h1>{title}</h1>
        {children}
      </div>
      <p class="admin-gate-links">
        <a class="link" href="/" target="_self">{say_shell().to_shop}</a>
        <button type="button" class="link" lang={language() === 'ko' ? 'en' : 'ko'} onClick={toggle_language}>
          {all_words().nav.language}</button>
      </p>
    </main>
  );
}

function SignIn() {
  const say = all_words().account;
  const [email, set_email] = useState('');
  const [password, set_password] = useState('');
  const [problem, set_problem] = useState<string>();
  const [working, set_working] = useState(false);
  const submit = async (): Promise<void> => {
    set_working(true);
    set_problem(undefined);
    const answer = await client.enter('/auth/login', { email: email.trim(), password });
    set_working(false);
    if (!answer.ok) set_problem(problem_text(answer.problem));
  };
  return (
    <Gate title={say_shell().sign_in}>
      <p class="muted">{say_shell().sign_in_hint}</p>
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}>
        <Field label={say.email} name="email" type="email" inputMode="email" value={email} onInput={set_email}
          autocomplete="username" required maxLength={254} />
        <Field label={say.password} name="password" type="password" value={password} onInput={set_password}
          autocomplete="current-password" required maxLength={1024} />
        <div role="alert">{problem && <p class="result result-bad">{problem}</p>}</div>
        <button type="submit" class="button button-strong button-wide" disabled={working}>
          {working ? say.working : say.sign_in}</button>
      </form>
    </Gate>
  );
}

async function sign_out(): Promise<void> {
  if (!may_leave()) return;
  const answer = await client.sign_out();
  if (!answer.ok && answer.problem.code !== 'unauthenticated') return show_problem(answer.problem);
  forget_everything();
}

function NotAdmin({ email }: { email: string }) {
  const say = say_shell();
  return (
    <Gate title={say.not_admin}>
      <p>{say.not_admin_hint(email)}</p>
      <button type="button" class="button button-wide" onClick={() => void sign_out()}>{say.other_account}</button>
    </Gate>
  );
}

// ---- frame ---------------------------------------------------------------------------------------------------------

const is_in = (section: Section, path: string): boolean => section.pages.some((page) => page.pattern.test(path));

function Frame({ children }: { children: ComponentChildren }) {
  const say = say_shell();
  const common = all_words();
  const { path } = place.value;
  const [open, set_open] = useState(false);
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    set_open(false);
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div class="admin">
      <a class="skip" href="#main">{common.nav.skip}</a>
      <header class="admin-head">
        <button type="button" class="icon-button admin-menu-button" aria-expanded={open} aria-controls="admin-menu"
          aria-label={say.open_menu}
          onClick={() => set_open(!open)}><Icon name={open ? 'close' : 'menu'} size={24} /></button>
        <a class="admin-brand" href="/admin">{shop.value ? text(shop.value.name) : 'Cartwright'}
          <span class="admin-tag">{say.name}</span></a>
        <div class="admin-head-end">
          <a href="/" target="_self">{say.to_shop}</a>
          <button type="button" lang={language() === 'ko' ? 'en' : 'ko'} onClick={toggle_language}>{common.nav.language}
            </button>
          <button type="button" onClick={() => void sign_out()}>{common.nav.sign_out}</button>
        </div>
      </header>
      <nav class={`admin-menu ${open ? 'admin-menu-open' : ''}`} id="admin-menu" aria-label={say.menu}
        onKeyDown={(event) => event.key === 'Escape' && set_open(false)}>
        {SECTIONS.map((section) => (
          <a key={section.path} href={section.path} aria-current={is_in(section, path) ? 'page' : undefined}
            onClick={() => set_open(false)}>
            <Icon name={section.icon} />{text(section.name)}
          </a>
        ))}
      </nav>
      <main id="main" ref={main} tabIndex={-1} class="admin-main">
        <div role="status">{!online.value && <p class="result result-bad">{common.common.no_connection}</p>}</div>
        {children}
      </main>
    </div>
  );
}

// ---- pages ---------------------------------------------------------------------------------------------------------

const PAGES = SECTIONS.flatMap((section) => section.pages);
const fetched = new Map<AdminPage, ComponentType<PageProps>>();

function Page({ path }: { path: string }): ComponentChild {
  const [failed, set_failed] = useState<AdminPage>();
  const [, redraw] = useState(0);
  const page = PAGES.find(({ pattern }) => pattern.test(path));
  const load = (): void => {
    if (!page || fetched.has(page)) return;
    page.fetch().then((found) => {
      fetched.set(page, found);
      redraw((n) => n + 1);
    }, () => set_failed(page));
  };
  useEffect(load, [page]);
  if (!page) return <Missing />;
  const Found = fetched.get(page);
  if (Found) return <Found key={path} name={page.pattern.exec(path)?.[1] ?? ''} />;
  if (failed === page) return <p class="result result-bad">{all_words().common.load_failed}</p>;
  return <><Loading /><Skeleton kind="block" /></>;
}

function Missing() {
  const say = say_shell();
  useTitle(say.missing);
  return <div class="empty"><h1>{say.missing}</h1><a class="button" href="/admin">{say.to_start}</a></div>;
}
