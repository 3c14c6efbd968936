// The commands of the binary: what they take, what they say, how they end.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { accounts_in, make_folder, open_small_shop, run, sql } from "./shop.mjs";
import { small_shop_sql } from "./small_shop.mjs";

const commands = ["quote", "serve", "demo", "import", "audit", "admin", "admin add"];
const shopify = fileURLToPath(new URL("../../../shared/data/shopify", import.meta.url));

const request = {
  now: 1700000000000,
  shop: { currency: "KRW" },
  variants: [{ id: 1, product_id: 1, unit_price: 1000, stock: 5 }],
  lines: [{ variant_id: 1, quantity: 2 }],
};

test("quote answers each line, and a bad one doesn't stop it", () => {
  const good = JSON.stringify(request);
  const lines = [
    good,
    "{",
    "",
    JSON.stringify({ ...request, surprise: 1 }),
    JSON.stringify({ ...request, lines: [{ variant_id: 1, quantity: 0 }] }),
    good.replace('"quantity":2', '"quantity":2.0'),
    good.replace("1000", "9007199254740991").replace('"quantity":2', '"quantity":1000000'),
    good.replace('"KRW"', '"ABC"'),
    good.replace('"KRW"', '"\\ud800"'),
    "[".repeat(100000),
    "null",
    good,
  ];
  const done = run(["quote"], { input: lines.join("\n") }); // the last line has no end
  assert.equal(done.status, 0, done.stderr);
  const answers = done.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(answers.length, lines.length);
  assert.equal(answers[0].total, 2000);
  assert.deepEqual(answers.at(-1), answers[0]);
  const errors = answers.slice(1, -1).map(({ error }) => [error?.code, error?.path]);
  assert.deepEqual(errors[2], ["invalid_request", "$.surprise"]);
  assert.deepEqual(errors[3], ["invalid_request", "$.lines[0].quantity"]);
  assert.deepEqual(errors[4], ["invalid_request", "$.lines[0].quantity"]);
  assert.deepEqual(errors[5], ["amount_overflow", undefined]);
  assert.deepEqual(errors[6], ["invalid_request", "$.shop.currency"]);
  assert.deepEqual(errors[7], ["invalid_request", "$.shop.currency"]);
  for (const [code] of errors) assert.match(code ?? "", /^(invalid_request|malformed_json|amount_overflow)$/);
});

test("quote without input has no output", () => {
  const done = run(["quote"], { input: "" });
  assert.deepEqual([done.status, done.stdout], [0, ""]);
});

test("every command explains itself", () => {
  for (const command of [[], ...commands.map((name) => name.split(" "))]) {
    const done = run([...command, "--help"]);
    assert.equal(done.status, 0, command.join(" "));
    assert.match(done.stdout, /Usage/, command.join(" "));
    assert.equal(done.stderr, "");
  }
  const general = run(["--help"]).stdout;
  for (const name of ["quote", "serve", "demo", "import", "audit", "admin"])
    assert.match(general, new RegExp(`\\b${name}\\b`));
  assert.match(run(["--version"]).stdout, /^cartwright \d+\.\d+/);
});

test("what a command doesn't know ends with a message, and nothing is made", () => {
  const folder = make_folder();
  const db = join(folder, "never.db");
  const cases = [
    [],
    ["bogus"],
    ["serve"],
    ["audit"],
    ["import", "--db", db],
    ["import", "--db", db, join(folder, "absent.csv")],
    ["admin"],
    ["admin", "remove", "--db", db],
    ["admin", "add", "--db", db],
    ["demo", "--db", db, "--bogus"],
    ["serve", "--db", db, "--port", "99999"],
    ["serve", "--db", db, "--port", "-1"],
    ["serve", "--db", db, "--port", "http"],
    ["serve", "--db", db, "--charge-max", "0"],
    ["serve", "--db", db, "--charge-provider", "magic"],
    ["serve", "--db", db, "--pending-minutes", "0"],
    ["serve", "--db", db, "--trust-proxy", "everyone"],
    ["serve", "--db", db, "--allow-origin", "*"],
    ["serve", "--db", db, "--allow-origin", "https://www.example.com/"],
    ["serve", "--db", db, "--allow-origin", "https://www.example.com:443"],
    ["serve", "--db", db, "--web", join(folder, "absent")],
    ["quote", "--bogus"],
  ];
  for (const args of cases) {
    const done = run(args, { input: "", timeout: 15000 });
    assert.ok(done.status > 0, args.join(" "));
    assert.ok(done.stderr.trim().length > 10, `${args.join(" ")} says why: ${done.stderr}`);
    assert.ok(!existsSync(db), args.join(" "));
  }
});

