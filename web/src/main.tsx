// Start: what this browser remembers is shown first, then the network is asked.

import { render } from 'preact';
import { App, fetch_all_pages, fetch_page } from './app';
import { use_first_language } from './i18n';
import { place, start_router, when_settled } from './router';
import { client, open_client } from './state/shop';
import './styles/index.css';

/** The server's page stays until ours has its content, but not longer than this. */
const PATIENCE_MS = 2000;

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) return;
  await Promise.all([open_client(), use_first_language(), fetch_page(place.value.path).catch(() => {})]);
  start_router();
  const stage = document.createElement('div');
  stage.className = 'stage';
  render(<App />, stage);
  const started = client.start();
  if (root.childElementCount > 0) {
    await Promise.race([when_settled, new Promise((resume) => setTimeout(resume, PATIENCE_MS))]);
  }
  root.replaceChildren(stage);
  await started;
  await fetch_all_pages();
  if (import.meta.env.PROD && 'serviceWorker' in navigator) await start_worker();
}

async function start_worker(): Promise<void> {
  const worker = navigator.serviceWorker;
  const first_visit = worker.controller === null;
  const in_charge = new Promise((resolve) => worker.addEventListener('controllerchange', resolve, { once: true }));
  await worker.register('/sw.js');
  if (!first_visit) return;
  await in_charge;
  // What was seen before there was a worker is fetched through it, so that it keeps it.
  for (const { name } of performance.getEntriesByType('resource')) {
    const { origin, pathname } = new URL(name);
    const kept = /^\/(media|api\/v1\/(shop|products|categories|campaigns))\b/.test(pathname) && !pathname.endsWith('/issue');
    if (origin === location.origin && kept) await fetch(name).catch(() => {});
  }
}

void start();
