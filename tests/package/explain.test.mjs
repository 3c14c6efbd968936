// Every code has its sentence in every language, and a code without one doesn't compile.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { en, exponent_of, explain, ko, money } from '../../wasm/dist/explain.js';
import { load } from '../../wasm/dist/index.js';
import { package_folder } from './native.mjs';

const HOUR = 3_600_000;
const wallet = [
  { id: 1, rule: { id: 1, name: '첫 주문', target: 'order', type: 'fixed', amount: 5000 } },
  { id: 2, rule: { id: 2, name: '3만원 이상', target: 'order', type: 'percent', basis_points: 1000, min_amount: 30000 } },
  { id: 3, rule: { id: 3, name: '둘째', target: 'order', type: 'fixed', amount: 1000 } },
  { id: 4, rule: { id: 4, name: '내일', target: 'order', type: 'fixed', amount: 1000, starts_at: 26 * HOUR } },
  { id: 5, rule: { id: 5, name: '다섯 개', target: 'order', type: 'fixed', amount: 1000, min_quantity: 5 } },
];
const request = {
  now: HOUR,
  shop: { currency: 'KRW', shipping: { fee: 3000 } },
  variants: [{ id: 1, product_id: 1, unit_price: 13400, stock: 1 }],
  lines: [{ variant_id: 1, quantity: 2 }],
  promotions: [{ id: 9, name: '무료배송', target: 'shipping', type: 'free' }],
  coupons: wallet,
  choice: { mode: 'listed', coupons: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }, { id: 5 }] },
};

describe('a quote in words', () => {
  const quote_of = async () => (await load()).quote(request);

  it('in Korean', async () => {
    const [quote, say] = [await quote_of(), explain(ko, request)];
    assert.deepEqual(quote.rejected.map(say.rejection), [
      '3,200원 더 담으면 쿠폰을 쓸 수 있어요',
      '‘첫 주문’ 쿠폰과 함께 쓸 수 없어요',
      '1일 후부터 쓸 수 있어요',
      '3개 더 담으면 쿠폰을 쓸 수 있어요',
    ]);
    assert.deepEqual(quote.applied.map(say.applied), ['‘첫 주문’ 5,000원 할인', '‘무료배송’ 배송비 3,000원 할인']);
    assert.deepEqual(quote.lines[0].discounts.map(say.applied), ['‘첫 주문’ 5,000원 할인']);
    assert.deepEqual(quote.lines[0].problems.map(say.problem), ['재고가 1개 남았어요.']);
  });

  it('in English', async () => {
    const [quote, say] = [await quote_of(), explain(en, request)];
    assert.deepEqual(quote.rejected.map(say.rejection), [
      'Add ₩3,200 more to use this coupon',
      'Can’t be combined with “첫 주문”',
      'Can be used in 1 day',
      'Add 3 more to use this coupon',
    ]);
    assert.deepEqual(quote.applied.map(say.applied), ['“첫 주문”: ₩5,000 off', '“무료배송”: ₩3,000 off shipping']);
    assert.deepEqual(quote.lines[0].problems.map(say.problem), ['Only 1 left.']);
  });

  it('says how long something lasts, never more than there is', () => {
    const [korean, english] = [explain(ko, request), explain(en, request)];
    const cases = [
      [null, '기간 제한 없음', 'No time limit'],
      [HOUR, '끝났어요', 'Ended'],
      [HOUR + 59_999, '59초 후에 끝나요', 'Ends in 59 seconds'],
      [HOUR + 60_000, '1분 후에 끝나요', 'Ends in 1 minute'],
      [3 * HOUR, '2시간 후에 끝나요', 'Ends in 2 hours'],
      [25 * HOUR - 1, '23시간 후에 끝나요', 'Ends in 23 hours'],
      [60 * HOUR, '2일 후에 끝나요', 'Ends in 2 days'],
    ];
    for (const [ends_at, in_korean, in_english] of cases) {
      assert.deepEqual([korean.until(ends_at), english.until(ends_at)], [in_korean, in_english]);
    }
  });

  it("takes the device's clock where there is no time, and says less where there are no names", () => {
    const say = explain(en, { shop: { currency: 'KRW' } });
    assert.equal(say.until(Date.now() + 2.5 * HOUR), 'Ends in 2 hours');
    assert.equal(say.rejection({ id: 1, code: 'cannot_combine', with: 2 }), 'Can’t be combined with another coupon');
    assert.equal(say.rejection({ id: 1, code: 'not_started' }), 'Not valid yet');
    assert.equal(say.applied({ source: 'coupon', id: 1, amount: 500 }), '₩500 off');
    assert.equal(explain(ko, { shop: { currency: 'KRW' } }).rejection({ id: 1, code: 'cannot_combine', with: 2 }), '다른 쿠폰과 함께 쓸 수 없어요');
  });

  it("says what a server's problem adds, and has a sentence for a code that is newer than the page", () => {
    const say = explain(ko, request);
    assert.equal(say.error({ code: 'insufficient_balance', missing: 1200 }), '잔액이 1,200원 부족해요.');
    assert.equal(say.error({ code: 'insufficient_balance' }), '잔액이 부족해요.');
    assert.equal(say.error({ code: 'insufficient_stock', available: 0 }), '재고가 부족해요.');
    assert.equal(say.error({ code: 'of_tomorrow' }), say.error({ code: 'internal' }));
  });
});

