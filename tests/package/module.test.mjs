// What a JavaScript caller may do to the module: anything, and it answers with a value.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { is_error, load } from '../../wasm/dist/index.js';

const wasm_url = new URL('../../wasm/dist/cartwright.wasm', import.meta.url);
const cartwright = await load();

const request = (change = {}) => ({
  now: 1,
  shop: { currency: 'KRW' },
  variants: [{ id: 1, product_id: 1, unit_price: 1000, stock: 5 }],
  lines: [{ variant_id: 1, quantity: 2 }],
  ...change,
});
const rule = (change = {}) => ({ id: 1, target: 'order', type: 'percent', basis_points: 1000, ...change });
const refused = (path) => ({ error: { code: 'invalid_request', path } });

function throwing() {
  throw new Error('a getter of the page');
}

describe('load', () => {
  it('takes bytes, a URL, a text, a Response and a compiled module', async () => {
    const bytes = readFileSync(wasm_url);
    const response = (type) => new Response(bytes, { headers: type ? { 'content-type': type } : {} });
    const sources = [
      bytes,
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      wasm_url,
      wasm_url.href,
      response('application/wasm'),
      Promise.resolve(response(null)),
      await WebAssembly.compile(bytes),
    ];
    for (const wasm of sources) assert.equal((await load({ wasm })).quote(request()).total, 2000);
  });

  it('rejects when the bytes are missing or are something else', async () => {
    await assert.rejects(load({ wasm: new Response('', { status: 404 }) }), /404/);
    await assert.rejects(load({ wasm: new Uint8Array([1, 2, 3]) }), WebAssembly.CompileError);
    await assert.rejects(load({ wasm: new URL('nothing.wasm', wasm_url) }));
  });

  it('tells which rules it has', () => {
    const header = readFileSync(new URL('../../core/version.h', import.meta.url), 'utf8');
    assert.equal(cartwright.rules_version, /rules_version = "([^"]+)"/.exec(header)[1]);
  });
});

describe('a request that is not one is refused with its place', () => {
  const one_rule = (change) => request({ promotions: [rule(change)] });
  const cases = [
    ['nothing', undefined, '$'],
    ['null', null, '$'],
    ['a number', 7, '$'],
    ['a list', [], '$'],
    ['a function', () => 0, '$'],
    ['an empty object', {}, '$.now'],
    ['a date', new Date(0), '$.now'],
    ['a map', new Map([['now', 1]]), '$.now'],
    ['NaN', request({ now: NaN }), '$.now'],
    ['infinity', request({ now: Infinity }), '$.now'],
    ['a fraction', request({ now: 1.5 }), '$.now'],
    ['2^53', request({ now: 2 ** 53 }), '$.now'],
    ['a BigInt', request({ now: 1n }), '$.now'],
    ['a numeric text', request({ now: '1' }), '$.now'],
    ['a symbol', request({ now: Symbol('now') }), '$.now'],
    ['null for a number', request({ now: null }), '$.now'],
    ['a missing currency', request({ shop: {} }), '$.shop.currency'],
    ['an unknown currency', request({ shop: { currency: 'WON' } }), '$.shop.currency'],
    ['null for a struct', request({ shop: null }), '$.shop'],
    ['a text for a struct', request({ shop: 'KRW' }), '$.shop'],
    ['an object for a list', request({ lines: { length: 1 } }), '$.lines'],
    ['a typed array for a list', request({ lines: new Float64Array(2) }), '$.lines'],
    ['null for a list', request({ lines: null }), '$.lines'],
    ['a hole in a list', request({ lines: [, { variant_id: 1, quantity: 1 }] }), '$.lines[0]'],
    ['an unknown key', request({ discount: 5 }), '$.discount'],
    ['an unknown key below', request({ lines: [{ variant_id: 1, quantity: 1, price: 1 }] }), '$.lines[0].price'],
    ['an unknown key before another fault', { colour: 1, now: 'x' }, '$.colour'],
    ['an unknown key in Korean', request({ 할인: 1 }), '$.할인'],
    ['a key called __proto__', JSON.parse('{"__proto__":1}'), '$.__proto__'],
    ['an unknown word', one_rule({ target: 'everything' }), '$.promotions[0].target'],
    ['a word that objects inherit', one_rule({ target: 'toString' }), '$.promotions[0].target'],
    ['a number for a word', one_rule({ target: 0 }), '$.promotions[0].target'],
    ['1 for true', one_rule({ exclusive: 1 }), '$.promotions[0].exclusive'],
    ['a number for a text', one_rule({ name: 5 }), '$.promotions[0].name'],
    ['a text object', one_rule({ name: new String('x') }), '$.promotions[0].name'],
    ['201 letters', one_rule({ name: 'x'.repeat(201) }), '$.promotions[0].name'],
    ['67 Korean letters, 201 bytes', one_rule({ name: '가'.repeat(67) }), '$.promotions[0].name'],
    ['a whole book', one_rule({ name: 'x'.repeat(5_000_000) }), '$.promotions[0].name'],
    ['a lone high surrogate', one_rule({ name: 'a\ud800b' }), '$.promotions[0].name'],
    ['a lone low surrogate', one_rule({ name: '\udc00' }), '$.promotions[0].name'],
    ['a high surrogate at the end', one_rule({ stack_group: '\ud83d' }), '$.promotions[0].stack_group'],
    ['501 lines', request({ lines: Array.from({ length: 501 }, (_, i) => ({ variant_id: i + 1, quantity: 1 })) }), '$.lines'],
    ['a list of 2^32-1', request({ lines: new Array(2 ** 32 - 1) }), '$.lines'],
    ['a negative price', request({ variants: [{ id: 1, product_id: 1, unit_price: -1, stock: 1 }] }), '$.variants[0].unit_price'],
    ['a doubled line', request({ lines: [1, 1].map((variant_id) => ({ variant_id, quantity: 1 })) }), '$.lines[1].variant_id'],
  ];
  for (const [name, value, path] of cases) {
    it(name, () => assert.deepEqual(cartwright.quote(value), refused(path)));
  }

  it('a cycle', () => {
    const value = request();
    value.lines = [value];
    assert.deepEqual(cartwright.quote(value), refused('$.lines[0].now'));
  });

  it('a getter that throws, and a proxy that does', () => {
    assert.deepEqual(cartwright.quote({ ...request(), get lines() { return throwing(); } }), refused('$.lines')); // prettier-ignore
    assert.deepEqual(cartwright.quote({ get now() { return throwing(); } }), refused('$.now')); // prettier-ignore
    assert.deepEqual(cartwright.quote(new Proxy({}, { ownKeys: throwing })), refused('$'));
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    assert.deepEqual(cartwright.quote(revoked.proxy), refused('$'));
  });

  it('and the next request is answered as if nothing had been', () => {
    assert.equal(cartwright.quote(request()).total, 2000);
  });
});

