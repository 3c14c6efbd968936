// What the native core answers, and requests to ask it. The binaries: CARTWRIGHT_BINARY (`quote` reads NDJSON),
// CARTWRIGHT_EDIT_LINES and CARTWRIGHT_PRINT_TYPES; by default those of the release build.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { make_generator } from '../pricing/generate.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const package_folder = `${root}wasm/`;
export const seed = Number(process.env.PACKAGE_SEED ?? Math.trunc(Math.random() * 2 ** 31));
export const count = Number(process.env.PRICING_COUNT ?? 10_000);

const release = `${root}build/release/`;
const binary = process.env.CARTWRIGHT_BINARY ?? `${release}cartwright`;
const edit_lines = process.env.CARTWRIGHT_EDIT_LINES ?? `${release}tests/edit_lines`;
const print_types = process.env.CARTWRIGHT_PRINT_TYPES ?? `${release}print_types`;

function run(command, args, input = '') {
  const done = spawnSync(command, args, { input, maxBuffer: 2 ** 30, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.error ?? done.stderr}`);
  return done.stdout;
}

const lines_of = (output) => output.split('\n').slice(0, -1);

/** One answer per request text. */
export const native_quotes = (texts) => lines_of(run(binary, ['quote'], texts.join('\n') + '\n'));

/** The rules of the command line. */
export const native_rules_version = () => /, rules (.+)\n$/.exec(run(binary, ['--version']))[1];

/** One cart per edit ({lines, mutation, variants} as text). */
export const native_edits = (texts) => lines_of(run(edit_lines, [], texts.join('\n') + '\n'));

/** What the committed TypeScript must be: `package` or `api`. */
export const printed_types = (what) => run(print_types, [what]);

/** `count` generated requests as texts that a JavaScript caller could have as objects. */
export function generated_requests(count, from = seed) {
  const generator = make_generator(from);
  const kinds = ['small', 'picks', 'uncounted', 'adversarial', 'best_small', 'best_twins', 'invalid', 'invalid'];
  const texts = [];
  for (let i = 0; texts.length < count; i++) {
    const text = generator.next_request({ kind: kinds[i % kinds.length] });
    if (is_plain(text)) texts.push(text);
  }
  return texts;
}

// JSON that says something which objects can't: doubled keys, 1.0, numbers beyond 2^53, malformed text. The native
// reader refuses those; a JavaScript caller can't hand them over.
export function is_plain(text) {
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value) === text;
  } catch {
    return false;
  }
}
