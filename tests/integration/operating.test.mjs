// What the people who run a shop rely on: health, log, metrics, backup, migration, the end.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { binary, make_folder, open_small_shop, run, sql } from "./shop.mjs";

const migrations = "server/store/sqlite/migrations";

describe("a shop that is watched", () => {
  let shop;
  before(async () => {
    shop = await open_small_shop({ shoppers: 2, serve: ["--metrics-port", "0", "--access-log"] });
  });
  after(() => shop.close());

  const log = () => shop.log.trim().split("\n").map((line) => JSON.parse(line));
  const metrics = async () => {
    const { port } = log().find(({ message }) => message === "metrics");
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type"), /^text\/plain; version=0\.0\.4/);
    return await answer.text();
  };

  it("says that it lives and takes writes", async () => {
    for (const path of ["/healthz", "/readyz"]) assert.equal((await fetch(shop.url + path)).status, 200);
  });

  it("counts requests by route, commits, and what was done, a replayed answer once", async () => {
    const shopper = await shop.shopper(0);
    const charge = () => shopper.post("/me/balance/charges", { amount: 1000 }, { key: "watched-1" });
    assert.equal((await charge()).status, 201);
    assert.equal((await charge()).headers.get("idempotency-replayed"), "true");
    const text = await metrics();
    assert.match(text, /cartwright_shop_total\{deed="balance_charged"\} 1\n/);
    assert.match(text, /cartwright_replayed_total 1\n/);
    assert.match(
      text,
      /cartwright_http_requests_total\{method="POST",route="\/api\/v1\/me\/balance\/charges",status="2xx"\} 2\n/,
    );
    assert.match(text, /cartwright_http_request_seconds_bucket\{.*le="\+Inf"\} \d+/);
    assert.match(text, /cartwright_commit_seconds_count [1-9]/);
    assert.match(text, /cartwright_writer_waiting 0\n/);
    assert.match(text, /cartwright_connections [1-9]/);
  });

  it("logs one JSON object a line with the request's id, and no secret, path or query", async () => {
    const answer = await fetch(`${shop.url}/api/v1/products?q=very-private-search`, {
      headers: { Authorization: "Bearer very-secret-token", "X-Request-Id": "ignored" },
    });
    const login = await fetch(`${shop.url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email: "very.private@example.com", password: "very-secret-password" }),
    });
    assert.equal(login.status, 401);
    const id = answer.headers.get("x-request-id");
    const line = log().find(({ request_id }) => request_id === id);
    assert.equal(line.route, "/api/v1/products");
    assert.equal(line.status, answer.status);
    assert.ok(Number.isInteger(line.duration_us));
    assert.match(line.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.doesNotMatch(shop.log, /very/);
  });
});

describe("a database file", () => {
  let shop;
  before(async () => {
    shop = await open_small_shop({ shoppers: 1 });
  });
  after(() => shop.close());

  it("is copied whole while charges go on", async () => {
    const shopper = await shop.shopper(0);
    let going = true;
    const charging = (async () => {
      let count = 0;
      while (going) {
        await shopper.charge(1);
        ++count;
      }
      return count;
    })();
    const to = join(shop.folder, "copy.db");
    const copying = spawn(binary, ["backup", "--db", shop.db, to], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    copying.stdout.on("data", (bytes) => (output += bytes));
    const code = await new Promise((done) => copying.once("exit", done));
    going = false;
    const charged = await charging;
    assert.equal(code, 0, output);
    assert.match(output, /0 breaches/);
    assert.equal(statSync(to).mode & 0o777, 0o600);
    const [{ copied }] = sql(to, "SELECT count(*) AS copied FROM charge_requests");
    assert.ok(copied <= charged);
    assert.equal(run(["audit", "--db", to]).status, 0);
  });

  it("never takes the place of another file", () => {
    const to = join(shop.folder, "precious");
    copyFileSync(binary, to);
    const refused = run(["backup", "--db", shop.db, to]);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /precious is there already/);
    assert.ok(readFileSync(to).equals(readFileSync(binary)));
    const missing = run(["backup", "--db", join(shop.folder, "none.db"), join(shop.folder, "new.db")]);
    assert.equal(missing.status, 1);
    assert.ok(!existsSync(join(shop.folder, "new.db")));
    assert.ok(!existsSync(join(shop.folder, "new.db.part")));
  });

  it("of an older version is refused until it was migrated, and is kept as it was", () => {
    const steps = readdirSync(migrations).sort();
    const now = steps.length;
    const db = join(shop.folder, "older.db");
    sql(db, "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;");
    for (const step of steps.slice(0, -1)) sql(db, readFileSync(join(migrations, step), "utf8"));
    sql(db, `PRAGMA application_id = ${0x43525457}; PRAGMA user_version = ${now - 1};`);

    const refused = run(["serve", "--db", db, "--port", "0"]);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /older version.*cartwright migrate/);

    const migrated = run(["migrate", "--db", db]);
    assert.equal(migrated.status, 0, migrated.stderr);
    assert.match(migrated.stdout, /0 breaches/);
    assert.deepEqual(sql(db, "PRAGMA user_version"), [{ user_version: now }]);
    assert.deepEqual(sql(`${db}.before-${now}`, "PRAGMA user_version"), [{ user_version: now - 1 }]);
    assert.match(run(["migrate", "--db", db]).stdout, /already/);
  });

  it("that is served is not migrated", () => {
    const refused = run(["migrate", "--db", shop.db]);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /open for writing in another process/);
  });
});

it("a shop on a full disk doesn't open, says why, and opens when there is room again", async (test) => {
  const shop = await open_small_shop();
  assert.equal(await shop.stop(), 0);
  const disk = make_folder();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]);
  if (mounted.status !== 0) return test.skip("only root may make a disk of its own");
  test.after(() => spawnSync("umount", ["-l", disk]));
  const db = join(disk, "shop.db");
  copyFileSync(shop.db, db);
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "filling"), Buffer.alloc(bavail * bsize));
  const content = readFileSync(db);
  const refused = run(["serve", "--db", db, "--port", "0"]);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /no room left on the disk/);
  assert.deepEqual(readFileSync(db), content);
  rmSync(join(disk, "filling"));
  shop.db = db;
  await shop.start();
  await shop.client().read("/snapshot");
  await shop.close();
});
