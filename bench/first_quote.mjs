// In a process of its own: milliseconds from having the module's bytes to the first quote of the request on the standard
// input, and bytes of linear memory after it.

import { readFileSync } from 'node:fs';
import { package_url } from './built.mjs';

const request = JSON.parse(readFileSync(0, 'utf8'));
const bytes = readFileSync(new URL('dist/cartwright.wasm', package_url));
const { load } = await import(new URL('dist/index.js', package_url));

let memory; // the package keeps it to itself
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const instance = await instantiate(...args);
  memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
  return instance;
};

const begin = performance.now();
const cartwright = await load({ wasm: bytes });
const quote = cartwright.quote(request);
const ms = performance.now() - begin;
if (!('total' in quote)) throw new Error(JSON.stringify(quote));
console.log(JSON.stringify({ ms, memory: memory.buffer.byteLength }));
