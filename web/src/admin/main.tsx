// The back office: an app of its own at /admin and below, with the shop's account, words and looks.

import { render } from 'preact';
import { use_all_words, use_first_language } from '../i18n';
import { start_router } from '../router';
import { client, open_client } from '../state/shop';
import { App } from './app';
import { guard_leaving } from './leaving';
import '../styles/index.css';
import './admin.css';
import './rules.css';

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) return;
  // The page is a plain file, so the browser says the language where nothing was chosen yet.
  document.documentElement.lang = navigator.language.startsWith('ko') ? 'ko' : 'en';
  await Promise.all([open_client(), use_first_language()]);
  await use_all_words();
  guard_leaving();
  start_router(/^\/admin(\/|$)/);
  render(<App />, root);
  await client.start();
}

void start();
