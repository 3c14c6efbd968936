// Webhooks (COMMERCE.md "Data platform"): in order, at least once, signed; whatever the receiver does, nothing is lost,
// nobody else waits for it, and nothing inside can be reached.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { open_receiver, verify } from "./receiver.mjs";
import { assert_problem, make_folder, open_small_shop, run } from "./shop.mjs";
import * as small from "./small_shop.mjs";

const inside = ["--webhook-allow-private"];
const lines = [{ variant_id: small.plenty, quantity: 1 }];
const day = 86400000;

async function open(serve = inside) {
  const shop = await open_small_shop({ shoppers: 1, serve });
  const admin = await shop.sign_in("admin@example.com");
  const shopper = await shop.shopper(0, { balance: 900000 });
  return { shop, admin, shopper };
}

async function pay(shopper, count = 1) {
  for (let order = 0; order < count; ++order) {
    const paid = await shopper.pay(await shopper.place(lines));
    assert.equal(paid.status, 201, paid.text);
  }
}

const create = (admin, webhook) => admin.post("/admin/webhooks", webhook, { key: randomUUID() });

async function subscribe(admin, webhook) {
  const answer = await create(admin, webhook);
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.headers.get("location"), `/api/v1/admin/webhooks/${answer.body.id}`);
  return answer.body;
}

/** The webhook, asked for until `check` holds. */
async function webhook_when(admin, { id }, check) {
  for (;;) {
    const webhook = await admin.read(`/admin/webhooks/${id}`);
    if (check(webhook)) return webhook;
  }
}
const paused = (failures) => (webhook) => webhook.state === "paused" && webhook.failures === failures;
const at = (position) => (webhook) => webhook.cursor === position;

const deliveries = async (admin, { id }) => (await admin.read(`/admin/webhooks/${id}/deliveries?limit=100`)).items;

/** Lets the pause be over: stops the shop, moves the times, opens it again. */
async function later(shop, serve = inside, also = "") {
  assert.equal(await shop.stop(), 0, shop.log);
  shop.sql(`UPDATE webhook_endpoints SET next_attempt_at = 0 WHERE state = 'paused'; ${also}`);
  await shop.start(serve);
}

const rising = (count, from = 1) => Array.from({ length: count }, (_, index) => from + index);

