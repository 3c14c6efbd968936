// A real shop for a test: a database of its own, filled by `cartwright demo`, served by `cartwright serve` on a free port
// of loopback. Every shop is audited when it is closed.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { randomUUID } from "node:crypto";

export const binary = resolve(process.env.CARTWRIGHT_BINARY ?? "build/release/cartwright");

/** Runs a command of the binary to its end. */
export function run(args, options = {}) {
  return spawnSync(binary, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
}

/** Opens a demo shop. `serve`: more arguments for it; `demo`: more arguments for the filling. */
export async function open_shop({ serve = [], demo = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-"));
  const db = join(folder, "shop.db");
  const filled = run(["demo", "--db", db, ...demo]);
  assert.equal(filled.status, 0, filled.stderr);
  const accounts = Object.fromEntries(
    [...filled.stdout.matchAll(/(\S+@example\.com)\s+(\S+)/g)].map(([, email, password]) => [email, password]),
  );
  const shop = new Shop(folder, db, accounts);
  await shop.start(serve);
  return shop;
}

class Shop {
  constructor(folder, db, accounts) {
    this.folder = folder;
    this.db = db;
    this.accounts = accounts; // e-mail -> password of what the demo made
    this.log = "";
  }

  async start(more = []) {
    const args = ["serve", "--db", this.db, "--port", "0", "--charge-provider", "instant", ...more];
    this.process = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.process.stderr.on("data", (bytes) => (this.log += bytes));
    this.exited = new Promise((done) => this.process.once("exit", (code, signal) => done({ code, signal })));
    this.url = await new Promise((found, failed) => {
      createInterface({ input: this.process.stdout }).on("line", (line) => {
        const url = line.match(/http:\/\/[^\s/]+/);
        if (url) found(url[0]);
      });
      this.exited.then(({ code }) => failed(new Error(`serve ended with ${code}: ${this.log}`)));
    });
  }

  /** SIGTERM and the exit code. */
  async stop() {
    this.process.kill("SIGTERM");
    return (await this.exited).code;
  }

  /** Stops, audits, removes. */
  async close() {
    assert.equal(await this.stop(), 0, this.log);
    const audit = run(["audit", "--db", this.db]);
    assert.equal(audit.status, 0, audit.stdout + audit.stderr);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Someone without an account, or with `token` the one it belongs to. */
  client(token) {
    return new Client(this, token);
  }

  async sign_in(email, password = this.accounts[email]) {
    const answer = await this.client().post("/auth/login", { email, password });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return this.client(answer.body.token);
  }

  /** A new shopper, signed in, with that balance. */
  async new_shopper({ balance = 0 } = {}) {
    const email = `${randomUUID()}@example.com`;
    const answer = await this.client().post("/auth/register", { email, password: "a long password", name: "Shopper" });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const client = this.client(answer.body.token);
    client.email = email;
    if (balance > 0) {
      const charge = await client.post("/me/balance/charges", { amount: balance }, { key: randomUUID() });
      assert.equal(charge.status, 201, JSON.stringify(charge.body));
    }
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

  /** `key`: the Idempotency-Key. A string body goes out as it is. The answer: {status, headers, body}. */
  async send(method, path, body, { key, headers = {} } = {}) {
    const response = await fetch(this.shop.url + (path.startsWith("/api") ? path : `/api/v1${path}`), {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
        ...(key ? { "Idempotency-Key": key } : {}),
        ...headers,
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const json = (response.headers.get("content-type") ?? "").includes("json");
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }
}
