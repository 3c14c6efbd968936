// The account and what belongs to it: addresses, password, links to a new one, the end of it; and the shop's own settings.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { assert_problem, open_small_shop, run, session_in } from "./shop.mjs";
import * as small from "./small_shop.mjs";

const password = "a long password";
let shop;
let guest;
let admin;
before(async () => {
  shop = await open_small_shop({ shoppers: 6, serve: ["--public-url", "https://shop.example.com"] });
  guest = shop.client();
  admin = await shop.sign_in("admin@example.com");
});
after(() => shop.close());

const address = { name: "김민지", phone: "010-0000-0000", postcode: "04524", line1: "세종대로 110" };
const login = (email, word) => guest.post("/auth/login", { email, password: word });

test("addresses are kept, changed and deleted; one is always the default", async () => {
  const shopper = await shop.shopper(0);
  const list = async () => (await shopper.read("/me/addresses")).items;
  assert.deepEqual(await list(), []);
  const key = randomUUID();
  const first = await shopper.post("/me/addresses", address, { key });
  assert.equal(first.status, 201, first.text);
  assert.equal(first.body.is_default, true, "the first one");
  assert.equal(first.headers.get("location"), `/api/v1/me/addresses/${first.body.id}`);
  assert.deepEqual((await shopper.post("/me/addresses", address, { key })).body, first.body);
  const second = (await shopper.post("/me/addresses", { ...address, line2: "2" })).body;
  const third = (await shopper.post("/me/addresses", { ...address, line2: "3", is_default: true })).body;
  const defaults = async () => (await list()).filter((each) => each.is_default).map(({ id }) => id);
  assert.deepEqual(await defaults(), [third.id]);
  assert.equal((await list())[0].id, third.id);

  const changed = await shopper.patch(`/me/addresses/${second.id}`, { note: "문 앞", is_default: true });
  assert.deepEqual(changed.body, { ...second, note: "문 앞", is_default: true });
  assert.deepEqual(await defaults(), [second.id]);
  assert.equal((await shopper.patch(`/me/addresses/${second.id}`, { is_default: false })).body.is_default, false);
  assert.deepEqual(await defaults(), [third.id]);
  assert.equal((await shopper.delete(`/me/addresses/${third.id}`)).status, 204);
  assert.deepEqual(await defaults(), [second.id], "the newest of the others");
  assert_problem(await shopper.delete(`/me/addresses/${third.id}`), 404, "not_found");
  assert_problem(await shopper.patch(`/me/addresses/${second.id}`, { name: " " }), 422, "invalid_request", "/name");
  assert_problem(await shopper.post("/me/addresses", { ...address, line1: "" }), 422, "invalid_request", "/line1");

  for (let i = (await list()).length; i < 20; ++i) {
    assert.equal((await shopper.post("/me/addresses", address)).status, 201);
  }
  assert_problem(await shopper.post("/me/addresses", address), 409, "limit_reached");
  assert.equal((await list()).length, 20);
});

test("a new password ends all other sessions", async () => {
  const one = await shop.new_shopper();
  const two = await shop.sign_in(one.email, password);
  const change = (word, next) => one.put("/me/password", { password: word, new_password: next });
  assert_problem(await change("wrong password", "another password"), 401, "invalid_credentials");
  assert_problem(await change(password, "short"), 422, "weak_password", "/new_password");
  assert.equal((await change(password, "another password")).status, 204);
  assert.equal((await one.get("/me")).status, 200);
  assert_problem(await two.get("/me"), 401, "unauthenticated");
  assert_problem(await login(one.email, password), 401, "invalid_credentials");
  assert.equal((await login(one.email, "another password")).status, 200);
});

test("guessing the password of a browser left open is slowed down like at the front door", async () => {
  const found = await shop.new_shopper();
  for (let i = 0; i < 10; ++i) {
    assert_problem(await found.delete_me({ password: `guess ${i}` }), 401, "invalid_credentials");
  }
  const refused = await found.delete_me({ password });
  assert_problem(refused, 429, "rate_limited");
  assert.ok(Number(refused.headers.get("retry-after")) > 1);
});

