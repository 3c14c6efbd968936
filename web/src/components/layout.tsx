import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { language, text, toggle_language, words } from '../i18n';
import { navigate, place } from '../router';
import { forget_everything } from '../state/resource';
import { cart_units, client, me, online, shop, state, update } from '../state/shop';
import { Icon, type IconName } from './icons';
import { show_problem, show_toast, Toasts } from './ui';

export function Layout({ children }: { children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(place.value.path);
  const { path } = place.value;
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <>
      <a class="skip" href="#main">{words().nav.skip}</a>
      <Bars />
      <Header />
      <main id="main" ref={main} tabIndex={-1}>{children}</main>
      <Footer />
      <Tabs />
      <Toasts />
    </>
  );
}

const reload = (): void => location.reload();

function Bars() {
  const say = words().common;
  return (
    <div role="status">
      {!online.value && <p class="bar"><Icon name="cloud" size={18} />{say.offline_bar}</p>}
      {state.value.outdated && (
        <p class="bar">{say.outdated}<button type="button" onClick={() => (update.value ?? reload)()}>{say.reload}</button></p>
      )}
      {update.value && !state.value.outdated && (
        <p class="bar">{say.updated}<button type="button" onClick={update.value}>{say.reload}</button></p>
      )}
      {!state.value.durable && <p class="bar">{say.not_durable}</p>}
    </div>
  );
}

const current = (start: string): 'page' | undefined => {
  const { path } = place.value;
  return (start === '/' ? path === '/' : path === start || path.startsWith(`${start}/`)) ? 'page' : undefined;
};

function Header() {
  const say = words().nav;
  return (
    <header class="header">
      <div class="header-in">
        <a class="brand" href="/"><Mark />{shop.value ? text(shop.value.name) : 'Cartwright'}</a>
        <nav class="header-nav" aria-label={say.main}>
          <a href="/products" aria-current={current('/products')}>{say.products}</a>
          <a href="/campaigns" aria-current={current('/campaigns')}>{say.campaigns}</a>
        </nav>
        <SearchBox />
        <div class="header-end">
          <button type="button" class="language" lang={language() === 'ko' ? 'en' : 'ko'}
            onClick={toggle_language}>{say.language}</button>
          <AccountMenu />
          <a class="icon-button header-cart" href="/cart" aria-current={current('/cart')}>
            <Icon name="bag" /><span class="visually-hidden">{say.cart}</span><CartBadge />
          </a>
        </div>
      </div>
    </header>
  );
}

function Mark() {
  return (
    <svg class="mark" width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
      <circle cx="14" cy="14" r="12.5" fill="none" stroke="currentColor" stroke-width="2.2" />
      <path d="M14 3v22M3 14h22" stroke="currentColor" stroke-width="1.6" />
      <circle cx="14" cy="14" r="3.6" fill="currentColor" />
    </svg>
  );
}

function CartBadge() {
  const units = cart_units.value;
  return units > 0 ? <span class="badge">{units > 99 ? '99+' : units}</span> : null;
}

function SearchBox() {
  const say = words().nav;
  const at_list = place.value.path === '/products';
  const q = at_list ? (place.value.query.get('q') ?? '') : '';
  const form = useRef<HTMLFormElement>(null);
  const [Suggest, set_suggest] = useState<ComponentType<{ form: HTMLFormElement }>>();
  const load = (): void => {
    if (!Suggest) void import('./search_suggest').then((part) => set_suggest(() => part.SearchSuggest), () => {});
  };
  return (
    <form ref={form} class="search" role="search" action="/products" onFocusIn={load} onSubmit={(event) => {
      event.preventDefault();
      const typed = new FormData(event.currentTarget).get('q')?.toString().trim() ?? '';
      (document.activeElement as HTMLElement | null)?.blur();
      navigate(typed ? `/products?q=${encodeURIComponent(typed)}` : '/products');
    }}>
      <Icon name="search" size={20} />
      <input key={q} type="search" name="q" defaultValue={q} placeholder={say.search_hint} aria-label={say.search}
        maxLength={100} enterKeyHint="search" autocomplete="off" />
      {Suggest && form.current && <Suggest key={q} form={form.current} />}
    </form>
  );
}

export async function sign_out(): Promise<void> {
  const answer = await client.sign_out();
  if (!answer.ok && answer.problem.code !== 'unauthenticated') return show_problem(answer.problem);
  forget_everything();
  show_toast(words().nav.signed_out);
  navigate('/');
}

function AccountMenu() {
  const [open, set_open] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const say = words().nav;
  const { path } = place.value;
  useEffect(() => set_open(false), [path]);
  useEffect(() => {
    if (!open) return;
    const close = (event: Event): void => {
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !box.current?.contains(event.target as Node)) set_open(false);
    };
    addEventListener('pointerdown', close);
    addEventListener('keydown', close);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('keydown', close);
    };
  }, [open]);
  if (!me.value) return <a class="header-sign-in" href="/signin">{say.sign_in}</a>;
  const links: [string, string][] = [['/orders', say.orders], ['/coupons', say.coupons], ['/balance', say.balance], ['/me', say.my]];
  return (
    <div class="menu" ref={box}>
      <button type="button" class="icon-button" aria-expanded={open} aria-controls="account-menu" aria-label={say.menu}
        onClick={() => set_open(!open)}><Icon name="user" /></button>
      {open && (
        <div class="menu-list" id="account-menu">
          <p class="menu-name">{say.hello(me.value.name)}</p>
          {links.map(([to, name]) => <a key={to} href={to}>{name}</a>)}
          <button type="button" onClick={() => void sign_out()}>{say.sign_out}</button>
        </div>
      )}
    </div>
  );
}

function Tabs() {
  const say = words().nav;
  const tabs: [string, string, IconName][] = [
    ['/', say.home, 'home'], ['/products', say.products_short, 'shop'], ['/campaigns', say.campaigns_short, 'ticket'],
    ['/cart', say.cart, 'bag'], ['/me', say.my, 'user'],
  ];
  return (
    <nav class="tabs" aria-label={say.tabs}>
      {tabs.map(([to, name, icon]) => (
        <a key={to} href={to} aria-current={current(to)}>
          <span class="tabs-icon"><Icon name={icon} />{to === '/cart' && <CartBadge />}</span>{name}
        </a>
      ))}
    </nav>
  );
}

function Footer() {
  const say = words().nav;
  return (
    <footer class="footer">
      <div class="footer-in">
        <p class="brand"><Mark />{shop.value ? text(shop.value.name) : 'Cartwright'}</p>
        <nav aria-label={say.my}>
          <a href="/products">{say.products}</a><a href="/campaigns">{say.campaigns}</a><a href="/orders">{say.orders}</a>
        </nav>
      </div>
    </footer>
  );
}
