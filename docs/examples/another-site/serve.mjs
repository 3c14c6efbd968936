// The magazine's own server: node serve.mjs SHOP_URL PORT
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const [shop, port] = process.argv.slice(2);
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.wasm': 'application/wasm' };

// Scripts and styles from here only; the shop is where prices and pictures come from. WebAssembly needs its own word.
const policy = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", `connect-src 'self' ${shop}`,
  `img-src 'self' data: ${shop}`, "base-uri 'none'", "form-action 'none'",
].join('; ');

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const path = pathname === '/' ? '/index.html' : pathname;
  response.setHeader('Content-Security-Policy', policy);
  try {
    const content = await readFile(new URL(`.${path}`, import.meta.url));
    response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
    response.end(extname(path) === '.html' ? content.toString().replaceAll('SHOP_URL', shop) : content);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