test("scripts/run refuses a port or a folder that can't be before it builds or makes anything", () => {
  const script = fileURLToPath(new URL("../../scripts/run", import.meta.url));
  const folder = make_folder();
  const db = join(folder, "shop.db");
  for (const [args, said] of [
    [["--port", "abc", "--db", db], /--port: abc/],
    [["--port", "70000", "--db", db], /--port: 70000/],
    [["--db", join(folder, "none", "shop.db")], /there is no folder .*none/],
    [["--prot", "1"], /--port 8080/],
  ]) {
    const { status, stdout, stderr } = spawnSync(script, args, { encoding: "utf8" });
    assert.deepEqual([status, stdout], [2, ""], stderr);
    assert.match(stderr, said);
  }
  assert.deepEqual(readdirSync(folder), []);
});

test("a database that is none, or none of ours, or can't be made is refused", () => {
  const folder = make_folder();
  const garbage = join(folder, "garbage.db");
  writeFileSync(garbage, "this is no database, and it is longer than a header of one would be, ".repeat(20));
  const foreign = join(folder, "foreign.db");
  sql(foreign, "CREATE TABLE things (id INTEGER); PRAGMA user_version = 999999;");
  const cases = [
    ["audit", "--db", join(folder, "absent.db")],
    ["audit", "--db", garbage],
    ["audit", "--db", foreign],
    ["serve", "--db", garbage, "--port", "0"],
    ["serve", "--db", foreign, "--port", "0"],
    ["serve", "--db", folder, "--port", "0"],
    ["serve", "--db", join(folder, "no", "such", "folder.db"), "--port", "0"],
    ["demo", "--db", garbage],
    ["demo", "--db", foreign],
    ["admin", "add", "--db", garbage, "a@example.com"],
  ];
  for (const args of cases) {
    const done = run(args, { timeout: 15000 });
    assert.equal(done.signal, null, args.join(" "));
    assert.ok(done.status > 0, args.join(" "));
    assert.ok(
      done.stderr.includes(args[args.indexOf("--db") + 1]),
      `${args.join(" ")} names the file: ${done.stderr}`,
    );
  }
  assert.ok(!existsSync(join(folder, "absent.db")), "audit makes no database");
  assert.deepEqual(sql(foreign, "SELECT name FROM sqlite_master"), [{ name: "things" }]);
});

/** A database of the small shop that nobody serves. */
function small_database() {
  const db = join(make_folder(), "shop.db");
  assert.equal(run(["admin", "add", "--db", db, "admin@example.com"]).status, 0);
  sql(db, small_shop_sql(Date.now()));
  return db;
}

