// The package as others have it: packed, and installed in a folder of its own. And Chromium to open what was made of it.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { package_folder } from './native.mjs';

const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.wasm': 'application/wasm' };
export const policy =
  "default-src 'none'; img-src data:; connect-src 'self'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags.split(' ') });

export const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Folders that leave with the tests. The first call packs. */
export class Installations {
  #home = mkdtempSync(join(tmpdir(), 'cartwright-'));
  #tarball;
  #count = 0;

  /** A new folder with the package installed from its tarball, and these files in it. */
  folder(files = {}) {
    this.#tarball ??= join(this.#home, JSON.parse(npm(['pack', '--json', '--pack-destination', this.#home], package_folder))[0].filename);
    const folder = mkdtempSync(join(this.#home, `${++this.#count}-`));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'elsewhere', private: true, type: 'module' }));
    npm(['install', '--offline', '--no-audit', '--no-fund', this.#tarball], folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }

  remove() {
    rmSync(this.#home, { recursive: true });
  }
}

/** Serves a folder under the strict policy. `more(path)`: text of files that aren't there. */
export async function serve(folder, more = () => undefined) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    response.setHeader('content-security-policy', policy);
    try {
      const content = more(path) ?? (await readFile(join(folder, path)));
      response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** A page and everything that it complained of: console errors, exceptions, breaches of the policy. */
export async function open_page(browser, url) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, complaints };
}
