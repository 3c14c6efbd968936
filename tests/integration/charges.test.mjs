// Charges of the balance (COMMERCE.md "Balance"): by bank transfer, which an admin confirms, and by a payment company,
// played here by a server of the shape that Toss Payments has.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Gateway } from "./gateway.mjs";
import { assert_problem, open_small_shop, run, tally } from "./shop.mjs";
import * as small from "./small_shop.mjs";

const charge_of = async (client, number) =>
  (await client.read("/me/balance/charges")).items.find((charge) => charge.number === number);

/** The charge once it is no longer PENDING. */
async function finished(client, number) {
  for (;;) {
    const charge = await charge_of(client, number);
    if (charge.status !== "PENDING") return charge;
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function open_bank_shop(test, shoppers = 2) {
  const shop = await open_small_shop({
    shoppers,
    serve: ["--charge-provider", "bank_transfer", "--bank-account", "Example Bank 123-45, Cartwright"],
  });
  test.after(() => shop.process.kill("SIGKILL"));
  return { shop, admin: await shop.sign_in("admin@example.com") };
}

async function open_gateway_shop(test, more = []) {
  const gateway = await Gateway.open();
  const serve = [
    ...["--charge-provider", "gateway", "--gateway-url", gateway.url, "--gateway-secret-key", gateway.secret],
    ...["--gateway-client-key", "client key", "--gateway-checkout-url", "https://pay.example.com/open?theme=light"],
    ...["--public-url", "https://shop.example.com", ...more],
  ];
  const shop = await open_small_shop({ shoppers: 3, serve });
  test.after(async () => {
    shop.process.kill("SIGKILL");
    await gateway.close();
  });
  return { shop, gateway, serve, admin: await shop.sign_in("admin@example.com") };
}

/** What the payment page sends the shopper back with. */
const come_back = (shop, { number, key, amount, code }) => {
  const query = new URLSearchParams({ orderId: number });
  if (key !== undefined) query.set("paymentKey", key);
  if (amount !== undefined) query.set("amount", amount);
  if (code !== undefined) query.set("code", code);
  return shop.client().get(`/charges/return?${query}`);
};

test("a transfer waits for an admin, who confirms it once, and everything says who did", async (test) => {
  const { shop, admin } = await open_bank_shop(test);
  const shopper = await shop.shopper(0);
  assert.equal((await shopper.read("/me/balance")).bank_account, "Example Bank 123-45, Cartwright");
  const charge = await shopper.charge(5000);
  assert.deepEqual([charge.status, charge.provider, charge.balance], ["PENDING", "bank_transfer", 0]);
  assert.equal(await shopper.balance(), 0);

  const waiting = (await admin.read("/admin/charges?status=PENDING")).items;
  assert.deepEqual([waiting.length, waiting[0].charge.number, waiting[0].user.email], [1, charge.number, shopper.email]);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => admin.post(`/admin/charges/${charge.id}/confirm`, undefined, { key: randomUUID() })),
  );
  assert.deepEqual(tally(answers), { 200: 1, "409 charge_not_pending": 7 });
  assert.equal(await shopper.balance(), 5000);
  assert.equal((await shopper.read("/me/balance/charges?status=COMPLETED")).items[0].number, charge.number);
  const log = (await admin.read(`/admin/log?entity=charge&entity_id=${charge.id}`)).items;
  assert.deepEqual([log.length, log[0].action], [1, "charge.confirm"]);

  const lost = await shopper.charge(700);
  assert.equal((await admin.post(`/admin/charges/${lost.id}/fail`)).body.charge.reason, "refused");
  assert_problem(await admin.post(`/admin/charges/${lost.id}/confirm`), 409, "charge_not_pending");
  assert.equal(await shopper.balance(), 5000);
  await shop.close();
});

test("pending charges count against the most that a balance may hold", async (test) => {
  const { shop } = await open_bank_shop(test);
  await shop.restart(["--charge-provider", "bank_transfer", "--balance-max", "1000", "--charge-max", "900"]);
  const shopper = await shop.shopper(0);
  await shopper.charge(600);
  assert_problem(await shopper.post("/me/balance/charges", { amount: 500 }, { key: randomUUID() }), 409, "charge_limit");
  await shopper.charge(400);
  await shop.close();
});