test("audit finds nothing in a sound shop, and names each thing that is wrong in a broken one", async () => {
  const shop = await open_small_shop({ shoppers: 2 });
  const shopper = await shop.shopper(0, { balance: 50000 });
  const coupon = await shopper.take_coupon(1);
  const choice = { mode: "listed", coupons: [{ id: coupon.id }] };
  const order = await shopper.place([{ variant_id: 11, quantity: 1 }], { choice });
  assert.equal((await shopper.pay(order)).status, 201);
  assert.equal((await shopper.cancel(await shopper.place([{ variant_id: 18, quantity: 1 }]))).status, 200);
  await shopper.place([{ variant_id: 18, quantity: 1 }]);
  assert.equal(run(["audit", "--db", shop.db]).status, 0, "also while it is served");
  assert.equal(await shop.stop(), 0);

  const breakages = [
    ["UPDATE user_balances SET balance = balance + 1 WHERE user_id = 1000", /balance.*1000/],
    ["UPDATE product_variants SET stock = stock - 1 WHERE id = 11", /stock.*11/],
    [
      "UPDATE fcfs_coupons SET remaining_quantity = remaining_quantity + 1 WHERE id = 1",
      /remaining|issued|campaign/,
    ],
    ["UPDATE user_coupons SET status = 'AVAILABLE', order_id = NULL, used_at = NULL", /coupon/],
    ["DELETE FROM payments WHERE status = 'COMPLETED'", /payment/],
    ["DELETE FROM balance_history WHERE type = 'USE'", /balance|history/],
    ["DELETE FROM stock_movements WHERE reason = 'SOLD'", /stock/],
    ["DELETE FROM sales_buckets", /sales|sold/],
    ["UPDATE sales_buckets SET units = units + 1", /sales|sold/],
    ["DELETE FROM outbox_events", /event/],
    ["UPDATE outbox_events SET position = 100 + 2 * id", /position|event/],
    [
      "UPDATE orders SET total = total - 1, merchandise = merchandise - 1, order_discount = order_discount + 1 WHERE status = 'PENDING'",
      /order/,
    ],
    ["UPDATE order_quotes SET answer = '{}'", /quote/],
    ["UPDATE user_balances SET paid_orders = 7 WHERE user_id = 1000", /paid/],
    [
      "UPDATE balance_history SET balance_before = balance_before + 1, balance_after = balance_after + 1 WHERE position = 2",
      /balance/,
    ],
  ];
  for (const [statement, name] of breakages) {
    const broken = join(make_folder(), "broken.db");
    sql(shop.db, `VACUUM INTO '${broken}'`);
    sql(broken, statement);
    const audit = run(["audit", "--db", broken]);
    assert.equal(audit.status, 1, statement);
    assert.match(audit.stdout, name, statement);
    assert.match(audit.stdout, /: id \d+, expected -?\d+, found -?\d+/, statement);
  }
  shop.audit();
});

const csv_head =
  "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Image Alt Text";
const csv_rows = [
  'cup,"Cup, blue",<p>Blue</p><script>alert(1)</script>,Potter,Mugs,"blue, clay",true,Size,Small,CUP-S,3,12.50,https://example.com/cup.jpg,A cup',
  "cup,,,,,,,,Large,CUP-L,4,15.00,https://example.com/cup-2.jpg,",
  "cup,,,,,,,,,,,,https://example.com/cup-3.jpg,Only a picture",
  "bowl,Bowl,,Potter,Bowls,,true,Title,Default Title,,0,20,,",
];

function write_csv(rows, name = "products.csv") {
  const file = join(make_folder(), name);
  writeFileSync(file, [csv_head, ...rows].join("\n") + "\n");
  return file;
}

test("import takes options, stock, tags, categories and pictures, and the same file again changes nothing", () => {
  const db = join(make_folder(), "shop.db");
  const file = write_csv(csv_rows);
  const first = run(["import", "--db", db, "--currency", "USD", "--language", "en", file]);
  assert.equal(first.status, 0, first.stdout + first.stderr);
  assert.deepEqual(sql(db, "SELECT sku, price, stock FROM product_variants ORDER BY id"), [
    { sku: "CUP-S", price: 1250, stock: 3 },
    { sku: "CUP-L", price: 1500, stock: 4 },
    { sku: "", price: 2000, stock: 0 },
  ]);
  assert.deepEqual(
    sql(db, "SELECT url FROM product_images ORDER BY position").map(({ url }) => url),
    ["https://example.com/cup.jpg", "https://example.com/cup-2.jpg", "https://example.com/cup-3.jpg"],
  );
  assert.deepEqual(
    sql(db, "SELECT tag FROM product_tags ORDER BY tag").map(({ tag }) => tag),
    ["blue", "clay"],
  );
  assert.equal(sql(db, "SELECT count(*) AS count FROM categories")[0].count, 2);
  assert.deepEqual(
    sql(db, "SELECT DISTINCT description_html AS html FROM product_texts WHERE description_html <> ''"),
    [{ html: "<p>Blue</p>" }],
  );
  const products = sql(db, "SELECT * FROM products");
  const movements = sql(db, "SELECT * FROM stock_movements");
  const changes = sql(db, "SELECT * FROM changes");
  for (const more of [[], ["--currency", "USD"], ["--skip-bad"]]) {
    const again = run(["import", "--db", db, "--language", "en", ...more, file]);
    assert.equal(again.status, 0, again.stderr);
  }
  assert.deepEqual(sql(db, "SELECT * FROM products"), products);
  assert.deepEqual(sql(db, "SELECT * FROM stock_movements"), movements);
  assert.deepEqual(sql(db, "SELECT * FROM changes"), changes);
  assert.equal(run(["audit", "--db", db]).status, 0);
});

