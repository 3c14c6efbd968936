// The service worker: started once the shop is idle, and what comes with a new version of it.

import { update } from './shop';

export async function start_worker(): Promise<void> {
  const worker = navigator.serviceWorker;
  const first_visit = worker.controller === null;
  let mine = false; // the change was asked for by this page
  worker.addEventListener('controllerchange', () => {
    if (mine) location.reload();
    else if (!first_visit) update.value = () => location.reload(); // another tab changed over
  });
  const in_charge = new Promise((resolve) => worker.addEventListener('controllerchange', resolve, { once: true }));
  const registration = await worker.register('/sw.js');
  if (first_visit) {
    const { active } = await worker.ready;
    if (!worker.controller) active?.postMessage('take_charge'); // it passes over pages that are still being loaded
    await in_charge;
    await keep_what_was_seen();
  }
  const look = async (): Promise<void> => {
    const { waiting } = registration;
    if (!waiting || !worker.controller) return;
    const take_over = (): void => waiting.postMessage('take_over');
    // This page came with the new version already, by the network: nothing is to be loaded again.
    if (await is_newest()) return take_over();
    update.value = () => {
      mine = true;
      take_over();
    };
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => void look());
  });
  await look();
  // A shop that stays open, as an installed app does, asks when it is taken up again.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => {});
  });
}

/** Caches are named in the order of their making: the last version's has this page's script only when it is that version's. */
async function is_newest(): Promise<boolean> {
  const newest = (await caches.keys()).filter((name) => name.startsWith('app-')).at(-1);
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return !newest || !script || (await (await caches.open(newest)).match(script.src)) !== undefined;
}

/**
 * What was seen before there was a worker is fetched through it, so that it keeps it; and, for who saves no data, what the
 * page leads to: the list and the products it shows. So a shop that was looked at once can be walked about in without a network.
 */
async function keep_what_was_seen(): Promise<void> {
  const seen = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && !pathname.endsWith('/issue')
      && /^\/(media|api\/v1\/(shop|products|categories|campaigns))\b/.test(pathname))
    .map(({ pathname, search }) => pathname + search);
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  const shown = [...document.querySelectorAll<HTMLAnchorElement>('a.tile-link')].map((tile) => `/api/v1${tile.pathname}`);
  const ahead = connection?.saveData ? [] : ['/api/v1/products?limit=24', '/api/v1/categories', '/api/v1/campaigns', ...shown];
  for (const path of new Set([...seen, ...ahead])) await fetch(path).catch(() => {});
}