test("what a reversed charge leaves open blocks spending until the next charge covers it", async (test) => {
  const { shop, admin } = await open_bank_shop(test);
  const shopper = await shop.shopper(0);
  const confirmed = async (amount) => {
    const charge = await shopper.charge(amount);
    assert.equal((await admin.post(`/admin/charges/${charge.id}/confirm`)).status, 200);
    return charge;
  };
  const charge = await confirmed(20_000);
  const order = await shopper.place([{ variant_id: small.sticker, quantity: 1 }]);
  assert.equal((await shopper.pay(order)).status, 201);
  const left = await shopper.balance();
  const spent = 20_000 - left;
  assert.ok(spent > 0 && left > 0);

  assert_problem(await admin.post(`/admin/charges/${charge.id}/reverse`, {}), 422, "invalid_request", "/reason");
  const reversed = await admin.post(`/admin/charges/${charge.id}/reverse`, { reason: "The transfer was recalled" });
  assert.deepEqual([reversed.status, reversed.body.open, reversed.body.charge.status], [200, spent, "REVERSED"]);
  assert_problem(await admin.post(`/admin/charges/${charge.id}/reverse`, { reason: "again" }), 409, "charge_not_reversible");
  const owing = await shopper.read("/me/balance");
  assert.deepEqual([owing.balance, owing.receivable], [0, spent]);

  const next = await shopper.place([{ variant_id: small.sticker, quantity: 1 }]);
  const refused = await shopper.pay(next);
  assert_problem(refused, 409, "receivable_outstanding");
  assert.equal(refused.body.missing, spent + next.total);

  await confirmed(spent - 1);
  assert.deepEqual(await shopper.read("/me/balance").then(({ balance, receivable }) => [balance, receivable]), [0, 1]);
  await confirmed(next.total + 1);
  assert.deepEqual(
    await shopper.read("/me/balance").then(({ balance, receivable }) => [balance, receivable]),
    [next.total, 0],
  );
  assert.equal((await shopper.pay(next)).status, 201);
  const history = (await shopper.read("/me/balance/history?limit=100")).items;
  assert.equal(history.filter(({ type }) => type === "REVERSAL").reduce((sum, { amount }) => sum + amount, 0), -20_000);
  await shop.close();
});

test("a charge that nobody pays fails after its days", async (test) => {
  const { shop } = await open_bank_shop(test);
  const shopper = await shop.shopper(0);
  const charge = await shopper.charge(500);
  shop.sql(`UPDATE charge_requests SET created_at = created_at - 7 * 86400000 WHERE id = ${charge.id}`);
  const expired = await finished(shopper, charge.number);
  assert.deepEqual([expired.status, expired.reason], ["FAILED", "expired"]);
  await shop.close();
});

test("a shopper pays at the company's page, comes back, and is credited once", async (test) => {
  const { shop, gateway } = await open_gateway_shop(test);
  const shopper = await shop.shopper(0);
  const { number, checkout, status } = await shopper.charge(12_900);
  assert.equal(status, "PENDING");
  const page = new URL(checkout.url);
  assert.deepEqual(Object.fromEntries(page.searchParams), {
    theme: "light",
    clientKey: "client key",
    orderId: number,
    amount: "12900",
    currency: "KRW",
    successUrl: "https://shop.example.com/api/v1/charges/return",
    failUrl: "https://shop.example.com/api/v1/charges/return",
  });
  const key = gateway.pay(number, 12_900);
  const back = await come_back(shop, { number, key, amount: "12900" });
  assert.deepEqual([back.status, back.headers.get("location")], [303, "/balance"]);
  const charge = await finished(shopper, number);
  assert.equal(charge.status, "COMPLETED");
  assert.equal(charge.checkout, undefined);
  assert.equal(await shopper.balance(), 12_900);
  assert.deepEqual(gateway.confirmations(number), [{ amount: 12_900, idempotency_key: number, authorized: true }]);
  await shop.close();
  assert.ok(!shop.log.includes(gateway.secret), "the secret key is in the log");
});

test("webhook and page both complete: one charge, credited once (mercurjs/mercur#1400)", async (test) => {
  const { shop, gateway } = await open_gateway_shop(test);
  const shopper = await shop.shopper(0);
  for (let round = 0; round < 5; ++round) {
    const { number } = await shopper.charge(1000);
    const key = gateway.pay(number, 1000);
    const notice = () =>
      shop.client().post("/charges/notices", {
        eventType: "PAYMENT_STATUS_CHANGED",
        data: { orderId: number, paymentKey: key, totalAmount: 1000, status: "IN_PROGRESS" },
      });
    const page = () => come_back(shop, { number, key, amount: "1000" });
    const answers = await Promise.all([notice(), page(), notice(), page(), notice()]);
    assert.deepEqual(tally(answers), { 204: 3, 303: 2 });
    assert.equal((await finished(shopper, number)).status, "COMPLETED");
    await Promise.all([notice(), page()]);
    assert.deepEqual([gateway.taken(number), gateway.confirmations(number).length], [1, 1]);
  }
  const history = (await shopper.read("/me/balance/history")).items;
  assert.deepEqual(history.map(({ type, amount }) => [type, amount]), Array(5).fill(["CHARGE", 1000]));
  await shop.close();
});

test("a notice alone is enough where the shopper never came back", async (test) => {
  const { shop, gateway } = await open_gateway_shop(test);
  const shopper = await shop.shopper(0);
  const { number } = await shopper.charge(1000);
  const data = { orderId: number, paymentKey: gateway.pay(number, 1000), totalAmount: 1000 };
  assert.equal((await shop.client().post("/charges/notices", { eventType: "PAYMENT_STATUS_CHANGED", data })).status, 204);
  assert.equal((await finished(shopper, number)).status, "COMPLETED");
  assert_problem(await shop.client().post("/charges/notices", "{"), 400, "malformed_json");
  for (const nonsense of [{}, { data: 1 }, { data: {} }, { data: { orderId: 5, paymentKey: [] } }]) {
    assert.equal((await shop.client().post("/charges/notices", nonsense)).status, 204);
  }
  await shop.close();
});

