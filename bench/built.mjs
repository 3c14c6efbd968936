// What is measured: the native programs and the package.

import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = new URL('../', import.meta.url);
export const folder = fileURLToPath(root);
export const build = process.env.CARTWRIGHT_BUILD ?? `${folder}build/release`;
export const quote_bench = `${build}/bench/quote_bench`;
export const best_bench = `${build}/bench/best_bench`;
export const package_url = process.env.CARTWRIGHT_PACKAGE
  ? pathToFileURL(`${process.env.CARTWRIGHT_PACKAGE}/`)
  : new URL('wasm/', root);

/** What a program says: {stdout, stderr}. Throws when it fails. */
export function run(program, args, { input = '', env = {} } = {}) {
  const done = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, ...env } });
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.error ?? done.stderr}`);
  return done;
}
