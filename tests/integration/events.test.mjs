// The feed of events (COMMERCE.md "Data platform"): in order, without a hole, nothing missed and nothing twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assert_problem, open_small_shop } from "./shop.mjs";
import * as small from "./small_shop.mjs";

const lines = [{ variant_id: small.plenty, quantity: 1 }];
const admin_of = (shop) => shop.sign_in("admin@example.com");

/** Asks again until `check(answer)` holds. */
async function until(ask, check) {
  for (;;) {
    const answer = await ask();
    if (check(answer)) return answer;
  }
}

/** Reads on from `after` until there are `count` events. */
async function read_on(admin, count, { after = 0, limit = 100 } = {}) {
  const events = [];
  while (events.length < count) {
    const position = events.at(-1)?.position ?? after;
    events.push(...(await admin.read(`/events?after=${position}&limit=${limit}`)));
  }
  return events;
}

const rising = (count, from = 1) => Array.from({ length: count }, (_, index) => from + index);
const positions = (events) => events.map(({ position }) => position);

test("the feed is a batch of CloudEvents: payments and cancellations, in the order of their positions", async () => {
  const shop = await open_small_shop({ shoppers: 1, serve: ["--public-url", "https://shop.example.com"] });
  const admin = await admin_of(shop);
  assert.deepEqual(await admin.read("/events?after=0"), []);
  const shopper = await shop.shopper(0, { balance: 50000 });
  const paid = await shopper.place(lines, {
    address: { name: "홍길동", phone: "010-0000-0000", postcode: "04524", line1: "서울 중구 세종대로 110" },
  });
  assert.equal((await shopper.pay(paid)).status, 201);
  const cancelled = await shopper.place(lines);
  assert.equal((await shopper.cancel(cancelled)).status, 200);

  const events = await read_on(admin, 2);
  const answer = await admin.get("/events?after=0");
  assert.equal(answer.headers.get("content-type"), "application/cloudevents-batch+json; charset=utf-8");
  assert.equal(answer.headers.get("cache-control"), "private, no-cache");
  assert.deepEqual(answer.body, events);
  const [first, second] = events;
  const { data, time, id, ...attributes } = first;
  assert.deepEqual(attributes, {
    specversion: "1.0",
    source: "https://shop.example.com",
    type: "order.paid",
    datacontenttype: "application/json",
    subject: paid.number,
    position: 1,
  });
  assert.match(id, /^evt_\d+_\d+$/);
  assert.equal(Date.parse(time), data.order.paid_at);
  assert.equal(data.order.status, "PAID");
  assert.equal(data.order.total, paid.total);
  assert.equal(data.order.items[0].variant_id, small.plenty);
  assert.doesNotMatch(answer.text, /홍길동|010-0000|세종대로|shopper0@/, "nothing of the person");
  assert.deepEqual(
    [second.type, second.subject, second.position, second.data.reason],
    ["order.cancelled", cancelled.number, 2, "shopper"],
  );
  assert.notEqual(second.id, id);

  assert.deepEqual(positions(await admin.read("/events?after=0&limit=1")), [1]);
  assert.deepEqual(positions(await admin.read("/events?after=1")), [2]);
  assert.deepEqual(await admin.read("/events?after=2"), []);
  const beyond = await admin.get("/events?after=3");
  assert_problem(beyond, 404, "not_found"); // a reader of before a restored backup learns of it
  assert.equal(beyond.body.last_position, 2);
  for (const query of ["after=-1", "after=x", "limit=0", "limit=1001"]) {
    assert_problem(await admin.get(`/events?${query}`), 422, "invalid_request");
  }
  assert_problem(await shopper.get("/events"), 403, "forbidden");
  assert_problem(await shop.client().get("/events"), 401, "unauthenticated");
  await shop.close();
});

test("who reads along while many pay at once misses no event and sees none twice", async () => {
  const shop = await open_small_shop({ shoppers: 24 });
  const admin = await admin_of(shop);
  const shoppers = await shop.shoppers(24, { balance: 50000 });
  const reading = read_on(admin, 24 * 4, { limit: 7 });
  const numbers = [];
  await Promise.all(
    shoppers.map(async (shopper) => {
      for (let round = 0; round < 4; ++round) {
        const order = await shopper.place(lines);
        const answer = round % 2 === 0 ? await shopper.pay(order) : await shopper.cancel(order);
        assert.ok(answer.status < 300, answer.text);
        numbers.push(order.number);
      }
    }),
  );
  const events = await reading;
  assert.deepEqual(positions(events), rising(24 * 4));
  assert.deepEqual(events.map(({ subject }) => subject).sort(), numbers.sort());
  assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
  await shop.close();
});

test("what was acknowledged before a kill gets its position after it", async () => {
  const shop = await open_small_shop({ shoppers: 8 });
  const shoppers = await shop.shoppers(8, { balance: 50000 });
  const orders = await Promise.all(shoppers.map((shopper) => shopper.place(lines)));
  await Promise.all(shoppers.map((shopper, at) => shopper.pay(orders[at])));
  shop.process.kill("SIGKILL");
  await shop.exited;
  await shop.start();
  const events = await read_on(await admin_of(shop), 8);
  assert.deepEqual(positions(events), rising(8));
  assert.deepEqual(
    events.map(({ subject }) => subject).sort(),
    orders.map(({ number }) => number).sort(),
  );
  await shop.close();
});

test("a long history that has no positions yet gets them all, and is read from its beginning", async () => {
  const count = 12345;
  const shop = await open_small_shop({
    also: `INSERT INTO outbox_events (type, payload, created_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
      SELECT 'order.paid', '{"number":' || i || '}', ${Date.now()} FROM n;`,
  });
  const events = await read_on(await admin_of(shop), count, { limit: 1000 });
  assert.deepEqual(positions(events), rising(count));
  assert.deepEqual(
    events.map(({ data }) => data.number),
    rising(count),
  );
  await shop.close();
});

test("events older than the shop keeps are gone, and who asks for them is told where to begin", async () => {
  const shop = await open_small_shop({ shoppers: 1 });
  const shopper = await shop.shopper(0, { balance: 50000 });
  for (let order = 0; order < 4; ++order) await shopper.pay(await shopper.place(lines));
  await read_on(await admin_of(shop), 4);
  assert.equal(await shop.stop(), 0, shop.log);
  shop.sql(`UPDATE outbox_events SET created_at = created_at - 8 * 86400000 WHERE position <= 2`);
  await shop.start(["--events-keep-days", "7"]);
  const admin = await admin_of(shop);
  const gone = await until(
    () => admin.get("/events?after=1"),
    ({ status }) => status !== 200,
  );
  assert_problem(gone, 404, "not_found");
  assert.equal(gone.body.oldest_position, 3);
  assert_problem(await admin.get("/events?after=0"), 404, "not_found");
  assert.deepEqual(positions(await admin.read("/events")), [3, 4]);
  assert.deepEqual(positions(await admin.read("/events?after=2")), [3, 4]);
  await shopper.pay(await shopper.place(lines));
  assert.deepEqual(positions(await read_on(admin, 1, { after: 4 })), [5], "no position is given twice");
  await shop.close();
});