test("every event is posted in order, signed so that the published algorithm finds it whole", async () => {
  const { shop, admin, shopper } = await open();
  const receiver = await open_receiver();
  const webhook = await subscribe(admin, { url: receiver.url });
  assert.match(webhook.secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  assert.deepEqual([webhook.state, webhook.cursor, webhook.event_types], ["active", 0, []]);
  await pay(shopper, 6);
  const received = await receiver.first(6);
  assert.deepEqual(receiver.positions(), rising(6));
  for (const request of received) {
    verify(webhook.secret, request);
    assert.throws(() => verify(`whsec_${Buffer.alloc(32).toString("base64")}`, request));
    assert.throws(() => verify(webhook.secret, { ...request, body: request.body.replace("PAID", "paid") }));
    assert.deepEqual([request.method, request.url], ["POST", "/hook?from=shop"]);
    assert.equal(request.headers["content-type"], "application/cloudevents+json; charset=utf-8");
    assert.equal(request.headers["webhook-id"], request.event.id);
    assert.equal(request.headers.host, `localhost:${receiver.port}`);
  }
  assert.deepEqual(
    received.map(({ event }) => event),
    await admin.read("/events?after=0"),
    "the same events as in the feed",
  );
  const shown = await webhook_when(admin, webhook, at(6));
  assert.equal(shown.secret, undefined, "the secret is shown once");
  assert.doesNotMatch((await admin.get("/admin/webhooks")).text, /whsec_/);
  assert.doesNotMatch((await admin.get("/admin/log")).text, /whsec_/);
  const list = await deliveries(admin, webhook);
  assert.deepEqual(
    list.map(({ position, attempts, outcome }) => [position, attempts, outcome]),
    rising(6).map((position) => [7 - position, 1, "204"]),
  );
  await shop.close();
  await receiver.close();
});

test("failures pause a webhook longer and longer, Retry-After counts, and what comes after waits its turn", async () => {
  const { shop, admin, shopper } = await open();
  const receiver = await open_receiver();
  const webhook = await subscribe(admin, { url: receiver.url });
  await pay(shopper);
  await webhook_when(admin, webhook, at(1));

  receiver.answer = (_, response) => response.writeHead(500).end("no");
  await pay(shopper, 3);
  const pauses = [];
  const pause = async (failures) => {
    const { next_attempt_at } = await webhook_when(await shop.sign_in("admin@example.com"), webhook, paused(failures));
    const [last] = shop.sql("SELECT attempted_at, outcome FROM webhook_deliveries WHERE position = 2");
    pauses.push(Math.floor((next_attempt_at - last.attempted_at) / 1000));
    return last.outcome;
  };
  assert.equal(await pause(1), "500");
  for (const failures of [2, 3]) {
    await later(shop);
    await pause(failures);
  }
  receiver.answer = (_, response) => response.writeHead(503, { "Retry-After": "7200" }).end();
  await later(shop);
  assert.equal(await pause(4), "503");
  for (const [index, least] of [5, 30, 120].entries()) {
    assert.ok(pauses[index] >= least && pauses[index] <= least * 1.2, `pauses of ${pauses} s`);
  }
  assert.equal(pauses[3], 7200);
  assert.deepEqual(receiver.positions(), [1, 2, 2, 2, 2], "the later ones wait");
  assert.equal(new Set(receiver.received.slice(1).map(({ headers }) => headers["webhook-id"])).size, 1);

  receiver.answer = (_, response) => response.writeHead(200).end("thanks");
  await later(shop);
  await receiver.first(8);
  assert.deepEqual(receiver.positions(), [1, 2, 2, 2, 2, 2, 3, 4]);
  for (const request of receiver.received) verify(webhook.secret, request);
  const again = await shop.sign_in("admin@example.com");
  const shown = await webhook_when(again, webhook, at(4));
  assert.deepEqual([shown.state, shown.failures, shown.failing_since], ["active", 0, null]);
  const [, , second] = await deliveries(again, webhook);
  assert.deepEqual([second.position, second.attempts, second.outcome], [2, 5, "200"]);
  await shop.close();
  await receiver.close();
});

test("a receiver that never answers keeps neither the others, nor payments, nor the stop of the shop waiting", async () => {
  const { shop, admin, shopper } = await open();
  const slow = await open_receiver({ answer: () => {} });
  const fast = await open_receiver();
  const waiting = await subscribe(admin, { url: slow.url });
  await subscribe(admin, { url: fast.url });
  await pay(shopper, 5);
  await fast.first(5);
  assert.deepEqual(fast.positions(), rising(5));
  const [held] = await slow.first(1);
  assert.deepEqual(slow.positions(), [1], "it is still being asked for the first one");
  assert.equal(await shop.stop(), 0, shop.log);
  await held.closed;
  assert.deepEqual(
    shop.sql(`SELECT state, cursor, failures FROM webhook_endpoints WHERE id = ${waiting.id}`),
    [{ state: "active", cursor: 0, failures: 0 }],
    "to be stopped is no failure",
  );
  slow.answer = (_, response) => response.writeHead(204).end();
  await shop.start(inside);
  await slow.first(6);
  assert.deepEqual(slow.positions(), [1, ...rising(5)]);
  await shop.close();
  await Promise.all([slow.close(), fast.close()]);
});

test("a receiver that vanishes gets all it missed when it returns", async () => {
  const { shop, admin, shopper } = await open();
  const receiver = await open_receiver();
  const webhook = await subscribe(admin, { url: receiver.url });
  await pay(shopper, 2);
  await webhook_when(admin, webhook, at(2));
  await receiver.close();
  await pay(shopper, 3);
  await webhook_when(admin, webhook, paused(1));
  const [failed] = await deliveries(admin, webhook);
  assert.deepEqual([failed.position, failed.outcome, failed.delivered_at], [3, "unreachable", null]);
  await receiver.reopen();
  const revived = await admin.patch(`/admin/webhooks/${webhook.id}`, { active: true });
  assert.deepEqual([revived.status, revived.body.state, revived.body.next_attempt_at], [200, "active", null]);
  await receiver.first(5);
  assert.deepEqual(receiver.positions(), rising(5));
  await shop.close();
  await receiver.close();
});

test("an answer that was lost in a kill is asked for again: at least once, in order", async () => {
  const { shop, admin, shopper } = await open();
  const receiver = await open_receiver({ answer: () => {} });
  await subscribe(admin, { url: receiver.url });
  await pay(shopper, 3);
  await receiver.first(1);
  shop.process.kill("SIGKILL");
  await shop.exited;
  receiver.answer = (_, response) => response.writeHead(204).end();
  await shop.start(inside);
  await receiver.first(4);
  assert.deepEqual(receiver.positions(), [1, 1, 2, 3]);
  await shop.close();
  await receiver.close();
});

test("a redirect is not followed, and what is no answer is none", async () => {
  const { shop, admin, shopper } = await open();
  const elsewhere = await open_receiver();
  const redirecting = await open_receiver({
    answer: (_, response) => response.writeHead(307, { Location: elsewhere.url }).end(),
  });
  const sockets = new Set();
  const say = (text) =>
    new Promise((ready) => {
      const server = createServer((socket) => {
        sockets.add(socket.on("error", () => {}));
        socket.once("data", () => (typeof text === "string" ? socket.end(text) : text(socket)));
      }).listen(0, "127.0.0.1", () => ready(server));
    });
  const endless = (socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    const more = () => socket.writable && socket.write(`X-More: ${"x".repeat(1000)}\r\n`, more);
    more();
  };
  const servers = await Promise.all([say("SSH-2.0-thing\r\n\r\n"), say(""), say(endless)]);
  const urls = servers.map((server) => `http://127.0.0.1:${server.address().port}/`);
  const webhooks = [];
  for (const url of [redirecting.url, ...urls]) webhooks.push(await subscribe(admin, { url }));
  await pay(shopper);
  const outcomes = [];
  for (const webhook of webhooks) {
    await webhook_when(admin, webhook, paused(1));
    outcomes.push((await deliveries(admin, webhook))[0].outcome);
  }
  assert.deepEqual(outcomes, ["307", "malformed_answer", "closed", "malformed_answer"]);
  assert.deepEqual(elsewhere.received, []);
  await shop.close();
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  await Promise.all([elsewhere.close(), redirecting.close()]);
});

test("days of failures make a webhook dead, 410 at once; a replay brings it back, by REST or by hand", async () => {
  const { shop, admin, shopper } = await open();
  const receiver = await open_receiver();
  const webhook = await subscribe(admin, { url: receiver.url });
  await pay(shopper, 2);
  await webhook_when(admin, webhook, at(2));
  receiver.answer = (_, response) => response.writeHead(500).end();
  await pay(shopper);
  await webhook_when(admin, webhook, paused(1));
  await later(shop, inside, `UPDATE webhook_endpoints SET failing_since = failing_since - ${6 * day};`);
  const dead = await webhook_when(admin, webhook, ({ state }) => state === "dead");
  assert.deepEqual([dead.cursor, dead.next_attempt_at, dead.last_position], [2, null, 3]);

  receiver.answer = (_, response) => response.writeHead(204).end();
  const before = receiver.received.length;
  const replay = (after) => admin.post(`/admin/webhooks/${webhook.id}/replay`, { after });
  assert_problem(await replay(4), 422, "invalid_request", "/after");
  const answer = await replay(1);
  assert.deepEqual([answer.status, answer.body.state, answer.body.failures], [200, "active", 0]);
  await receiver.first(before + 2);
  assert.deepEqual(receiver.positions().slice(before), [2, 3]);
  await webhook_when(admin, webhook, at(3));

  receiver.answer = (_, response) => response.writeHead(410).end();
  await pay(shopper);
  await webhook_when(admin, webhook, ({ state }) => state === "dead");
  const by_hand = (...args) => run(["webhook", "replay", "--db", shop.db, ...args]);
  const refused = by_hand(`${webhook.id}`);
  assert.equal(refused.status, 1, "the shop is open");
  receiver.answer = (_, response) => response.writeHead(204).end();
  assert.equal(await shop.stop(), 0, shop.log);
  assert.equal(by_hand("77").status, 1);
  const done = by_hand(`${webhook.id}`, "--after", "0");
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stdout, /behind position 0 of 4/);
  const seen = receiver.received.length;
  await shop.start(inside);
  await receiver.first(seen + 4);
  assert.deepEqual(receiver.positions().slice(seen), rising(4));

  const actions = (await admin.read("/admin/log?entity=webhook")).items.map(({ action }) => action);
  assert.deepEqual(actions, ["webhook.replay", "webhook.create"]);
  await shop.close();
  await receiver.close();
});

