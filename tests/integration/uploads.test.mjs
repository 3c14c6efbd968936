// What an admin uploads: pictures, and product files with their preview, progress and interruption.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { assert_problem, open_small_shop } from "./shop.mjs";
import * as small from "./small_shop.mjs";

let shop;
let admin;
let shopper;
let guest;

before(async () => {
  shop = await open_small_shop({ shoppers: 1 });
  admin = await shop.sign_in("admin@example.com");
  shopper = await shop.shopper(0, { balance: 900000 });
  guest = shop.client();
});
after(() => shop.close());

// ---- pictures ----------------------------------------------------------------------------------------------------------

function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(data.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
}

function png(width = 2, height = 2) {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const pixels = deflateSync(Buffer.alloc(Math.min(height, 4) * (Math.min(width, 4) + 1)));
  const magic = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([magic, chunk("IHDR", head), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

const jpeg = Buffer.from(
  "ffd8" + "ffe000104a46494600010100000100010000" + "ffc0000b080003000501011100" + "ffda0008010100003f00" + "12ff0034ffd056" + "ffd9",
  "hex",
);

function webp() {
  const data = Buffer.from("2f" + "04c00000" + "00", "hex"); // 5 x 4
  const body = Buffer.concat([Buffer.from("WEBPVP8L"), Buffer.from([6, 0, 0, 0]), data, Buffer.alloc(8)]);
  const rest = Buffer.concat([body.subarray(0, 18), Buffer.from("EXIF"), Buffer.from([0, 0, 0, 0])]);
  const head = Buffer.from("RIFF\0\0\0\0", "latin1");
  head.writeUInt32LE(rest.length, 4);
  return Buffer.concat([head, rest]);
}

const upload = (bytes, type = "image/png") =>
  admin.post("/admin/images", bytes, { headers: { "Content-Type": type } });

async function served(url) {
  const answer = await fetch(shop.url + url);
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

test("pictures are told by their bytes, kept once, and served as nothing else", async () => {
  for (const [bytes, type, width, height] of [
    [png(), "image/png", 2, 2],
    [jpeg, "image/jpeg", 5, 3],
    [webp(), "image/webp", 5, 4],
  ]) {
    const answer = await upload(bytes, "application/octet-stream");
    assert.equal(answer.status, 201, `${type}: ${answer.text}`);
    assert.deepEqual({ ...answer.body, url: "" }, { url: "", content_type: type, width, height, bytes: bytes.length });
    const again = await upload(bytes);
    assert.deepEqual([again.status, again.body.url], [200, answer.body.url]);
    const picture = await served(answer.body.url);
    assert.deepEqual(picture.bytes, bytes);
    assert.equal(picture.headers.get("content-type"), type);
    assert.equal(picture.headers.get("x-content-type-options"), "nosniff");
    assert.match(picture.headers.get("content-security-policy"), /default-src 'none'.*sandbox/);
  }
  const { body } = await upload(png());
  const cap = { handle: "cap", name: { en: "Cap" }, variants: [{ unit_price: 5000 }], images: [{ url: body.url, alt: { en: "A cap" } }] };
  assert.equal((await admin.post("/admin/products", cap, { key: randomUUID() })).status, 201);
  assert.equal((await guest.read("/products/cap")).images[0].url, body.url);
  assert.equal((await admin.read("/admin/log?entity=image")).items.length, 3);
});

test("what is no picture is refused, and what hangs behind one is cut off", async () => {
  const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const page = "<!doctype html><script>alert(1)</script>";
  for (const text of [script, page, "GIF89a\x01\x00\x01\x00", `%PDF-1.7 ${page}`, ""]) {
    assert_problem(await upload(Buffer.from(text, "latin1")), 415, "unsupported_media_type");
  }
  for (const broken of [
    png().subarray(0, 40), // cut off
    Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from(script)]),
    Buffer.concat([Buffer.from("ffd8ff", "hex"), Buffer.from(script)]),
    Buffer.concat([Buffer.from("RIFF\x40\0\0\0WEBP", "latin1"), Buffer.from(script)]),
    jpeg.subarray(0, jpeg.length - 2),
    png(10001, 1),
    png(9000, 9000),
    png(0, 1),
  ]) {
    assert_problem(await upload(broken), 422, "invalid_request");
  }
  for (const whole of [png(3, 1), jpeg, webp()]) {
    const { status, body, text } = await upload(Buffer.concat([whole, Buffer.from(page)]), "text/html");
    assert.ok(status === 201 || status === 200, text);
    assert.deepEqual((await served(body.url)).bytes, whole, "the page behind the picture is gone");
  }
  const large = Buffer.concat([png(), Buffer.alloc(8 << 20)]);
  assert_problem(await upload(large), 413, "payload_too_large");
});

// ---- product files -----------------------------------------------------------------------------------------------------

const header = "Handle,Title,Body (HTML),Variant SKU,Variant Inventory Qty,Variant Price\n";

function file(count, name = "bulk") {
  let text = header;
  for (let i = 0; i < count; ++i) text += `${name}-${i},${name} ${i},<b>x</b><script>y</script>,,3,${1000 + i}\n`;
  return text;
}

const send_file = (text, query = "") =>
  admin.post(`/admin/imports${query}`, text, { headers: { "Content-Type": "text/csv; charset=utf-8" } });

/** Asks until it has ended. */
async function end_of(id) {
  for (;;) {
    const progress = await admin.read(`/admin/imports/${id}`);
    if (progress.state !== "running") return progress;
    assert.ok(progress.counts.products_done <= progress.counts.products);
  }
}

test("a preview says what a file would do, names its faults by place, and writes nothing", async () => {
  const text = `${header}mug,Mug,,,,12000\nnew-one,New one,,,4,abc\nnew-two,New two,,,4,3000\n`;
  await shop.writes_nothing(async () => {
    const { status, body } = await send_file(text, "?dry_run=true");
    assert.equal(status, 200);
    assert.equal(body.taken, false);
    assert.deepEqual([body.counts.rows, body.counts.products, body.counts.products_created], [3, 2, 1]);
    assert.equal(body.issues.fault_count, 1);
    const [{ line, column, header: name, code }] = body.issues.faults;
    assert.deepEqual([line, column, name, code], [3, 21, "Variant Price", "bad_price"]);
    const skipping = await send_file(text, "?dry_run=true&skip_bad=true");
    assert.equal(skipping.body.taken, true);
  });
  assert_problem(await admin.post("/admin/imports", {}), 415, "unsupported_media_type");
  assert_problem(await send_file(text, "?language=fr"), 422, "invalid_request", "/language");
  assert_problem(await send_file(text, "?dry_run=maybe"), 422, "invalid_request", "/dry_run");
});

test("a faulty file is refused as a whole, or taken without what is faulty", async () => {
  const text = `${header}good,Good,,,,12000\nbad,Bad,,,,abc\n`;
  const begun = await send_file(text);
  assert.equal(begun.status, 202, begun.text);
  assert.equal(begun.headers.get("location"), `/api/v1/admin/imports/${begun.body.id}`);
  const refused = await end_of(begun.body.id);
  assert.equal(refused.state, "refused");
  assert.equal(refused.issues.faults[0].line, 3);
  assert_problem(await guest.get("/products/good"), 404, "not_found");
  const taken = await end_of((await send_file(text, "?skip_bad=true")).body.id);
  assert.deepEqual([taken.state, taken.counts.products_created, taken.counts.products_skipped], ["done", 1, 1]);
  assert.equal((await guest.read("/products/good")).variants[0].unit_price, 12000);
  assert.deepEqual((await admin.read("/admin/imports")).items[0], taken);
});

test("a large file goes in while shoppers pay; only one at a time; the same again changes nothing", async () => {
  const order = await shopper.place([{ variant_id: small.plenty, quantity: 1 }]);
  const begun = await send_file(file(1500));
  assert.equal(begun.status, 202, begun.text);
  const second = await send_file(file(1));
  assert_problem(second, 409, "still_in_use");
  assert.equal((await shopper.pay(order)).status, 201);
  const done = await end_of(begun.body.id);
  assert.equal(done.state, "done");
  assert.deepEqual([done.counts.rows, done.counts.products_done, done.counts.products_created], [1500, 1500, 1500]);
  assert.equal((await guest.read("/products/bulk-1499")).description.en, "<b>x</b>");
  const again = await end_of((await send_file(file(1500))).body.id);
  assert.deepEqual([again.state, again.counts.products_created, again.counts.products_changed], ["done", 0, 0]);
  const log = (await admin.read(`/admin/log?entity=import&entity_id=${begun.body.id}`)).items;
  assert.deepEqual(log.map((entry) => entry.action), ["import.done", "import.begin"]);
});

for (const signal of ["SIGKILL", "SIGTERM"]) {
  test(`an import that ${signal} cuts off left whole products, says how many, and goes on when it is sent again`, async () => {
    const text = file(2000, signal.toLowerCase());
    const { id } = (await send_file(text)).body;
    for (let seen = 0; seen === 0; ) seen = (await admin.read(`/admin/imports/${id}`)).counts.products_done;
    shop.process.kill(signal);
    await shop.exited;
    await shop.start();
    const cut = await admin.read(`/admin/imports/${id}`);
    assert.equal(cut.state, "interrupted");
    const whole = shop.sql(
      `SELECT count(*) AS n FROM products p WHERE handle LIKE '${signal.toLowerCase()}-%'` +
        " AND EXISTS (SELECT 1 FROM product_variants v WHERE v.product_id = p.id AND v.stock = 3)" +
        " AND EXISTS (SELECT 1 FROM product_texts t WHERE t.product_id = p.id)",
    )[0].n;
    assert.equal(whole, cut.counts.products_done);
    const rest = await end_of((await send_file(text)).body.id);
    assert.equal(rest.state, "done");
    assert.equal(rest.counts.products_created, 2000 - whole);
  });
}
