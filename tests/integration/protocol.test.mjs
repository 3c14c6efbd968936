// What every answer keeps: tags, heads, headers, lists, the live stream, and how the server starts and stops (API.md).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assert_problem, binary, open_small_shop, run } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let guest;
let next = 0;
before(async () => {
  shop = await open_small_shop({ shoppers: 40 });
  guest = shop.client();
});
after(() => shop.close());

const new_shopper = (balance = 0) => shop.shopper(next++, { balance });

const public_reads = [
  "/shop",
  "/snapshot",
  "/products",
  "/products?q=mug",
  "/products/1",
  "/products/popular",
  "/categories",
  "/campaigns",
  `/campaigns/${small.fifty}`,
];
const own_reads = ["/me/balance", "/me/balance/history", "/me/coupons", "/me/cart", "/orders"];

test("reads carry a tag, and who has it already gets 304 and no body", async () => {
  const shopper = await new_shopper(20000);
  const order = await shopper.place([{ variant_id: small.mug, quantity: 1 }]);
  for (const path of [...public_reads, ...own_reads, `/orders/${order.number}`]) {
    const first = await shopper.get(path);
    const tag = first.headers.get("etag");
    assert.match(tag ?? "", /^(W\/)?"[^"]+"$/, path);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const again = await shopper.get(path, { headers: { "If-None-Match": known } });
      assert.equal(again.status, 304, `${path} ${known}`);
      assert.equal(again.text, "");
      assert.equal(again.headers.get("etag"), tag);
    }
    const other = await shopper.get(path, { headers: { "If-None-Match": '"other"' } });
    assert.equal(other.status, 200, path);
  }
});

test("a tag changes with what it tags, at once", async () => {
  const shopper = await new_shopper(100000);
  const paths = [
    "/products/plenty",
    "/products",
    "/products/popular",
    "/snapshot",
    "/me/balance",
    "/me/balance/history",
    "/orders",
  ];
  const tags = async () =>
    Promise.all(paths.map(async (path) => (await shopper.get(path)).headers.get("etag")));
  const before_it = await tags();
  const order = await shopper.place([{ variant_id: small.plenty, quantity: 3 }]);
  assert.equal((await shopper.pay(order)).status, 201);
  const after_it = await tags();
  paths.forEach((path, at) => assert.notEqual(after_it[at], before_it[at], path));
});

test("what is one shopper's own is never kept for others", async () => {
  const shopper = await new_shopper();
  for (const path of [...own_reads, "/me", `/campaigns/${small.fifty}`]) {
    const { headers } = await shopper.get(path);
    assert.match(headers.get("cache-control") ?? "", /private|no-store/, path);
    assert.doesNotMatch(headers.get("cache-control") ?? "", /public/, path);
  }
});

/** A request by node:http, which shows the answer as it is. */
function plain(method, path, headers = {}) {
  return new Promise((done, failed) => {
    const sent = request(shop.url + path, { method, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () =>
        done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    });
    sent.on("error", failed);
    sent.end();
  });
}

test("HEAD tells what GET would, without the body", async () => {
  for (const path of public_reads.filter(
    (path) => !["/shop", "/snapshot"].includes(path) && !path.startsWith("/campaigns"),
  )) {
    const get = await plain("GET", `/api/v1${path}`);
    const head = await plain("HEAD", `/api/v1${path}`);
    assert.equal(head.status, 200, path);
    assert.equal(head.body.length, 0, path);
    for (const name of [
      "content-length",
      "content-type",
      "etag",
      "cache-control",
      "content-security-policy",
    ]) {
      assert.equal(head.headers[name], get.headers[name], `${path} ${name}`);
    }
  }
  assert.equal((await plain("HEAD", "/api/v1/products/nothing")).status, 404);
  assert.equal((await plain("HEAD", "/api/v1/me")).status, 401);
});

