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
  performance.mark('started'); // what is fetched from here on is for the pages to come
  await fetch_all_pages();
  if (import.meta.env.PROD && 'serviceWorker' in navigator) await (await import('./state/worker')).start_worker();
}

void start();