test("a webhook gets the types it asked for, from where it asked, while it is wanted", async () => {
  const { shop, admin, shopper } = await open();
  const [paid, all, none] = await Promise.all([open_receiver(), open_receiver(), open_receiver()]);
  await pay(shopper, 2);
  const removed = await subscribe(admin, { url: none.url, after: 0 });
  await none.first(2);
  await webhook_when(admin, removed, at(2));
  assert.equal((await admin.delete(`/admin/webhooks/${removed.id}`)).status, 204);
  assert_problem(await admin.get(`/admin/webhooks/${removed.id}`), 404, "not_found");
  const only_cancelled = await subscribe(admin, { url: paid.url, event_types: ["order.cancelled"], after: 0 });
  const whole = await subscribe(admin, { url: all.url, after: 1 });
  const from_now = await subscribe(admin, { url: none.url });
  assert.equal((await admin.patch(`/admin/webhooks/${from_now.id}`, { active: false })).body.state, "stopped");
  await pay(shopper, 1);
  assert.equal((await shopper.cancel(await shopper.place(lines))).status, 200);
  await pay(shopper, 1);
  await Promise.all([webhook_when(admin, only_cancelled, at(4)), webhook_when(admin, whole, at(5))]);
  assert.deepEqual(paid.positions(), [4]);
  assert.deepEqual(all.positions(), [2, 3, 4, 5]);
  assert.deepEqual(none.positions(), [1, 2]);
  const changed = await admin.patch(`/admin/webhooks/${from_now.id}`, { url: all.url, event_types: [], active: true });
  assert.deepEqual([changed.status, changed.body.url, changed.body.cursor], [200, all.url, 2]);
  await all.first(7);
  assert.deepEqual(all.positions().slice(4), [3, 4, 5]);
  await shop.close();
  await Promise.all([paid.close(), all.close(), none.close()]);
});

