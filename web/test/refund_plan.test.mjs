// What a return is said to bring back, in the cases of tests/unit/core_refund_test.cpp. That it is what the server then
// pays, whatever the order: tests/integration/refund_shown.test.mjs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plan_refund, units_left } from '../src/store/refund_plan.ts';

const item = (variant_id, quantity, net, tax, refunded_quantity = 0) => ({ variant_id, quantity, net, tax, refunded_quantity });
const order_of = (items, shipping, added_tax = 0) => {
  const merchandise = items.reduce((sum, { net }) => sum + net, 0);
  return { items, merchandise, shipping_fee: shipping, shipping_discount: 0, total: merchandise + shipping + added_tax };
};
const planned = (order, ...units) => {
  const { amount, shipping, whole } = plan_refund(order, new Map(units));
  return [amount, shipping, whole];
};

test('units come back with their own shares, and the shipping charge with the last of them', () => {
  const two_lines = (...refunded) => order_of([item(11, 3, 30000, 2727, refunded[0]), item(12, 4, 9999, 909, refunded[1])], 3000);
  assert.deepEqual(planned(two_lines(0, 0), [12, 1]), [2499, 0, false]);
  assert.deepEqual(planned(two_lines(0, 0), [11, 3], [12, 4]), [42999, 3000, true]);
  assert.deepEqual(planned(two_lines(0, 1), [11, 3], [12, 3]), [42999 - 2499, 3000, true]);
  assert.equal(units_left(two_lines(0, 1)), 6);
  assert.deepEqual(planned(two_lines(0, 0)), [0, 0, false]);
});

test('where tax comes on top of prices it comes back too, the shipping’s with the shipping', () => {
  const order = order_of([item(1, 3, 1000, 100)], 300, 130);
  assert.deepEqual(planned(order, [1, 1]), [333 + 33, 0, false]);
  assert.deepEqual(planned(order, [1, 3]), [1430, 330, true]);
});

test('the last unit has what the others’ rounding left, to the largest amounts', () => {
  const worth = (net, refunded) => planned(order_of([item(1, 3, net, 0, refunded)], 0), [1, 1])[0];
  assert.deepEqual([0, 1, 2].map((refunded) => worth(1000, refunded)), [333, 333, 334]);
  const most = Number.MAX_SAFE_INTEGER; // twice it, divided by three, is wrong by one in a double
  assert.deepEqual([0, 1, 2].map((refunded) => worth(most, refunded)), [3002399751580330, 3002399751580330, 3002399751580331]);
});