describe('prices', () => {
  it('have as many digits as the currency, by the same table as the rules', () => {
    const table = readFileSync(join(package_folder, '../core/money.cpp'), 'utf8');
    let codes = 0;
    for (const [, digits, list] of table.matchAll(/exponent_(\d) =\n([^;]*);/g)) {
      for (const code of list.match(/\b[A-Z]{3}\b/g)) {
        assert.equal(exponent_of(code), Number(digits), code);
        codes++;
      }
    }
    assert.ok(codes > 170, `${codes} codes`);
  });

  it('are exact up to the last unit', () => {
    assert.equal(money(9007199254740991, 'KRW', 'ko-KR'), '9,007,199,254,740,991원');
    assert.equal(money(9007199254740991, 'USD', 'en'), '$90,071,992,547,409.91');
    assert.equal(money(-9007199254740991, 'USD', 'en'), '-$90,071,992,547,409.91');
    assert.equal(money(1, 'BHD', 'en').replace(/\s/, ' '), 'BHD 0.001');
    assert.equal(money(1250, 'IQD', 'en').replace(/\s/, ' '), 'IQD 1.250');
    assert.equal(money(0, 'KRW', 'en'), '₩0');
    assert.equal(money(1200, 'JPY', 'en'), '¥1,200');
  });
});

describe('the codes', () => {
  const source = readFileSync(join(package_folder, 'src/generated.ts'), 'utf8');
  const codes_of = (type) => [...new RegExp(`export type ${type} =([^;]*);`).exec(source)[1].matchAll(/"(\w+)"/g)].map(([, code]) => code);

  for (const [name, sentences] of Object.entries({ ko, en })) {
    it(`all have a sentence in ${name}, with nothing missing in it`, () => {
      const say = explain(sentences, request);
      const all = [
        ...codes_of('RejectionCode').map((code) => say.rejection({ id: 4, code, missing: 3, with: 1 })),
        ...codes_of('ProblemCode').map((code) => say.problem({ code, available: 2, max_quantity: 4 })),
        ...codes_of('ErrorCode').map((code) => say.error({ code })),
        ...codes_of('Target').map((target) => say.applied({ source: 'coupon', id: 1, amount: 10, target })),
      ];
      assert.ok(all.length > 70);
      for (const sentence of all) {
        assert.equal(typeof sentence, 'string');
        assert.match(sentence, name === 'ko' ? /[가-힣]/ : /[a-z]/);
        assert.doesNotMatch(sentence, /undefined|NaN|null|을\(를\)|이\(가\)|\s\s|^\s|\s$/);
      }
      assert.equal(new Set(codes_of('RejectionCode').map((code) => say.rejection({ id: 4, code, missing: 3, with: 1 }))).size, codes_of('RejectionCode').length);
    });
  }

  for (const type of ['RejectionCode', 'ProblemCode', 'ErrorCode', 'Target']) {
    it(`of ${type} with a new one among them don't compile until every language has its sentence`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'cartwright-'));
      try {
        cpSync(join(package_folder, 'src'), join(folder, 'src'), { recursive: true });
        cpSync(join(package_folder, 'tsconfig.json'), join(folder, 'tsconfig.json'));
        cpSync(join(package_folder, 'package.json'), join(folder, 'package.json'));
        const compile = () =>
          spawnSync(process.execPath, [join(package_folder, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder], { encoding: 'utf8' });
        if (type === 'RejectionCode') assert.equal(compile().stdout, '');
        writeFileSync(join(folder, 'src/generated.ts'), source.replace(`export type ${type} =`, `export type ${type} =\n  | "brand_new"`));
        const { status, stdout } = compile();
        assert.notEqual(status, 0);
        for (const file of ['en.ts', 'ko.ts']) assert.match(stdout, new RegExp(`src/${file}\\(.*brand_new`), stdout);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
