// The service worker: what has been seen once still shows without a network.
//
// The build puts two constants before this file: VERSION (a hash of all files) and FILES (what the shop is made of).
//   the shop's files    fetched at install, served from the cache; a new version brings a new cache, and waits with it
//                       until a page says `take_over` (state/worker.ts) or the last page of the old one is gone
//   public pages        network first, else as they were last seen, else the shop's empty frame
//   public API reads    network first, else, also when it takes too long, as they were last seen
//   an account's reads  the same in a cache of their own, which goes when the account goes
//   pictures            from the cache, refreshed beside it
// Everything that writes, and the live stream, is left to the network.

declare const self: ServiceWorkerGlobalScope;
declare const VERSION: string;
declare const FILES: string[];

const APP = `app-${VERSION}`;
const PAGES = `pages-${VERSION}`; // they name the files of this version
const DATA = 'data';
const ACCOUNT = 'account';
const MEDIA = 'media';
const MEDIA_MAX = 300;
/** A page that the server sends without content of its own: the frame for every page that was not seen yet. */
const FRAME = '/me';
/** Pages that the server fills. Of the others no address is kept either: an order's number is its owner's. */
const HAS_CONTENT = /^\/($|products\b|campaigns\b)/;
const PATIENCE_MS = 4000;

/** Counts accounts: an answer that was asked for by the one before is not kept. */
let account = 0;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(APP).then((cache) => cache.addAll([...FILES, FRAME])));
});

self.addEventListener('activate', (event) => {
  const mine = [APP, PAGES, DATA, ACCOUNT, MEDIA];
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (!mine.includes(name)) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener('message', (event) => {
  if (event.data === 'take_over') return event.waitUntil(self.skipWaiting());
  if (event.data === 'take_charge') return event.waitUntil(self.clients.claim());
  if (event.data !== 'account_changed') return;
  account++;
  event.waitUntil(Promise.all([caches.delete(ACCOUNT), caches.delete(DATA)]));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const { pathname } = url;
  if (FILES.includes(pathname)) return event.respondWith(from_cache(request, APP));
  if (pathname.startsWith('/media/')) return event.respondWith(picture(event));
  if (pathname.startsWith('/api/v1/')) {
    const path = pathname.slice('/api/v1'.length);
    if (path === '/stream' || path === '/snapshot') return; // the page keeps the snapshot itself
    if (path.startsWith('/admin/')) return; // nothing of the back office is kept
    const of_account = /^\/(me|orders)(\/|$)/.test(path);
    return event.respondWith(network_first(request, of_account ? ACCOUNT : DATA));
  }
  if (request.mode === 'navigate' && !/^\/(admin\b|docs|openapi\.json|healthz|readyz)/.test(pathname)) event.respondWith(page(request));
});

async function from_cache(request: Request, name: string): Promise<Response> {
  return (await (await caches.open(name)).match(request.url)) ?? fetch(request);
}

const too_slow = (): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));

/** A page asks for fresh data; what is kept is for when none comes, and, unless it is an account's, for when it takes too long. */
async function network_first(request: Request, name: string): Promise<Response> {
  const asked_by = account;
  const kept = async (): Promise<Response | undefined> => {
    const found = await (await caches.open(name)).match(request);
    if (!found) return undefined;
    const headers = new Headers(found.headers);
    headers.set('X-From-Cache', '1');
    return new Response(found.body, { status: found.status, headers });
  };
  const network = fetch(request).then(async (response) => {
    if (response.ok && asked_by === account) await (await caches.open(name)).put(request, response.clone());
    return response;
  });
  try {
    if (name === ACCOUNT) return await network;
    return (await Promise.race([network, too_slow()])) ?? (await kept()) ?? (await network);
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  }
}

async function page(request: Request): Promise<Response> {
  const cache = await caches.open(PAGES);
  const kept = async (): Promise<Response | undefined> =>
    (await cache.match(request)) ?? (await (await caches.open(APP)).match(FRAME));
  const network = fetch(request).then(async (response) => {
    if (response.ok && !response.redirected && HAS_CONTENT.test(new URL(request.url).pathname)) await cache.put(request, response.clone());
    return response;
  });
  try {
    return (await Promise.race([network, too_slow()])) ?? (await kept()) ?? (await network);
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  }
}

async function picture(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(MEDIA);
  const kept = await cache.match(event.request);
  const fresh = fetch(event.request).then(async (response) => {
    if (response.ok) {
      await cache.put(event.request, response.clone());
      const keys = await cache.keys();
      if (keys.length > MEDIA_MAX) await cache.delete(keys[0]!);
    }
    return response;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return kept;
}

export {};