test("large answers are packed for who can read that, and only for them", async () => {
  const packed = await plain("GET", "/api/v1/snapshot", { "Accept-Encoding": "gzip" });
  assert.equal(packed.headers["content-encoding"], "gzip");
  assert.match(packed.headers.vary, /Accept-Encoding/i);
  const open = await plain("GET", "/api/v1/snapshot");
  assert.equal(open.headers["content-encoding"], undefined);
  assert.ok(packed.body.length < open.body.length);
  const refused = await plain("GET", "/api/v1/snapshot", { "Accept-Encoding": "gzip;q=0, *" });
  assert.equal(refused.headers["content-encoding"], undefined);
});

test("requests that come together are answered one by one in their order", async () => {
  const get = (path, more = "") => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
  const answer = await shop.raw(
    get("/healthz") + get("/api/v1/products/nothing") + get("/readyz", "Connection: close\r\n"),
  );
  const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  assert.deepEqual(statuses, ["200", "404", "200"]);
  assert.match(answer, /ready\n$/);
});

test("a body in chunks is read as one, and 100-continue is answered", async () => {
  const shopper = await new_shopper();
  const head =
    `POST /api/v1/me/cart/lines HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${shopper.token}\r\n` +
    "Content-Type: application/json; charset=utf-8\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n";
  const body = `{"variant_id":${small.mug},"quantity":2}`;
  const chunks = `5\r\n${body.slice(0, 5)}\r\n${(body.length - 5).toString(16)};x=1\r\n${body.slice(5)}\r\n0\r\n\r\n`;
  assert.match(await shop.raw(`${head}\r\n${chunks}`), /^HTTP\/1\.1 201 /);
  assert.match(await shop.raw(`${head}Expect: 100-continue\r\n\r\n${chunks}`), /HTTP\/1\.1 201 /);
  assert.deepEqual(
    (await shopper.cart()).map(({ quantity }) => quantity),
    [4],
  );
});

test("every answer carries a request id and the security headers", async () => {
  const answers = [
    await guest.get("/healthz"),
    await guest.get("/products"),
    await guest.get("/products/nothing"),
    await guest.get("/me"),
    await guest.post("/auth/login", "{"),
    await guest.delete("/products"),
    await guest.post("/auth/logout"),
    await guest.get("/shop", { headers: { "If-None-Match": "*" } }),
  ];
  const ids = new Set();
  for (const { headers, request: what } of answers) {
    assert.match(headers.get("x-request-id") ?? "", /^[\w-]{8,}$/, what);
    ids.add(headers.get("x-request-id"));
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'self'/, what);
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/, what);
    assert.match(policy, /frame-ancestors 'none'/, what);
    assert.match(policy, /object-src 'none'/, what);
    assert.match(policy, /base-uri 'none'/, what);
    assert.doesNotMatch(policy, /'unsafe-inline'|'unsafe-eval'/, what);
    assert.equal(headers.get("x-content-type-options"), "nosniff", what);
    assert.ok(headers.get("referrer-policy"), what);
    assert.equal(headers.get("server"), null, what);
    assert.ok(headers.get("date"), what);
  }
  assert.equal(ids.size, answers.length, "no two requests have the same id");
  const forged = await guest.get("/healthz", { headers: { "X-Request-Id": "forged-by-client" } });
  assert.notEqual(forged.headers.get("x-request-id"), "forged-by-client");
});