describe('a request may', () => {
  it('have undefined where a key is left out, known or not', () => {
    assert.equal(cartwright.quote(request({ customer: undefined, colour: undefined })).total, 2000);
    assert.deepEqual(cartwright.quote(request({ now: undefined })), refused('$.now'));
  });

  it('be frozen, without prototype, or an instance of a class', () => {
    class Line {
      variant_id = 1;
      quantity = 2;
    }
    const bare = Object.assign(Object.create(null), request({ lines: [new Line()] }));
    assert.equal(cartwright.quote(Object.freeze(bare)).total, 2000);
  });

  it('hold -0, and texts of every kind', () => {
    for (const name of ['', 'é', '가나다', '👩‍👩‍👧', '\0', '\ufeffx', 'x'.repeat(200)]) {
      const { total } = cartwright.quote(request({ promotions: [rule({ name, amount: -0 })] }));
      assert.equal(total, 1800);
    }
  });

  it('ask for another quote in a getter', () => {
    let inner;
    const outer = cartwright.quote({
      ...request(),
      get lines() {
        inner = cartwright.quote(request({ lines: [{ variant_id: 1, quantity: 5 }] }));
        return [{ variant_id: 1, quantity: 1 }];
      },
    });
    assert.deepEqual([inner.total, outer.total], [5000, 1000]);
  });

  it('be so large that memory grows, and still be read whole', () => {
    const ids = Array.from({ length: 1000 }, (_, i) => i + 1);
    const variants = Array.from({ length: 5000 }, (_, i) => ({ id: i + 1, product_id: 1, unit_price: 10, stock: 9, category_ids: ids }));
    const lines = Array.from({ length: 500 }, (_, i) => ({ variant_id: i + 1, quantity: 1 }));
    const answer = cartwright.quote(request({ variants, lines }));
    assert.equal(answer.lines.length, 500);
    assert.equal(answer.total, 5000);
  });
});

describe('a shop', () => {
  const data = (unit_price) => ({ shop: { currency: 'KRW' }, variants: [{ id: 1, product_id: 1, unit_price, stock: 5, max_quantity: 3 }] });
  const cart = { now: 1, lines: [{ variant_id: 1, quantity: 2 }] };

  it('keeps its own prices while another one is open', () => {
    const [a, b] = [cartwright.open(data(100)), cartwright.open(data(200))];
    assert.deepEqual([a, b, b, a].map((shop) => shop.quote(cart).total), [200, 400, 400, 200]);
  });

  it('that is at fault is refused, and the one before stays', () => {
    const shop = cartwright.open(data(100));
    assert.deepEqual(cartwright.open(data(-1)), refused('$.variants[0].unit_price'));
    assert.equal(shop.quote(cart).total, 200);
  });

  it('may have 100,000 variants', () => {
    const variants = Array.from({ length: 100_000 }, (_, i) => ({ id: i + 1, product_id: 1, unit_price: i, stock: 9 }));
    const shop = cartwright.open({ shop: { currency: 'KRW' }, variants });
    assert.equal(shop.quote({ now: 1, lines: [{ variant_id: 100_000, quantity: 1 }] }).total, 99_999);
  });

  it('edits a cart within its limits and leaves the old one as it was', () => {
    const shop = cartwright.open(data(100));
    const before = { lines: [{ variant_id: 1, quantity: 2 }] };
    assert.deepEqual(shop.apply(before, { name: 'add', variant_id: 1, quantity: 2 }), {
      lines: [{ variant_id: 1, quantity: 3, selected: true }],
    });
    assert.deepEqual(before, { lines: [{ variant_id: 1, quantity: 2 }] });
    assert.deepEqual(shop.apply(before, { name: 'add', variant_id: 9 }), { error: { code: 'not_found' } });
    assert.deepEqual(shop.apply(null, { name: 'clear' }), refused('$.lines'));
    assert.deepEqual(shop.apply(before, { name: 'add' }), refused('$.mutation.variant_id'));
    assert.deepEqual(cartwright.apply(before, { name: 'remove', variant_id: 1 }), { lines: [] });
  });

  it('is told from a refusal by is_error', () => {
    assert.equal(is_error(cartwright.open(data(1))), false);
    assert.equal(is_error(cartwright.open({})), true);
  });
});