test("a price with more decimals than the currency has is named with line and column, and nothing is taken", () => {
  const db = join(make_folder(), "shop.db");
  const file = write_csv(csv_rows);
  const refused = run(["import", "--db", db, file]); // KRW
  assert.ok(refused.status > 0);
  const said = refused.stdout + refused.stderr;
  assert.match(said, /products\.csv:2:\d+/);
  assert.match(said, /12\.50/);
  assert.doesNotMatch(said, /15\.00/, "which is 15 in any currency");
  assert.equal(sql(db, "SELECT count(*) AS count FROM products")[0].count, 0);

  const skipped = run(["import", "--db", db, "--skip-bad", file]);
  assert.equal(skipped.status, 0, skipped.stderr);
  const handles = sql(db, "SELECT handle FROM products ORDER BY handle").map(({ handle }) => handle);
  assert.ok(handles.includes("bowl"));
  assert.ok(
    sql(db, "SELECT price FROM product_variants").every(
      ({ price }) => Number.isInteger(price) && price !== 12 && price !== 13,
    ),
  );
  assert.equal(run(["audit", "--db", db]).status, 0);
});

test("bad rows of all kinds are named, and nothing of the file is taken", () => {
  const bad = {
    "a price that is no number": "x,X,,,,,true,Title,Default Title,,1,cheap,,",
    "a negative price": "x,X,,,,,true,Title,Default Title,,1,-5,,",
    "a price beyond every amount": "x,X,,,,,true,Title,Default Title,,1,99999999999999999999,,",
    "a stock that is no number": "x,X,,,,,true,Title,Default Title,,many,5,,",
    "no handle": ",X,,,,,true,Title,Default Title,,1,5,,",
    "too few columns": "x,X",
    "an open quote": 'x,"X,,,,,true,Title,Default Title,,1,5,,',
    "a variant twice": "bowl,,,,,,,Title,Default Title,,1,5,,",
  };
  for (const [what, row] of Object.entries(bad)) {
    const db = join(make_folder(), "shop.db");
    const done = run(["import", "--db", db, "--currency", "USD", write_csv([...csv_rows, row])]);
    assert.ok(done.status > 0, `${what}: ${done.stdout}`);
    assert.match(done.stdout + done.stderr, /products\.csv:[56]/, what);
    assert.equal(sql(db, "SELECT count(*) AS count FROM products")[0].count, 0, what);
  }
  const db = join(make_folder(), "shop.db");
  for (const [what, content] of Object.entries({
    empty: "",
    "no head": "a,b\n1,2\n",
    "no text": Buffer.from([0xff, 0xfe, 0, 1]),
  })) {
    const file = join(make_folder(), "odd.csv");
    writeFileSync(file, content);
    const done = run(["import", "--db", db, file], { timeout: 15000 });
    assert.ok(done.status > 0, what);
    assert.match(done.stdout + done.stderr, /odd\.csv/, what);
  }
});