test("webhooks can't reach inside: not when they are made, and not when the name leads there later", async () => {
  const { shop, admin, shopper } = await open([]);
  const inner = [
    "http://localhost/",
    "http://127.0.0.1:8080/",
    "https://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://[ff02::1]/",
  ];
  for (const url of inner) assert_problem(await create(admin, { url }), 422, "target_refused", "/url");
  const malformed = [
    "",
    "example.com",
    "ftp://example.com/",
    "file:///etc/passwd",
    "http://user:secret@example.com/",
    "http://example.com/#part",
    "http://example.com:0/",
    "http://example.com:99999/",
    "http://exa mple.com/",
    "http://example.com/\r\nX-Evil: 1",
    "http:///path",
    "http://[::1/",
  ];
  for (const url of malformed) assert_problem(await create(admin, { url }), 422, "invalid_request", "/url");
  assert.deepEqual((await admin.read("/admin/webhooks")).items, []);

  const receiver = await open_receiver();
  await shop.restart(inside);
  const webhook = await subscribe(admin, { url: receiver.url });
  await shop.restart();
  await pay(shopper);
  await webhook_when(admin, webhook, paused(1));
  assert.equal((await deliveries(admin, webhook))[0].outcome, "target_refused");
  assert.deepEqual(receiver.received, []);
  assert_problem(await admin.patch(`/admin/webhooks/${webhook.id}`, { url: receiver.url }), 422, "target_refused");
  await shop.close();
  await receiver.close();
});