test("the cart's tag guards its writes", async () => {
  const shopper = await new_shopper();
  const empty = await shopper.get("/me/cart");
  const tag = empty.headers.get("etag");
  const lines = [{ variant_id: small.mug, quantity: 1 }];
  assert_problem(await shopper.put("/me/cart", { lines }), 428, "precondition_required");

  const put = await shopper.put("/me/cart", { lines }, { headers: { "If-Match": tag } });
  assert.equal(put.status, 200, put.text);
  assert.notEqual(put.headers.get("etag"), tag);
  const stale = { headers: { "If-Match": tag } };
  assert_problem(await shopper.put("/me/cart", { lines: [] }, stale), 412, "cart_changed");
  assert_problem(await shopper.post("/me/cart/lines", { variant_id: small.mug }, stale), 412, "cart_changed");
  assert_problem(
    await shopper.patch(`/me/cart/lines/${small.mug}`, { quantity: 3 }, stale),
    412,
    "cart_changed",
  );
  assert_problem(await shopper.delete(`/me/cart/lines/${small.mug}`, stale), 412, "cart_changed");
  for (const nonsense of ['"abc"', "nonsense", '""', 'W/"1"', '"-1"']) {
    assert_problem(
      await shopper.put("/me/cart", { lines: [] }, { headers: { "If-Match": nonsense } }),
      412,
      "cart_changed",
    );
  }
  assert.equal((await shopper.cart())[0].quantity, 1);

  const fresh = { headers: { "If-Match": put.headers.get("etag") } };
  const patched = await shopper.patch(`/me/cart/lines/${small.mug}`, { quantity: 3, selected: false }, fresh);
  assert.equal(patched.status, 200);
  assert.deepEqual(
    patched.body.lines.map(({ quantity, selected }) => [quantity, selected]),
    [[3, false]],
  );
  assert.equal(patched.headers.get("etag"), (await shopper.get("/me/cart")).headers.get("etag"));
  assert.equal((await shopper.put("/me/cart", { lines: [] }, { headers: { "If-Match": "*" } })).status, 200);
  assert_problem(await shopper.patch(`/me/cart/lines/${small.mug}`, { quantity: 3 }), 404, "not_found");
  assert_problem(await shopper.delete(`/me/cart/lines/${small.mug}`), 404, "not_found");
});

test("of two carts written on the same tag one is refused", async () => {
  const shopper = await new_shopper();
  const tag = (await shopper.get("/me/cart")).headers.get("etag");
  const put = (quantity) =>
    shopper.put(
      "/me/cart",
      { lines: [{ variant_id: small.plenty, quantity }] },
      { headers: { "If-Match": tag } },
    );
  const answers = await Promise.all([1, 2, 3, 4, 5].map(put));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412, 412]);
});