test(
  "Shopify's own files import whole",
  { skip: existsSync(shopify) ? false : "its files are not beside the repository" },
  () => {
    const files = readdirSync(shopify)
      .filter((name) => name.endsWith(".csv"))
      .map((name) => join(shopify, name));
    assert.ok(files.length >= 2);
    const db = join(make_folder(), "shop.db");
    for (const file of files) {
      const done = run(["import", "--db", db, "--currency", "USD", "--language", "en", file]);
      assert.equal(done.status, 0, done.stdout + done.stderr);
    }
    const [{ products }] = sql(db, "SELECT count(*) AS products FROM products");
    assert.equal(products, 40);
    const [{ bad }] = sql(
      db,
      "SELECT count(*) AS bad FROM products p WHERE NOT EXISTS (SELECT 1 FROM product_images i WHERE i.product_id = p.id)",
    );
    assert.equal(bad, 0, "each has its picture");
    const before_it = sql(db, "SELECT max(id) AS movement FROM stock_movements");
    for (const file of files) assert.equal(run(["import", "--db", db, "--language", "en", file]).status, 0);
    assert.deepEqual(sql(db, "SELECT count(*) AS products FROM products"), [{ products: 40 }]);
    assert.deepEqual(sql(db, "SELECT max(id) AS movement FROM stock_movements"), before_it);
    assert.equal(run(["audit", "--db", db]).status, 0);
  },
);

test("a shop's currency is chosen once", () => {
  const db = join(make_folder(), "shop.db");
  assert.equal(run(["import", "--db", db, "--currency", "USD", write_csv(csv_rows)]).status, 0);
  for (const args of [
    ["import", "--db", db, "--currency", "KRW", write_csv(csv_rows)],
    ["serve", "--db", db, "--port", "0", "--currency", "KRW"],
  ]) {
    const done = run(args, { timeout: 15000 });
    assert.ok(done.status > 0, args[0]);
    assert.match(done.stderr, /USD/);
  }
  for (const currency of ["usd", "ABC", "", "US", "DOLLAR"]) {
    const other = join(make_folder(), "other.db");
    const done = run(["import", "--db", other, "--currency", currency, write_csv(csv_rows)], {
      timeout: 15000,
    });
    assert.ok(done.status > 0, `"${currency}"`);
  }
});

test("demo fills an empty database only, with passwords of its own each time", () => {
  const db = join(make_folder(), "shop.db");
  const first = run(["demo", "--db", db]);
  assert.equal(first.status, 0, first.stderr);
  const again = run(["demo", "--db", db]);
  assert.ok(again.status > 0);
  assert.match(again.stderr, /empty/);
  const other = run(["demo", "--db", join(make_folder(), "shop.db")]);
  const [a, b] = [accounts_in(first.stdout), accounts_in(other.stdout)];
  assert.deepEqual(Object.keys(a).sort(), ["admin@example.com", "demo@example.com"]);
  for (const email of Object.keys(a)) {
    assert.ok(a[email].length >= 12);
    assert.notEqual(a[email], b[email]);
  }
  assert.ok(run(["demo", "--db", small_database()]).status > 0, "nor a shop that has things for sale");
  assert.equal(run(["audit", "--db", db]).status, 0);
});

test("a demo shop in dollars prices in cents", () => {
  const db = join(make_folder(), "shop.db");
  const done = run(["demo", "--db", db, "--currency", "USD"]);
  assert.equal(done.status, 0, done.stdout + done.stderr);
  assert.deepEqual(sql(db, "SELECT currency FROM shop"), [{ currency: "USD" }]);
  assert.equal(run(["audit", "--db", db]).status, 0);
});

test("admin add makes an admin, and of a shopper one with a new password", async () => {
  const shop = await open_small_shop();
  const shopper = await shop.new_shopper();
  const busy = run(["admin", "add", "--db", shop.db, "late@example.com"], { timeout: 15000 });
  assert.equal(await shop.stop(), 0);
  assert.ok(busy.status > 0, "not beside a server that writes");
  const made = run(["admin", "add", "--db", shop.db, shopper.email]);
  assert.equal(made.status, 0, made.stderr);
  const [email, password] = Object.entries(accounts_in(made.stdout))[0];
  assert.equal(email, shopper.email);
  const bad = run(["admin", "add", "--db", shop.db, "no-mail"]);
  assert.ok(bad.status > 0);
  assert.match(bad.stderr, /no-mail/);
  await shop.start();
  assert.equal((await shopper.get("/me")).status, 401, "its sessions are over");
  const refused = await shop.client().post("/auth/login", { email, password: "a long password" });
  assert.equal(refused.status, 401);
  const admin = await shop.sign_in(email, password);
  assert.equal((await admin.read("/me")).role, "admin");
  await shop.close();
});
