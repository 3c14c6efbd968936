// The module in Chromium, under a policy that forbids making code from text.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch, open_page, policy } from './installed.mjs';
import { count, generated_requests, native_quotes, package_folder, seed } from './native.mjs';

const types = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** The page, and the package's files beside it. */
async function answer(request, response) {
  const name = basename(new URL(request.url, 'http://localhost').pathname);
  response.setHeader('content-security-policy', policy);
  if (name === 'page.js' || name === 'worker.js') {
    response.setHeader('content-type', types['.js']);
    const page = "import { load } from './index.js'; globalThis.cartwright = load();";
    const worker = "import { load } from './index.js'; const c = await load(); onmessage = ({ data }) => postMessage(c.quote(data)); postMessage('ready');";
    response.end(name === 'page.js' ? page : worker);
  } else if (extname(name) in types) {
    response.setHeader('content-type', types[extname(name)]);
    response.end(await readFile(join(package_folder, 'dist', name)));
  } else {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>cartwright</title><link rel="icon" href="data:,"><script type="module" src="page.js"></script>');
  }
}

describe('in Chromium', () => {
  let server, browser, page, complaints;

  before(async () => {
    server = createServer((request, response) => answer(request, response).catch((error) => response.writeHead(500).end(String(error))));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await launch();
    ({ page, complaints } = await open_page(browser, `http://127.0.0.1:${server.address().port}/`));
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  it('quotes equal the native ones', async () => {
    const texts = generated_requests(Math.ceil(count / 5), seed + 1);
    const natives = native_quotes(texts);
    for (let at = 0; at < texts.length; at += 500) {
      const part = texts.slice(at, at + 500);
      const answers = await page.evaluate(async (part) => {
        const cartwright = await globalThis.cartwright;
        return part.map((text) => JSON.stringify(cartwright.quote(JSON.parse(text))));
      }, part);
      assert.deepEqual(answers, natives.slice(at, at + 500));
    }
  });

  it('a worker quotes too', async () => {
    const [text] = generated_requests(1, seed + 2);
    const quoted = await page.evaluate(
      (request) =>
        new Promise((resolve, reject) => {
          const worker = new Worker('worker.js', { type: 'module' });
          worker.onerror = () => reject(new Error('the worker failed'));
          worker.onmessage = ({ data }) => (data === 'ready' ? worker.postMessage(request) : resolve(JSON.stringify(data)));
        }),
      JSON.parse(text),
    );
    assert.equal(quoted, native_quotes([text])[0]);
  });

  it('nothing was against the policy', () => assert.deepEqual(complaints, []));
});