test("a list read page by page shows each thing once, though new ones come in between", async () => {
  const shopper = await new_shopper();
  for (let i = 1; i <= 7; ++i) await shopper.charge(i);
  const seen = [];
  let cursor = "";
  do {
    const page = await shopper.read(`/me/balance/history?limit=3${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.items.map(({ amount }) => amount));
    cursor = page.next_cursor;
    await shopper.charge(1000);
  } while (cursor);
  assert.deepEqual(seen, [7, 6, 5, 4, 3, 2, 1]);

  const lines = [{ variant_id: small.sticker, quantity: 1 }];
  const shown = await shopper.quote(lines);
  const numbers = [];
  for (let i = 0; i < 5; ++i) numbers.unshift((await shopper.place(lines, { shown })).number);
  const first = await shopper.read("/orders?limit=2");
  await shopper.place(lines, { shown });
  const second = await shopper.read(`/orders?limit=2&cursor=${first.next_cursor}`);
  const third = await shopper.read(`/orders?limit=2&cursor=${second.next_cursor}`);
  assert.deepEqual(
    [...first.items, ...second.items, ...third.items].map(({ number }) => number),
    numbers,
  );
  assert.equal(third.next_cursor, null);
});

test("a last page that is full says that it is the last", async () => {
  const shopper = await new_shopper();
  for (let i = 1; i <= 3; ++i) await shopper.charge(i);
  assert.equal((await shopper.read("/me/balance/history?limit=3")).next_cursor, null);
  const page = await shopper.read("/me/balance/history?limit=2");
  const last = await shopper.read(`/me/balance/history?limit=1&cursor=${page.next_cursor}`);
  assert.deepEqual([last.items.length, last.next_cursor], [1, null]);
  assert.deepEqual(await new_shopper().then((nobody) => nobody.read("/orders")), {
    items: [],
    next_cursor: null,
  });
});

test("a new order is where its Location says, under a name that can't be guessed", async () => {
  const shopper = await new_shopper();
  const lines = [{ variant_id: small.sticker, quantity: 1 }];
  const shown = await shopper.quote(lines);
  const answers = [await shopper.order(lines, { shown }), await shopper.order(lines, { shown })];
  for (const { headers, body } of answers) {
    assert.equal(headers.get("location"), `/api/v1/orders/${body.number}`);
    assert.deepEqual(await shopper.read(headers.get("location")), body);
  }
  const [a, b] = answers.map(({ body }) => body.number);
  assert.ok(a.length >= 16, a);
  const same = [...a].filter((letter, at) => letter === b[at]).length;
  assert.ok(same < a.length - 6, `${a} and ${b}`);
});

/** Server-sent events of /stream, in the order of their arrival. */
async function open_stream(client, headers = {}) {
  const stop = new AbortController();
  const response = await fetch(`${shop.url}/api/v1/stream`, {
    signal: stop.signal,
    headers: { ...(client.token ? { Authorization: `Bearer ${client.token}` } : {}), ...headers },
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type"), /^text\/event-stream/);
  const events = [];
  const waiting = [];
  const settle = () => {
    for (const wait of [...waiting]) {
      const found = events.find(wait.fits);
      if (found) {
        waiting.splice(waiting.indexOf(wait), 1);
        wait.done(found);
      }
    }
  };
  (async () => {
    let text = "";
    for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
      text += part;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const fields = Object.fromEntries(
          text
            .slice(0, end)
            .split("\n")
            .filter((line) => line && !line.startsWith(":"))
            .map((line) => {
              const colon = line.indexOf(": ");
              return [line.slice(0, colon), line.slice(colon + 2)];
            }),
        );
        text = text.slice(end + 2);
        if (fields.data) events.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) });
      }
      settle();
    }
  })().catch(() => {});
  return {
    events,
    until: (fits) => new Promise((done) => (waiting.push({ fits, done }), settle())),
    close: () => stop.abort(),
  };
}

test(
  "the live stream tells everyone of stock and campaigns, and each shopper of what is theirs",
  { timeout: 30000 },
  async () => {
    const [buyer, bystander] = [await new_shopper(100000), await new_shopper()];
    const streams = [await open_stream(guest), await open_stream(buyer), await open_stream(bystander)];
    for (const stream of streams) {
      const ready = await stream.until(({ event }) => event === "ready");
      assert.deepEqual(ready.data, { resumed: false });
    }
    await buyer.take_coupon(small.fifty);
    const order = await buyer.place([{ variant_id: small.rush, quantity: 2 }]);
    assert.equal((await buyer.pay(order)).status, 201);
    const { stock } = (await guest.read("/products/rush")).variants[0];
    const { remaining_quantity } = await guest.read(`/campaigns/${small.fifty}`);
    for (const stream of streams) {
      await stream.until(
        ({ event, data }) => event === "stock" && data.variant_id === small.rush && data.stock === stock,
      );
      await stream.until(
        ({ event, data }) => event === "campaign" && data.remaining_quantity === remaining_quantity,
      );
      await stream.until(({ event }) => event === "popular");
    }
    for (const hint of ["orders", "balance", "wallet"]) {
      const told = await streams[1].until(({ event }) => event === hint);
      assert.deepEqual(told.data, {});
    }
    // What came after it has arrived, so nothing of the buyer's is still on its way to the others.
    await bystander.take_coupon(small.fifty);
    for (const stream of streams) {
      await stream.until(
        ({ event, data }) => event === "campaign" && data.remaining_quantity === remaining_quantity - 1,
      );
    }
    for (const stream of [streams[0], streams[2]]) {
      for (const hint of ["orders", "balance", "cart"])
        assert.ok(!stream.events.some(({ event }) => event === hint), hint);
    }
    for (const stream of streams) stream.close();
  },
);

test("a stream that was cut goes on where it was", { timeout: 30000 }, async () => {
  const shopper = await new_shopper(100000);
  const stream = await open_stream(guest);
  const buy = async () =>
    assert.equal(
      (await shopper.pay(await shopper.place([{ variant_id: small.plenty, quantity: 1 }]))).status,
      201,
    );
  await stream.until(({ event }) => event === "ready");
  await buy();
  const last = await stream.until(({ event }) => event === "popular");
  stream.close();
  await buy();
  const { stock } = (await guest.read("/products/plenty")).variants[0];
  const resumed = await open_stream(guest, { "Last-Event-ID": last.id });
  assert.deepEqual((await resumed.until(({ event }) => event === "ready")).data, { resumed: true });
  await resumed.until(({ event, data }) => event === "stock" && data.stock === stock);
  resumed.close();
  for (const id of ["nonsense", "0-1", `${last.id.split("-")[0]}-999999999`, ""]) {
    const other = await open_stream(guest, { "Last-Event-ID": id });
    assert.deepEqual((await other.until(({ event }) => event === "ready")).data, { resumed: false });
    other.close();
  }
});

test("the server says that it lives and that it takes writes", async () => {
  assert.equal((await guest.get("/healthz")).status, 200);
  assert.equal((await guest.get("/readyz")).status, 200);
});

test("what was accepted before SIGTERM is finished, and what is stored was answered", async () => {
  const stopping = await open_small_shop({ shoppers: 40 });
  const shoppers = await stopping.shoppers(40);
  let first_answer;
  const answered = new Promise((done) => (first_answer = done));
  const attempts = shoppers.map(async (shopper) => {
    let count = 0;
    try {
      for (;;) {
        const answer = await shopper.post("/me/balance/charges", { amount: 1 }, { key: randomUUID() });
        if (answer.status !== 201) return { count, refused: answer };
        count += 1;
        first_answer();
      }
    } catch {
      return { count }; // nobody listens any more
    }
  });
  await answered;
  stopping.process.kill("SIGTERM");
  const results = await Promise.all(attempts);
  assert.deepEqual(await stopping.exited, { code: 0, signal: null });
  for (const { refused } of results) if (refused) assert.equal(refused.status, 503, refused.text);
  const stored = Object.fromEntries(
    stopping.sql("SELECT user_id, balance FROM user_balances").map((row) => [row.user_id, row.balance]),
  );
  results.forEach(({ count }, at) => assert.equal(stored[1000 + at], count, `shopper ${at}`));
  stopping.audit();
});

test("an open stream does not keep the server from stopping", { timeout: 20000 }, async () => {
  const stopping = await open_small_shop();
  const response = await fetch(`${stopping.url}/api/v1/stream`);
  assert.equal(response.status, 200);
  const read_all = response.text().catch(() => "");
  await stopping.close();
  await read_all;
});

test("a second server on the same database or port is refused clearly, and the first goes on", async () => {
  const port = new URL(shop.url).port;
  const same_db = run(["serve", "--db", shop.db, "--port", "0"], { timeout: 15000 });
  assert.ok(same_db.status > 0, "it ends by itself");
  assert.match(same_db.stderr, /shop\.db/);
  assert.match(same_db.stderr, /in use|lock|another|already|open/i);
  const same_port = run(["serve", "--db", join(shop.folder, "second.db"), "--port", port], {
    timeout: 15000,
  });
  assert.ok(same_port.status > 0);
  assert.match(same_port.stderr, new RegExp(port));
  for (const { stderr } of [same_db, same_port]) assert.equal(stderr.trim().split("\n").length, 1, stderr);
  assert.equal((await guest.get("/readyz")).status, 200);
  const writer = await new_shopper();
  await writer.charge(1);
});

test("Ctrl-C stops it as SIGTERM does", async () => {
  const child = spawn(binary, ["serve", "--db", join(shop.folder, "third.db"), "--port", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  await new Promise((open) => child.stdout.once("data", open));
  child.kill("SIGINT");
  const code = await new Promise((done) => child.once("exit", done));
  assert.equal(code, 0);
});
