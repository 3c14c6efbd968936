// What clients send: the files that load.cpp reads.

import { write } from './bench_shop.mjs';

export const empty = write('empty.flow', 'GET /empty\n');
const signed = 'Authorization: Bearer {1}';
const once = 'Idempotency-Key: {key}';
export const issue = write('issue.flow', `POST /api/v1/campaigns/1/issue\n${signed}\n${once}\n`);
const wanted = '{"lines":[{"variant_id":{2},"quantity":1}],"expected_total":{3},"fingerprint":"{4}"}';
const order_step = `POST /api/v1/orders\n${signed}\n${once}\n\n${wanted}\n`;
export const order = write('order.flow', order_step);
export const purchase = write('purchase.flow', `${order_step}%%\nPOST /api/v1/orders/{name}/payment\n${signed}\n${once}\n`);
export const payment = write('payment.flow', `POST /api/v1/orders/{2}/payment\n${signed}\n${once}\n`);
export const cancel = write('cancel.flow', `${order_step}%%\nPOST /api/v1/orders/{name}/cancel\n${signed}\n${once}\n`);
const mutation = '{"id":1,"name":"add","args":{"variant_id":{2},"quantity":1}}';
export const sync = write(
  'sync.flow',
  `POST /api/v1/sync\n${signed}\n\n{"client_id":"{key}","mutations":[${mutation}]}\n`,
);
let gets = 0;
export const get = (path, etag) =>
  write(`get${++gets}.flow`, `GET ${path}\nAccept-Encoding: gzip\n${etag ? `If-None-Match: ${etag}\n` : ''}`);
export const own_orders = write('orders.flow', `GET /api/v1/orders\n${signed}\nAccept-Encoding: gzip\n`);