test("a link to a new password works once, and everyone signed in is out", async () => {
  const shopper = await shop.new_shopper();
  const asked = await guest.post("/auth/reset", { email: shopper.email });
  const nobody = await guest.post("/auth/reset", { email: "nobody@example.com" });
  assert.deepEqual([asked.status, asked.text], [202, ""]);
  assert.deepEqual([nobody.status, nobody.text], [202, ""]);

  const link_for = async (email) => {
    const answer = await admin.post("/admin/reset-links", { email });
    assert.equal(answer.status, 201, answer.text);
    assert.match(answer.body.link, /^https:\/\/shop\.example\.com\/reset#[\w-]{43}$/);
    return answer.body.link.split("#")[1];
  };
  const old = await link_for(shopper.email);
  const token = await link_for(shopper.email.toUpperCase());
  const [{ stored }] = shop.sql("SELECT count(*) AS stored FROM password_resets");
  assert.equal(stored, 1);
  assert.ok(!JSON.stringify(await admin.read("/admin/log")).includes(token));
  const confirm = (word, next) => guest.post("/auth/reset/confirm", { token: word, password: next });
  assert_problem(await confirm(old, "a new password"), 409, "reset_link_invalid");
  assert_problem(await confirm(token, "short"), 422, "weak_password");
  assert.equal((await confirm(token, "a new password")).status, 204);
  assert_problem(await confirm(token, "a newer password"), 409, "reset_link_invalid");
  assert_problem(await shopper.get("/me"), 401, "unauthenticated");
  assert.equal((await login(shopper.email, "a new password")).status, 200);
  assert_problem(await admin.post("/admin/reset-links", { email: "nobody@example.com" }), 404, "not_found");

  const late = await link_for(shopper.email);
  shop.sql(`UPDATE password_resets SET expires_at = ${Date.now()}`);
  assert_problem(await confirm(late, "a newer password"), 409, "reset_link_invalid");
  for (let i = 0; i < 3; ++i) await guest.post("/auth/reset", { email: "often@example.com" });
  assert_problem(await guest.post("/auth/reset", { email: "Often@example.com" }), 429, "rate_limited");
});

test("the command line makes a link while nobody serves, and mail brings one", async () => {
  const other = await open_small_shop();
  const mails = [];
  // As much of a mail server as a client needs.
  const server = createServer((socket) => {
    let in_mail = false;
    let text = "";
    socket.write("220 mail.example.com\r\n");
    socket.on("data", (bytes) => {
      text += bytes;
      for (let end; (end = text.indexOf(in_mail ? "\r\n.\r\n" : "\r\n")) >= 0; ) {
        const part = text.slice(0, end);
        text = text.slice(end + (in_mail ? 5 : 2));
        if (in_mail) {
          mails.push(part);
          in_mail = false;
          socket.write("250 taken\r\n");
          server.emit("mail");
        } else if (part === "DATA") {
          in_mail = true;
          socket.write("354 go on\r\n");
        } else if (part === "QUIT") {
          socket.end("221 bye\r\n");
        } else {
          socket.write("250 fine\r\n");
        }
      }
    });
    socket.on("error", () => {});
  });
  try {
    await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
    assert.equal(await other.stop(), 0);
    const url = "https://shop.example.com";
    const made = run(["admin", "reset-link", "--db", other.db, "--public-url", url, "admin@example.com"]);
    assert.equal(made.status, 0, made.stderr);
    const none = run(["admin", "reset-link", "--db", other.db, "nobody@example.com"]);
    assert.equal(none.status, 1);
    await other.start([
      ...["--smtp-host", "127.0.0.1", "--smtp-port", String(server.address().port), "--smtp-security", "none"],
      ...["--smtp-from", "shop@example.com", "--public-url", url],
    ]);
    const confirm = (link, word) =>
      other.client().post("/auth/reset/confirm", { token: link.trim().split("#")[1], password: word });
    assert.equal((await confirm(made.stdout, "the first password")).status, 204);
    const arrived = new Promise((done) => server.once("mail", done));
    for (const email of ["nobody@example.com", "admin@example.com"]) {
      assert.equal((await other.client().post("/auth/reset", { email })).status, 202);
    }
    await arrived;
    assert.equal(mails.length, 1, "nobody gets none");
    const [head, body] = mails[0].split("\r\n\r\n");
    assert.match(head, /^To: <admin@example\.com>$/m);
    assert.match(head, /^From: <shop@example\.com>$/m);
    const words = Buffer.from(body, "base64").toString();
    const [link] = words.match(/https:\/\/shop\.example\.com\/reset#[\w-]{43}/);
    assert.equal((await confirm(link, "the second password")).status, 204);
    assert.equal((await other.sign_in("admin@example.com", "the second password").then((c) => c.get("/me"))).status, 200);
  } finally {
    server.close();
    await other.close();
  }
});

test("an erased account leaves its orders and nothing of the person", async () => {
  const shopper = await shop.new_shopper({ balance: 50000 });
  const second = await shop.sign_in(shopper.email, password);
  await shopper.post("/me/addresses", address);
  await shopper.post("/me/cart/lines", { variant_id: small.mug });
  const lines = [{ variant_id: small.plenty, quantity: 1 }];
  const order = await shopper.place(lines, { address: { ...address, note: "문 앞" } });
  const dropped = await shopper.place(lines, { address });
  const erase = (more = {}) => shopper.delete_me({ password, ...more });
  assert_problem(await erase(), 409, "account_has_open_orders");
  assert.equal((await shopper.cancel(dropped)).status, 200);
  assert.equal((await shopper.pay(order)).status, 201);
  assert_problem(await erase({ forfeit_balance: true }), 409, "account_has_open_orders");
  const refund = { reason: "broken", restock: false };
  for (const [verb, body] of [["ship", { carrier: "CJ", tracking_number: "1" }], ["deliver", undefined], ["refund", refund]]) {
    const done = await admin.post(`/admin/orders/${order.number}/${verb}`, body, { key: randomUUID() });
    assert.ok(done.status < 300, done.text);
  }
  assert_problem(await shopper.delete_me({ password: "wrong password" }), 401, "invalid_credentials");
  const left = await erase();
  assert_problem(left, 409, "still_in_use");
  assert.equal(left.body.available, await shopper.balance());
  const erased = await erase({ forfeit_balance: true });
  assert.equal(erased.status, 204, erased.text);
  assert.match(erased.headers.getSetCookie()[0], /Max-Age=0/);

  for (const client of [shopper, second]) assert_problem(await client.get("/me"), 401, "unauthenticated");
  assert_problem(await login(shopper.email, password), 401, "invalid_credentials");
  const [row] = shop.sql(`SELECT o.user_id, u.name, u.email FROM orders o
    JOIN users u ON u.id = o.user_id WHERE o.number = '${order.number}'`);
  assert.deepEqual([row.name, row.email], ["", null]);
  for (const { number } of [order, dropped]) {
    const [kept] = shop.sql(`SELECT ship_name, ship_phone, ship_line1, ship_note FROM orders WHERE number = '${number}'`);
    assert.deepEqual(Object.values(kept), [null, null, null, null]);
  }
  const answers = shop.sql(`SELECT answer FROM idempotency_keys WHERE answer LIKE '%${order.number}%'`);
  assert.ok(answers.length > 0, "an admin's refund can be asked for again");
  for (const { answer } of answers) assert.doesNotMatch(answer, new RegExp([address.name, address.phone, address.line1].join("|")));
  for (const table of ["addresses", "user_sessions", "carts", "sync_clients", "idempotency_keys"]) {
    const [{ count }] = shop.sql(`SELECT count(*) AS count FROM ${table} WHERE user_id = ${row.user_id}`);
    assert.equal(count, 0, table);
  }
  const anew = await guest.post("/auth/register", { email: shopper.email, password, name: "Anew" });
  assert.equal(anew.status, 201, anew.text);
  assert.deepEqual((await shop.client(session_in(anew)).read("/orders")).items, []);
  assert_problem(await admin.delete_me({ password: shop.accounts["admin@example.com"] }), 403, "forbidden");
});

test("an admin sets the shop: prices follow at once, and it is written down", async () => {
  const settings = await admin.get("/admin/shop");
  assert.equal(settings.body.currency_is_fixed, true);
  const snapshot = await guest.get("/snapshot");
  const change = {
    name: { ko: "새 가게", en: "New shop" },
    time_zone: "Europe/Berlin",
    discount_multiple: 10,
    shipping: { fee: 2500, free_from: null, tax_class: "standard" },
    tax: { mode: "exclusive", rates: [{ class: "standard", basis_points: 1900 }, { class: "book", basis_points: 700 }] },
    policies: { returns: { ko: "7일", en: "7 days" } },
  };
  const etag = settings.headers.get("etag");
  const changed = await admin.patch("/admin/shop", change, { headers: { "If-Match": etag } });
  assert.equal(changed.status, 200, changed.text);
  assert.deepEqual(changed.body.shipping, change.shipping);
  assert_problem(await admin.patch("/admin/shop", change, { headers: { "If-Match": etag } }), 412, "changed_meanwhile");
  const info = await guest.read("/shop");
  assert.deepEqual([info.name.en, info.time_zone, info.rules.tax.mode], ["New shop", "Europe/Berlin", "exclusive"]);
  assert.equal((await guest.read("/shop/policies")).returns.en, "7 days");
  const since = await guest.read(`/snapshot?since=${snapshot.body.cursor}`);
  assert.equal(since.shop.shipping.fee, 2500);
  assert.equal((await guest.read("/snapshot")).shop.tax.rates.length, 2);
  const shopper = await shop.shopper(4, { balance: 100000 });
  const order = await shopper.place([{ variant_id: small.mug, quantity: 1 }]);
  assert.equal(order.total, Math.floor((12500 * 119) / 100));
  assert.equal((await shopper.pay(order)).status, 201);
  const [entry] = (await admin.read("/admin/log?limit=1")).items;
  assert.equal(entry.action, "shop.change");
  assert.equal(entry.before.shipping.fee, 3000);
  assert.equal(entry.after.shipping.fee, 2500);

  assert_problem(await admin.patch("/admin/shop", { currency: "USD" }), 409, "still_in_use", "/currency");
  assert_problem(await admin.patch("/admin/shop", { currency: "ABC" }), 422, "invalid_request", "/currency");
  for (const time_zone of ["Moon/Base", "../../etc/passwd", "", "/etc/localtime", "Asia"]) {
    assert_problem(await admin.patch("/admin/shop", { time_zone }), 422, "invalid_request", "/time_zone");
  }
  const twice = { mode: "inclusive", rates: [{ class: "a", basis_points: 1 }, { class: "a", basis_points: 2 }] };
  assert_problem(await admin.patch("/admin/shop", { tax: twice }), 422, "invalid_request", "/tax/rates/1/class");
  assert_problem(await admin.patch("/admin/shop", { name: { ko: " ", en: "" } }), 422, "invalid_request", "/name");
});

test("what is over is swept; an old refusal is given again without its quote", async () => {
  const shopper = await shop.shopper(5);
  const key = randomUUID();
  const body = { lines: [{ variant_id: small.mug, quantity: 1 }], expected_total: 1, fingerprint: "" };
  const first = await shopper.post("/orders", body, { key });
  assert_problem(first, 409, "quote_changed");
  assert.ok(first.body.quote);
  const day = 86400000;
  const before = Date.now() - 181 * day;
  shop.sql(`PRAGMA foreign_keys = ON;
    UPDATE idempotency_keys SET created_at = ${Date.now() - 2 * day},
      answer = replace(answer, '"quote":{', '"quote":{"padding":"${"x".repeat(5000)}",') WHERE key = '${key}';
    INSERT INTO user_sessions (token_hash, user_id, created_at, expires_at) VALUES (randomblob(32), 1005, 1, 2);
    INSERT INTO password_resets VALUES (1005, randomblob(32), 1, 2);
    INSERT INTO sync_clients VALUES (1005, 'old', 1, ${before}), (1005, 'new', 1, ${Date.now()});`);
  const left = () =>
    shop.sql(`SELECT (SELECT count(*) FROM user_sessions WHERE expires_at = 2)
      + (SELECT count(*) FROM password_resets WHERE expires_at = 2) + (SELECT count(*) FROM sync_clients WHERE client_id = 'old')
      + (SELECT count(*) FROM idempotency_keys WHERE length(answer) > 4096) AS count`)[0].count;
  for (const deadline = Date.now() + 30000; left() > 0 && Date.now() < deadline; ) {
    await new Promise((done) => setTimeout(done, 200));
  }
  assert.equal(left(), 0);
  assert.equal(shop.sql("SELECT count(*) AS count FROM sync_clients WHERE client_id = 'new'")[0].count, 1);
  const again = await shopper.post("/orders", body, { key });
  assert_problem(again, 409, "quote_changed");
  assert.equal(again.headers.get("idempotency-replayed"), "true");
  assert.equal(again.body.detail, first.body.detail);
  assert.equal("quote" in again.body, false);
});
