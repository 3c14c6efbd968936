// How often who may ask: per user, per address as a trusted proxy tells it, raised by name; a crowd in front of one
// campaign is no attack.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { assert_problem, open_small_shop, run, tally } from "./shop.mjs";
import * as small from "./small_shop.mjs";

async function with_shop(options, body) {
  const shop = await open_small_shop(options);
  try {
    await body(shop);
  } finally {
    await shop.close();
  }
}

const bad_order = { lines: [{ variant_id: small.mug, quantity: 1 }], expected_total: 1, fingerprint: "" };

test("orders are limited per user, every answer says how many are left, and a refusal isn't stored", async () => {
  await with_shop({ shoppers: 2, serve: ["--limit", "order_user=3/60"] }, async (shop) => {
    const [loop, other] = await shop.shoppers(2);
    for (const left of [2, 1, 0]) {
      const answer = await loop.post("/orders", bad_order, { key: randomUUID() });
      assert_problem(answer, 409, "quote_changed");
      assert.equal(answer.headers.get("ratelimit-policy"), '"order_user";q=3;w=60');
      assert.match(answer.headers.get("ratelimit"), new RegExp(`^"order_user";r=${left};t=\\d+$`));
    }
    const key = randomUUID();
    await shop.writes_nothing(async () => {
      const refused = await loop.post("/orders", bad_order, { key });
      assert_problem(refused, 429, "rate_limited");
      assert.ok(Number(refused.headers.get("retry-after")) <= 20);
    });
    assert_problem(await other.post("/orders", bad_order, { key }), 409, "quote_changed");
    assert.equal((await loop.get("/orders")).status, 200);
    assert.equal((await loop.get("/orders")).headers.get("ratelimit"), null);
  });
});

test("registration is limited per address; of IPv6 a /64 is one; this machine itself isn't", async () => {
  const serve = ["--trust-proxy", "127.0.0.0/8", "--limit", "register_address=2/3600"];
  await with_shop({ serve }, async (shop) => {
    const guest = shop.client();
    const register = (from) =>
      guest.post(
        "/auth/register",
        { email: "no e-mail", password: "a long password", name: "x" },
        { headers: from ? { "X-Forwarded-For": from } : {} },
      );
    assert_problem(await register("203.0.113.1"), 422, "invalid_request");
    assert_problem(await register("203.0.113.1"), 422, "invalid_request");
    assert_problem(await register("203.0.113.1"), 429, "rate_limited");
    assert_problem(await register("203.0.113.2"), 422, "invalid_request");
    assert_problem(await register("2001:db8::1"), 422, "invalid_request");
    assert_problem(await register("2001:db8::2"), 422, "invalid_request");
    assert_problem(await register("2001:db8::3"), 429, "rate_limited");
    assert_problem(await register("2001:db8:0:1::3"), 422, "invalid_request");
    for (let i = 0; i < 4; ++i) assert_problem(await register(), 422, "invalid_request");
  });
});

test("a campaign's rush from one address goes through, one user's loop doesn't", async () => {
  const serve = ["--trust-proxy", "127.0.0.0/8", "--limit", "issue_user=60/60"];
  await with_shop({ shoppers: 300, serve }, async (shop) => {
    const headers = { "X-Forwarded-For": "203.0.113.7" };
    const crowd = await shop.shoppers(300);
    const issue = (client) =>
      client.post(`/campaigns/${small.fifty}/issue`, undefined, { key: randomUUID(), headers });
    assert.deepEqual(tally(await Promise.all(crowd.map(issue))), { 201: 50, "409 campaign_exhausted": 250 });
    const loop = [];
    for (let i = 0; i < 70; ++i) loop.push(await issue(crowd[0]));
    assert.ok(tally(loop)["429 rate_limited"] >= 1);
    assert.notEqual((await issue(crowd[1])).status, 429);
  });
});

test("limits that are none are named, and off means off", async () => {
  for (const limit of ["order_user", "order_user=", "order_user=0/60", "order_user=5", "nothing=1/60", "order_user=5/60/1"]) {
    const done = run(["serve", "--db", "/nonexistent/x.db", "--limit", limit]);
    assert.equal(done.status, 1, limit);
    assert.match(done.stderr, /--limit: .*is no limit/, limit);
  }
  await with_shop({ shoppers: 1, serve: ["--limit", "order_user=off"] }, async (shop) => {
    const shopper = await shop.shopper(0);
    for (let i = 0; i < 310; ++i) {
      assert_problem(await shopper.post("/orders", bad_order, { key: randomUUID() }), 409, "quote_changed");
    }
  });
});
