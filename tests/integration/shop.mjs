// A real shop for a test: a database of its own, served by `cartwright serve` on a free port of loopback. Two kinds:
//   open_shop()        the demo shop, filled by `cartwright demo`
//   open_small_shop()  few things with known numbers (small_shop.mjs), and as many shoppers as wanted
// Every shop is audited when it is closed.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { assert_described } from "./conformity.mjs";
import { small_shop_sql, shoppers_sql, token_of_shopper } from "./small_shop.mjs";

export const binary = resolve(process.env.CARTWRIGHT_BINARY ?? "build/release/cartwright");

/** Runs a command of the binary to its end. */
export function run(args, options = {}) {
  return spawnSync(binary, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
}

/** Runs statements on a database with Debian's sqlite3; rows come back as objects. */
export function sql(db, statements) {
  const done = spawnSync("sqlite3", ["-json", "-cmd", ".timeout 10000", db], {
    input: statements,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  assert.equal(done.status, 0, `sqlite3: ${done.error ?? done.stderr}`);
  assert.equal(done.stderr, "");
  return done.stdout.trim() === "" ? [] : JSON.parse(done.stdout);
}

// Of a test that fails nothing is left behind.
const folders = new Set();
const servers = new Set();
process.once("exit", () => {
  for (const server of servers) server.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is removed when the process ends. */
export function make_folder() {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-"));
  folders.add(folder);
  return folder;
}

/** Opens a demo shop. `serve`: more arguments for it; `demo`: more arguments for the filling. */
export async function open_shop({ serve = [], demo = [] } = {}) {
  const folder = make_folder();
  const db = join(folder, "shop.db");
  const filled = run(["demo", "--db", db, ...demo]);
  assert.equal(filled.status, 0, filled.stderr);
  const shop = new Shop(folder, db, accounts_in(filled.stdout));
  await shop.start(serve);
  return shop;
}

/** Opens a small shop with `shoppers` accounts that are signed in: shop.shopper(0), shop.shopper(1), … */
export async function open_small_shop({ serve = [], shoppers = 0, also = "" } = {}) {
  const folder = make_folder();
  const db = join(folder, "shop.db");
  const made = run(["admin", "add", "--db", db, "admin@example.com"]);
  assert.equal(made.status, 0, made.stderr);
  sql(db, small_shop_sql(Date.now()) + shoppers_sql(shoppers, Date.now()) + also);
  const shop = new Shop(folder, db, accounts_in(made.stdout));
  await shop.start(serve);
  return shop;
}

/** E-mail -> password of the accounts that a command printed. */
export function accounts_in(text) {
  return Object.fromEntries(
    [...text.matchAll(/(\S+@example\.com)\s+(\S+)/g)].map(([, email, password]) => [email, password]),
  );
}

/** The session that signing in began, out of its cookie as a browser keeps it. */
export function session_in(answer) {
  return answer.headers.getSetCookie()[0].match(/cartwright_session=([\w-]{43})/)[1];
}

/** A refusal as API.md has them. `pointer`: where in the request the fault is. */
export function assert_problem(answer, status, code, pointer) {
  const what = `${answer.request}: ${answer.status} ${answer.text}`;
  assert.equal(answer.status, status, what);
  assert.equal(answer.headers.get("content-type"), "application/problem+json", what);
  assert.equal(answer.body.code, code, what);
  assert.equal(answer.body.status, status, what);
  assert.ok(answer.body.title, what);
  assert.ok(answer.headers.get("x-request-id"), what);
  if (pointer !== undefined) assert.equal(answer.body.errors?.[0]?.pointer, pointer, what);
}

/** How many answers there are of each kind: {"201": 50, "409 campaign_exhausted": 150}. */
export function tally(answers) {
  const counts = {};
  for (const { status, body } of answers) {
    const kind = body?.code ? `${status} ${body.code}` : `${status}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Prices requests with `cartwright quote`, one answer each. */
export function quote(...requests) {
  const done = run(["quote"], { input: requests.map((request) => JSON.stringify(request) + "\n").join("") });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

class Shop {
  constructor(folder, db, accounts) {
    this.folder = folder;
    this.db = db;
    this.accounts = accounts; // e-mail -> password of what the filling made
    this.log = "";
  }

  async start(more = []) {
    const provider = more.includes("--charge-provider") ? [] : ["--charge-provider", "instant"];
    const port = more.includes("--port") ? [] : ["--port", "0"];
    const args = ["serve", "--db", this.db, ...port, ...provider, ...more];
    const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.process = child;
    child.stderr.on("data", (bytes) => (this.log += bytes));
    servers.add(child);
    this.ended = new Promise((done) =>
      child.once("exit", (code, signal) => {
        servers.delete(child);
        done({ code, signal });
      }),
    );
    this.url = await new Promise((found, failed) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const url = line.match(/http:\/\/[^\s/]+/);
        if (url) found(url[0]);
      });
      this.ended.then(({ code }) => failed(new Error(`serve ended with ${code}: ${this.log}`)));
    });
    // A server that a failed test left running doesn't keep the test's process: its end kills the server.
    for (const handle of [child, child.stdout, child.stderr]) handle.unref();
  }

  /** {code, signal}, once the server has ended. */
  get exited() {
    this.process.ref();
    return this.ended;
  }

  /** SIGTERM and the exit code. */
  async stop() {
    this.process.kill("SIGTERM");
    return (await this.exited).code;
  }

  async restart(more = []) {
    assert.equal(await this.stop(), 0, this.log);
    await this.start(more);
  }

  audit() {
    const audit = run(["audit", "--db", this.db]);
    assert.equal(audit.status, 0, audit.stdout + audit.stderr);
  }

  /** Stops, audits, removes. */
  async close() {
    assert.equal(await this.stop(), 0, this.log);
    this.audit();
    rmSync(this.folder, { recursive: true, force: true });
  }

  sql(statements) {
    return sql(this.db, statements);
  }

  /** A hash of all that is stored. */
  content() {
    const dump = spawnSync("sqlite3", [this.db, ".dump"], { encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(dump.status, 0, dump.stderr);
    return createHash("sha256").update(dump.stdout).digest("hex");
  }

  /** Runs `body`; what is stored afterwards must be what was stored before. */
  async writes_nothing(body) {
    const content = this.content();
    await body();
    assert.equal(this.content(), content, "something was written");
  }

  /** What the server says to these bytes, until it closes. */
  raw(bytes) {
    return new Promise((done, failed) => {
      const { hostname, port } = new URL(this.url);
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let answer = "";
      socket.on("data", (data) => (answer += data));
      socket.on("close", () => done(answer));
      socket.on("error", failed);
    });
  }

  /** Someone without an account, or with `token` the one it belongs to. */
  client(token) {
    return new Client(this, token);
  }

  /** The small shop's shopper of that number, signed in. */
  async shopper(number, { balance = 0 } = {}) {
    const client = this.client(token_of_shopper(number));
    client.email = `shopper${number}@example.com`;
    if (balance > 0) await client.charge(balance);
    return client;
  }

  /** The first `count` shoppers of a small shop, each with that balance. */
  shoppers(count, options) {
    return Promise.all(Array.from({ length: count }, (_, number) => this.shopper(number, options)));
  }

  async sign_in(email, password = this.accounts[email]) {
    const answer = await this.client().post("/auth/login", { email, password });
    assert.equal(answer.status, 200, answer.text);
    return this.client(session_in(answer));
  }

  /** A new account by REST, signed in, with that balance. */
  async new_shopper({ balance = 0 } = {}) {
    const email = `${randomUUID()}@example.com`;
    const answer = await this.client().post("/auth/register", {
      email,
      password: "a long password",
      name: "Shopper",
    });
    assert.equal(answer.status, 201, answer.text);
    const client = this.client(session_in(answer));
    client.email = email;
    if (balance > 0) await client.charge(balance);
    return client;
  }
}

class Client {
  constructor(shop, token) {
    this.shop = shop;
    this.token = token;
  }

  get = (path, options) => this.send("GET", path, undefined, options);
  post = (path, body, options) => this.send("POST", path, body, options);
  put = (path, body, options) => this.send("PUT", path, body, options);
  patch = (path, body, options) => this.send("PATCH", path, body, options);
  delete = (path, options) => this.send("DELETE", path, undefined, options);
  delete_me = (body) => this.send("DELETE", "/me", body);

  /** `key`: the Idempotency-Key. A string or bytes go out as they are. The answer: {status, headers, text, body}. */
  async send(method, path, body, { key, headers = {} } = {}) {
    const is_raw = body === undefined || typeof body === "string" || body instanceof Uint8Array;
    const outside = /^\/(api|healthz|readyz|openapi)/.test(path);
    const target = outside ? path : `/api/v1${path}`;
    const sent = {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
        ...(key == null ? {} : { "Idempotency-Key": key }),
        ...headers,
      },
      body: is_raw ? body : JSON.stringify(body),
      redirect: "manual",
    };
    const response = await fetch(this.shop.url + target, sent);
    const text = await response.text();
    const { status, headers: got } = response;
    assert_described({ ...sent, headers: new Headers(sent.headers), target }, { status, headers: got, text });
    const is_json = text !== "" && (response.headers.get("content-type") ?? "").includes("json");
    return {
      request: `${method} ${path}`,
      status: response.status,
      headers: response.headers,
      text,
      body: is_json ? JSON.parse(text) : text,
    };
  }

  /** What has to succeed: the body of the answer. */
  async read(path) {
    const answer = await this.get(path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    return answer.body;
  }

  async charge(amount, key = randomUUID()) {
    const answer = await this.post("/me/balance/charges", { amount }, { key });
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  }

  async balance() {
    return (await this.read("/me/balance")).balance;
  }

  async cart() {
    return (await this.read("/me/cart")).lines;
  }

  async issue(campaign, key = randomUUID()) {
    return this.post(`/campaigns/${campaign}/issue`, undefined, { key });
  }

  /** A coupon of the campaign, which there must be. */
  async take_coupon(campaign) {
    const answer = await this.issue(campaign);
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  }

  async coupon(id) {
    return (await this.read("/me/coupons?limit=100")).items.find((coupon) => coupon.id === id);
  }

  /** The price as the browser computes it: the shop's public data, the shopper's wallet, the same core. */
  async quote(lines, choice = { mode: "none" }) {
    const [snapshot, wallet, me] = await Promise.all([
      this.read("/snapshot"),
      this.read("/me/coupons?status=AVAILABLE&limit=100"),
      this.read("/me"),
    ]);
    const wanted = new Set(lines.map((line) => line.variant_id));
    const [answer] = quote({
      now: snapshot.now,
      shop: snapshot.shop,
      customer: { paid_orders: me.paid_orders },
      variants: snapshot.variants.filter((variant) => wanted.has(variant.id)),
      lines,
      promotions: snapshot.promotions,
      coupons: wallet.items.map(({ id, status, expires_at, rule }) => ({ id, status, expires_at, rule })),
      choice,
    });
    return answer;
  }

  /** Sends an order of `lines` (of the cart, if left out) with the price that was shown. */
  async order(lines, { choice, shown, key = randomUUID(), address } = {}) {
    const quoted =
      lines ??
      (await this.cart()).map(({ variant_id, quantity, selected }) => ({ variant_id, quantity, selected }));
    const { total, fingerprint } = shown ?? (await this.quote(quoted, choice));
    const body = {
      ...(lines ? { lines } : {}),
      ...(choice ? { choice } : {}),
      ...(address ? { address } : {}),
    };
    return this.post("/orders", { ...body, expected_total: total, fingerprint }, { key });
  }

  /** An order that has to be taken. */
  async place(lines, options) {
    const answer = await this.order(lines, options);
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  }

  pay(order, key = randomUUID()) {
    return this.post(`/orders/${order.number}/payment`, undefined, { key });
  }

  cancel(order) {
    return this.post(`/orders/${order.number}/cancel`);
  }
}
