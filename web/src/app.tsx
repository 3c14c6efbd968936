// Which page an address shows. Each page is a script of its own; the first one is fetched at once, the others when the
// shop is idle.

import type { ComponentChild, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Layout } from './components/layout';
import { SignedIn } from './components/signed_in';
import { Loading, Skeleton } from './components/ui';
import { use_all_words } from './i18n';
import { place } from './router';

/** What a page is told of its address: the part that the pattern holds. */
interface PageProps { name: string }

interface Route {
  pattern: RegExp;
  fetch: () => Promise<ComponentType<PageProps>>;
  page?: ComponentType<PageProps>;
  /** It makes do with the words that come with the first script: people come in by it. */
  first?: boolean;
  signed_in?: boolean;
}

const ROUTES: Route[] = [
  { pattern: /^\/$/, fetch: async () => (await import('./pages/home')).HomePage, first: true },
  { pattern: /^\/products$/, fetch: async () => (await import('./pages/products')).ProductsPage, first: true },
  { pattern: /^\/products\/([^/]+)$/, fetch: async () => (await import('./pages/product')).ProductPage, first: true },
  { pattern: /^\/cart$/, fetch: async () => (await import('./pages/cart')).CartPage },
  { pattern: /^\/campaigns$/, fetch: async () => (await import('./pages/campaigns')).CampaignsPage, first: true },
  { pattern: /^\/campaigns\/([^/]+)$/, fetch: async () => (await import('./pages/campaigns')).CampaignPage, first: true },
  { pattern: /^\/signin$/, fetch: async () => (await import('./pages/account')).SignInPage },
  { pattern: /^\/register$/, fetch: async () => (await import('./pages/account')).RegisterPage },
  { pattern: /^\/me$/, fetch: async () => (await import('./pages/account')).MyPage },
  { pattern: /^\/reset$/, fetch: async () => (await import('./pages/password')).ResetPage },
  { pattern: /^\/me\/password$/, fetch: async () => (await import('./pages/password')).PasswordPage, signed_in: true },
  { pattern: /^\/me\/addresses$/, fetch: async () => (await import('./pages/addresses')).AddressesPage, signed_in: true },
  { pattern: /^\/me\/erase$/, fetch: async () => (await import('./pages/erase')).ErasePage, signed_in: true },
  { pattern: /^\/checkout$/, fetch: async () => (await import('./pages/checkout')).CheckoutPage, signed_in: true },
  { pattern: /^\/orders$/, fetch: async () => (await import('./pages/orders')).OrdersPage, signed_in: true },
  { pattern: /^\/orders\/([^/]+)$/, fetch: async () => (await import('./pages/order')).OrderPage, signed_in: true },
  { pattern: /^\/orders\/([^/]+)\/receipt$/, fetch: async () => (await import('./pages/receipt')).ReceiptPage, signed_in: true },
  { pattern: /^\/coupons$/, fetch: async () => (await import('./pages/coupons')).CouponsPage, signed_in: true },
  { pattern: /^\/balance$/, fetch: async () => (await import('./pages/balance')).BalancePage, signed_in: true },
];
const MISSING: Route = { pattern: /^/, fetch: async () => (await import('./pages/missing')).MissingPage };

const route_of = (path: string): Route => ROUTES.find((route) => route.pattern.test(path)) ?? MISSING;

async function fetch_route(route: Route): Promise<void> {
  const [page] = await Promise.all([route.page ?? route.fetch(), route.first ? undefined : use_all_words()]);
  route.page = page;
}
export const fetch_page = (path: string): Promise<void> => fetch_route(route_of(path));

export async function fetch_all_pages(): Promise<void> {
  for (const route of ROUTES) await fetch_route(route).catch(() => {});
}

function Page({ path }: { path: string }): ComponentChild {
  const [, redraw] = useState(0);
  const route = route_of(path);
  useEffect(() => {
    if (!route.page) void fetch_route(route).finally(() => redraw((n) => n + 1));
  }, [route]);
  const Found = route.page;
  if (!Found) return <><Loading /><Skeleton kind="block" /></>;
  const page = <Found key={path} name={route.pattern.exec(path)?.[1] ?? ''} />;
  return route.signed_in ? <SignedIn>{page}</SignedIn> : page;
}

export function App() {
  const { path } = place.value;
  return <Layout><Page path={path} /></Layout>;
}