test("https: a receiver is trusted by its certificate and its name, or gets nothing", async () => {
  const folder = make_folder();
  const file = (name) => join(folder, name);
  const made = spawnSync(
    "openssl",
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"].concat(
      ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
      ["-keyout", file("key.pem"), "-out", file("certificate.pem")],
    ),
    { encoding: "utf8" },
  );
  assert.equal(made.status, 0, made.stderr);
  const tls = { key: readFileSync(file("key.pem")), cert: readFileSync(file("certificate.pem")) };
  const receiver = await open_receiver({ tls });
  const { shop, admin, shopper } = await open();
  const by_name = await subscribe(admin, { url: receiver.url });
  await pay(shopper);
  await webhook_when(admin, by_name, paused(1));
  assert.equal((await deliveries(admin, by_name))[0].outcome, "tls_failed", "nobody has vouched for it");
  assert.deepEqual(receiver.received, []);

  process.env.SSL_CERT_FILE = file("certificate.pem");
  await later(shop);
  delete process.env.SSL_CERT_FILE;
  const [request] = await receiver.first(1);
  verify(by_name.secret, request);
  const by_address = await subscribe(admin, { url: receiver.url.replace("localhost", "127.0.0.1") });
  await pay(shopper);
  await webhook_when(admin, by_address, paused(1));
  assert.equal((await deliveries(admin, by_address))[0].outcome, "tls_failed", "it is for another name");
  await webhook_when(admin, by_name, at(2));
  await shop.close();
  await receiver.close();
});

test("webhooks are the admins' alone, and few", async () => {
  const { shop, admin, shopper } = await open();
  const url = "http://127.0.0.1:9/";
  assert_problem(await admin.post("/admin/webhooks", { url }), 428, "idempotency_key_required");
  assert_problem(await create(admin, { url, event_types: ["order.paid", "order.lost"] }), 422, "invalid_request", "/event_types/1");
  assert_problem(await create(admin, { url, after: 1 }), 422, "invalid_request", "/after");
  assert_problem(await create(admin, {}), 422, "invalid_request", "/url");
  const key = randomUUID();
  const first = await admin.post("/admin/webhooks", { url }, { key });
  const again = await admin.post("/admin/webhooks", { url }, { key });
  assert.equal(again.text, first.text, "made once");
  for (let made = 1; made < 20; ++made) await subscribe(admin, { url });
  assert_problem(await create(admin, { url }), 409, "limit_reached");
  assert.equal((await admin.read("/admin/webhooks")).items.length, 20);
  const path = `/admin/webhooks/${first.body.id}`;
  for (const [client, status, code] of [
    [shopper, 403, "forbidden"],
    [shop.client(), 401, "unauthenticated"],
  ]) {
    assert_problem(await client.get("/admin/webhooks"), status, code);
    assert_problem(await create(client, { url }), status, code);
    assert_problem(await client.get(path), status, code);
    assert_problem(await client.patch(path, { active: false }), status, code);
    assert_problem(await client.delete(path), status, code);
    assert_problem(await client.get(`${path}/deliveries`), status, code);
    assert_problem(await client.post(`${path}/replay`, { after: 0 }), status, code);
  }
  for (const missing of ["/admin/webhooks/999", "/admin/webhooks/x"]) {
    assert_problem(await admin.get(missing), 404, "not_found");
    assert_problem(await admin.patch(missing, { active: true }), 404, "not_found");
    assert_problem(await admin.delete(missing), 404, "not_found");
    assert_problem(await admin.get(`${missing}/deliveries`), 404, "not_found");
    assert_problem(await admin.post(`${missing}/replay`, { after: 0 }), 404, "not_found");
  }
  await shop.close();
});