test("another amount, a cancelled payment and a key of somebody else's are no charge", async (test) => {
  const { shop, gateway } = await open_gateway_shop(test);
  const shopper = await shop.shopper(0);
  const begin = async (amount) => (await shopper.charge(amount)).number;
  const ends = async (number) => {
    const { status, reason } = await finished(shopper, number);
    return [status, reason];
  };
  const other_amount = await begin(5000);
  await come_back(shop, { number: other_amount, key: gateway.pay(other_amount, 50), amount: "50" });
  assert.deepEqual(await ends(other_amount), ["FAILED", "charge_differs"]);
  assert.deepEqual(gateway.confirmations(other_amount), []);

  const not_paid = await begin(6000);
  await come_back(shop, { number: not_paid, code: "PAY_PROCESS_CANCELED" });
  assert.deepEqual(await ends(not_paid), ["FAILED", "charge_failed"]);

  const paid = await begin(7000);
  const key = gateway.pay(paid, 7000);
  await come_back(shop, { number: paid, key, amount: "7000" });
  assert.deepEqual(await ends(paid), ["COMPLETED", ""]);
  const again = await begin(7000);
  await come_back(shop, { number: again, key, amount: "7000" });
  assert.deepEqual(await ends(again), ["FAILED", "charge_differs"]);

  const refused = await begin(8000);
  await come_back(shop, { number: refused, key: gateway.pay(refused, 8000, { refuses: true }), amount: "8000" });
  assert.deepEqual(await ends(refused), ["FAILED", "charge_failed"]);
  assert.equal(await shopper.balance(), 7000);
  await come_back(shop, { number: "no such number", key: "k", amount: "1" });
  await shop.close();
});

test("a company that hangs up, fails or says nothing is asked again until it is clear", async (test) => {
  const { shop, gateway } = await open_gateway_shop(test);
  const shopper = await shop.shopper(0);
  for (const trouble of ["error", "hang_up", "lost_answer"]) {
    const { number } = await shopper.charge(1000);
    const key = gateway.pay(number, 1000);
    gateway.next.push(trouble);
    await come_back(shop, { number, key, amount: "1000" });
    assert.equal((await finished(shopper, number)).status, "COMPLETED", trouble);
    assert.equal(gateway.taken(number), 1, trouble);
  }
  assert.equal(await shopper.balance(), 3000);
  await shop.close();
});

test("a server killed between the company's confirmation and the credit credits after its restart, once", async (test) => {
  const { shop, gateway, serve } = await open_gateway_shop(test);
  const shopper = await shop.shopper(0);
  const { number } = await shopper.charge(4000);
  const key = gateway.pay(number, 4000);
  const confirmed = gateway.hold_next_answer();
  await come_back(shop, { number, key, amount: "4000" });
  await confirmed; // the company has taken the money, and its answer is still on the way
  shop.process.kill("SIGKILL");
  await shop.exited;
  await shop.start(serve);
  assert.equal((await finished(shopper, number)).status, "COMPLETED");
  assert.equal(await shopper.balance(), 4000);
  assert.equal(gateway.taken(number), 1);
  await shop.close();
});

test("an admin can't decide what the company is still being asked about", async (test) => {
  const { shop, gateway, admin } = await open_gateway_shop(test);
  const shopper = await shop.shopper(0);
  const { number, id } = await shopper.charge(4000);
  gateway.is_down = true;
  await come_back(shop, { number, key: gateway.pay(number, 4000), amount: "4000" });
  assert_problem(await admin.post(`/admin/charges/${id}/confirm`), 409, "charge_not_pending");
  gateway.is_down = false;
  assert.equal((await finished(shopper, number)).status, "COMPLETED");
  await shop.close();
});

test("a gateway without an address, a secret or a way back is refused at the start", () => {
  const serve = (...args) => run(["serve", "--db", "none.db", "--charge-provider", "gateway", ...args]);
  const back = ["--public-url", "https://shop.example.com"];
  for (const [args, why] of [
    [[], /gateway needs --gateway-url/],
    [["--gateway-url", "https://pay.example.com", ...back], /secret key is needed/],
    [["--gateway-url", "http://pay.example.com", "--gateway-secret-key", "s", ...back], /has to be https/],
    [["--gateway-url", "pay", "--gateway-secret-key", "s", ...back], /no address like/],
    [["--gateway-url", "https://pay.example.com", "--gateway-secret-key", "s"], /needs --public-url/],
  ]) {
    const done = serve(...args);
    assert.equal(done.status, 1, args.join(" "));
    assert.match(done.stderr, why);
  }
});
