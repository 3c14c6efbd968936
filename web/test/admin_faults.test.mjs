// Every reason that the server gives for a field an admin fills in, and every fault of a file, has its sentence.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fault_text, file_fault_text } from '../src/admin/faults.ts';
import { faults_en, faults_ko } from '../src/admin/faults_words.ts';

const root = new URL('../../', import.meta.url);
const text_of = (path) => readFileSync(new URL(path, root), 'utf8');
const sources = (folder) => readdirSync(new URL(folder, root))
  .filter((name) => /\.(cpp|h)$/.test(name)).map((name) => text_of(folder + name)).join('\n');

/** The literals at the head of a sentence; what is computed between them is taken for a number. */
function sentences(source, before) {
  const found = source.matchAll(new RegExp(`${before}"((?:[^"\\\\]|\\\\.)*)"([^;}]*);`, 'g'));
  return [...found].map(([, head, tail]) => {
    if (!/^\s*\+/.test(tail)) return head;
    const parts = [...tail.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text);
    return [head, ...parts].join('7') + (/"\)*\s*$/.test(tail) ? '' : '7');
  });
}

const in_english = { words: faults_en, number: (value) => value.toLocaleString('en') };
const in_korean = { words: faults_ko, number: (value) => value.toLocaleString('ko') };

test('what the server says of an admin’s field is known, in the language of the back office', () => {
  const files = ['admin_campaigns', 'admin_rules', 'admin_categories', 'admin_variants', 'admin_products', 'product_input', 'rule_codes'];
  const said = files.flatMap((name) => sentences(text_of(`server/shop/${name}.cpp`), '(?:invalid(?:_at)?\\([^;]*?, *|in_use\\()\\s*'));
  assert.ok(said.length > 25, `found ${said.length}`);
  const with_figures = { 'must be an integer from ': 'must be an integer from 0 to 9', 'must have at most ': 'must have at most 9 bytes' };
  const decoder = sentences(text_of('core/decode.h'), 'fail(?:_at)?\\((?:[\\w.\\[\\]]+, )?')
    .filter((reason) => reason.trim() !== '').map((reason) => with_figures[reason] ?? reason);
  assert.ok(decoder.length > 10, `found ${decoder.length}`);
  const unknown = [...said, ...decoder].filter((reason) => fault_text(reason, in_korean) === undefined);
  assert.deepEqual(unknown, []);
});

test('every fault of a file has a sentence of its own', () => {
  const heads = 'bad|missing|too_many|duplicate|unknown|unterminated|field|row|file|text|html|empty|price';
  const codes = new Set([...sources('server/import/').matchAll(new RegExp(`"((?:${heads})_[a-z_]+)"`, 'g'))].map(([, code]) => code));
  assert.ok(codes.size > 25, `found ${codes.size}`);
  const detail = 'at most 9';
  for (const code of codes) assert.notEqual(file_fault_text({ code, detail }, in_korean), detail, code);
});

test('a reason keeps its figures, and one that nobody knows is left to the server’s words', () => {
  assert.equal(fault_text('must be an integer from 0 to 1000000', in_korean), '0부터 1,000,000까지의 수를 적어 주세요');
  assert.equal(fault_text('must be an integer from 0 to 1000000', in_english), 'Between 0 and 1,000,000, please');
  assert.equal(fault_text('is a riddle', in_english), undefined);
  const detail = '"eighty" is not a price: digits and a decimal point only';
  const price = file_fault_text({ code: 'bad_price', detail }, in_english);
  assert.match(price, /^“eighty” · /);
  assert.equal(file_fault_text({ code: 'new_kind', detail: 'something else' }, in_english), 'something else');
});
