// The pages as a reader without script and a search engine get them, and the files beside them.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assert_problem, make_folder, open_small_shop } from "./shop.mjs";
import * as small from "./small_shop.mjs";

const index = `<!doctype html>
<html lang="ko"><head><title>Shop</title><!--head--></head><body><div id="app"><!--app--></div></body></html>
`;

const public_url = "https://shop.example.com";

let shop;
before(async () => {
  const web = make_folder();
  for (const folder of ["assets", "admin"]) mkdirSync(join(web, folder));
  writeFileSync(join(web, "index.html"), index);
  writeFileSync(join(web, "admin", "index.html"), "<!doctype html><title>Back office</title>");
  writeFileSync(join(web, "assets", "app-0123abcd.js"), `export const text = "${"x".repeat(3000)}";\n`);
  const hostile = `"><script>alert(1)</script>&amp;<!--app-->`;
  shop = await open_small_shop({
    serve: ["--web", web, "--public-url", public_url],
    also: `UPDATE product_texts SET name = '${hostile}' WHERE product_id = 7;`,
  });
});
after(() => shop.close());

/** A page as it is sent: paths are not tidied as fetch() would. */
function page(path, { method = "GET", headers = {} } = {}) {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(shop.url);
    const sent = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () =>
        done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.on("error", failed);
    sent.end();
  });
}

test("the back office's page is at /admin and at every address below", async () => {
  for (const path of ["/admin", "/admin/", "/admin/products/7", "/admin/orders?status=PAID"]) {
    const answer = await page(path);
    assert.equal(answer.status, 200, path);
    assert.match(answer.text, /<title>Back office/, path);
  }
  const elsewhere = await page("/administration");
  assert.equal(elsewhere.status, 404);
});

test("a product's page reads without script: name, price and language", async () => {
  const korean = await page("/products/mug");
  assert.equal(korean.status, 200);
  assert.match(korean.headers["content-type"], /^text\/html; charset=utf-8/);
  assert.match(korean.text, /<html lang="ko"/);
  assert.match(korean.text, /<title>[^<]*머그잔/);
  assert.match(korean.text, /<h1[^>]*>[^<]*머그잔/);
  assert.match(korean.text, /10,000/);
  assert.match(korean.text, /application\/ld\+json/);
  const english = await page("/products/mug?lang=en");
  assert.match(english.text, /<html lang="en"/);
  assert.match(english.text, /<h1[^>]*>[^<]*Mug/);
  assert.match((await page("/")).text, /href="\/products\//, "the home page leads on");
  assert.match((await page("/products")).text, /머그잔/);
  assert.match((await page(`/products?q=${encodeURIComponent("머그")}`)).text, /머그잔/);
  assert.match((await page("/campaigns")).text, /1000/);
});

/** The JSON-LD blocks of a page by their type. */
async function data_of(path) {
  const { text } = await page(path);
  const blocks = [...text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json]) => JSON.parse(json));
  return Object.fromEntries(blocks.map((block) => [block["@type"], block]));
}

test("search engines read what a product is, what it costs exactly, whether it is there, and the way to it", async () => {
  const single = (await data_of("/products/mug")).Product;
  assert.equal(single.url, `${public_url}/products/mug`);
  assert.deepEqual(
    [single.offers["@type"], single.offers.price, single.offers.priceCurrency, single.offers.availability],
    ["Offer", "10000", "KRW", "https://schema.org/InStock"],
  );
  const { Product: several, BreadcrumbList: way } = await data_of("/products/tee?lang=en");
  assert.equal(several.url, `${public_url}/products/tee?lang=en`);
  const { lowPrice, highPrice, priceCurrency, offerCount, availability, offers } = several.offers;
  assert.equal(several.offers["@type"], "AggregateOffer");
  assert.deepEqual([lowPrice, highPrice, priceCurrency, offerCount], ["25000", "25000", "KRW", 2]);
  assert.equal(availability, "https://schema.org/InStock");
  assert.deepEqual(offers.map((offer) => [offer["@type"], offer.price]), [["Offer", "25000"], ["Offer", "25000"]]);
  assert.deepEqual(way.itemListElement.map(({ position }) => position), way.itemListElement.map((_, i) => i + 1));
  assert.equal(way.itemListElement[0].item, `${public_url}/products?lang=en`);
  assert.equal(way.itemListElement.at(-1).item, several.url);
  const home = await data_of("/");
  assert.equal(home.WebSite.url, `${public_url}/`);
  assert.ok(home.ItemList.itemListElement.length > 0);
});

test("each page has one address, names it and its other language, and tells what a shared link shows", async () => {
  const english = (await page("/products/mug?lang=en")).text;
  const attribute = (pattern) => english.match(pattern)?.[1];
  assert.equal(attribute(/<link rel="canonical" href="([^"]+)">/), `${public_url}/products/mug?lang=en`);
  assert.equal(attribute(/hreflang="ko" href="([^"]+)"/), `${public_url}/products/mug`);
  assert.equal(attribute(/hreflang="en" href="([^"]+)"/), `${public_url}/products/mug?lang=en`);
  assert.equal(attribute(/hreflang="x-default" href="([^"]+)"/), `${public_url}/products/mug`);
  assert.equal(attribute(/property="og:url" content="([^"]+)"/), `${public_url}/products/mug?lang=en`);
  assert.equal(attribute(/property="og:type" content="([^"]+)"/), "product");
  const preferred = await fetch(`${shop.url}/products/mug`, { headers: { "Accept-Language": "en-US,en" } });
  const text = await preferred.text();
  assert.match(text, /<html lang="en"/);
  assert.match(text, new RegExp(`<link rel="canonical" href="${public_url}/products/mug">`), "an address without a language is its own");
  assert.match(attribute(/property="og:title" content="([^"]+)"/), /Mug/);
  assert.match((await page("/cart")).text, /<title>장바구니/);
  for (const path of ["/checkout", "/orders", "/me", "/products?q=mug"]) {
    const { text } = await page(path);
    assert.match(text, /<meta name="robots" content="noindex">/, path);
    assert.doesNotMatch(text, /rel="canonical"/, path);
  }
});

test("robots.txt leads to the site map, and that to every page there is, in both languages", async () => {
  const robots = await page("/robots.txt");
  assert.equal(robots.status, 200);
  assert.match(robots.headers["content-type"], /^text\/plain/);
  assert.match(robots.text, /^User-agent: \*$/m);
  const [, map] = robots.text.match(/^Sitemap: (\S+)$/m);
  const locations = async (address) => {
    assert.ok(address.startsWith(`${public_url}/`), address);
    const answer = await page(address.slice(public_url.length));
    assert.equal(answer.status, 200, address);
    assert.match(answer.headers["content-type"], /^application\/xml/);
    return [...answer.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, found]) => found);
  };
  const parts = await locations(map);
  assert.equal(parts.length, 1);
  const pages = await locations(parts[0]);
  for (const path of ["/", "/products", "/products/mug", "/products/mug?lang=en", "/products/plenty"]) {
    assert.ok(pages.includes(public_url + path), path);
  }
  assert.ok(!pages.some((address) => address.includes("hidden")), "what isn't shown isn't named");
  assert.equal(new Set(pages).size, pages.length);
  for (const path of ["/sitemaps/x", "/sitemaps/-1"]) assert.equal((await page(path)).status, 404, path);
});

test("what a product is called can't run in a page", async () => {
  for (const path of [
    "/products/plenty",
    "/products/plenty?lang=en",
    "/products",
    "/",
    "/products?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
  ]) {
    const { text } = await page(path);
    assert.doesNotMatch(text, /<script>alert/, path);
    assert.doesNotMatch(text, /"><script/, path);
  }
});

test("a page that isn't there is one that says so", async () => {
  for (const path of [
    "/nothing",
    "/products/nothing",
    "/products/hidden",
    "/assets/nothing.js",
    "/products/mug/more",
  ]) {
    const { status, headers, text } = await page(path);
    assert.equal(status, 404, path);
    assert.match(headers["content-type"], /^text\/html/, path);
    assert.doesNotMatch(text, /<!--app-->/, path);
  }
  for (const path of [
    "/cart",
    "/checkout",
    "/orders",
    "/orders/x",
    "/coupons",
    "/balance",
    "/signin",
    "/register",
    "/me",
  ]) {
    assert.equal((await page(path)).status, 200, path);
  }
});

test("beside the pages, the API answers as ever: 404 and 405 as problems", async () => {
  const client = shop.client();
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
    for (const path of ["/api/v1/nothing", "/api/v1/", "/api/v2/products", "/api"]) {
      if (path === "/api" && method === "GET") continue; // a page as any other
      const answer = await client.send(method, path);
      if (path !== "/api") assert_problem(answer, 404, "not_found");
      assert.match(answer.headers.get("content-type"), /problem\+json/, `${method} ${path}`);
    }
  }
  const wrong = await client.get("/auth/login");
  assert_problem(wrong, 405, "method_not_allowed");
  assert.equal(wrong.headers.get("allow"), "POST");
  assert_problem(await client.send("DELETE", "/products"), 405, "method_not_allowed");
  assert_problem(await client.get("/products/nothing"), 404, "not_found");
});

test("files are served with a type and a tag, and nothing from outside their folder", async () => {
  const file = await page("/assets/app-0123abcd.js");
  assert.equal(file.status, 200);
  assert.match(file.headers["content-type"], /javascript/);
  assert.equal(file.headers["x-content-type-options"], "nosniff");
  const again = await page("/assets/app-0123abcd.js", { headers: { "If-None-Match": file.headers.etag } });
  assert.deepEqual([again.status, again.text], [304, ""]);
  const packed = await page("/assets/app-0123abcd.js", { headers: { "Accept-Encoding": "gzip" } });
  assert.equal(packed.headers["content-encoding"], "gzip");
  for (const path of [
    "/../shop.db",
    "/%2e%2e/shop.db",
    "/..%2fshop.db",
    "/assets/..%2f..%2fshop.db",
    "/assets/../../shop.db",
    "/..%5cshop.db",
    "/assets/%2e%2e%5cshop.db",
    "//etc/passwd",
    "/assets/app-0123abcd.js%00.html",
    "/%c0%ae%c0%ae/shop.db",
    "/assets/",
    "/assets",
    `/${shop.db}`,
  ]) {
    const { status, text } = await page(path);
    assert.ok([400, 404].includes(status), `${path}: ${status}`);
    assert.doesNotMatch(text, /SQLite format|root:/, path);
  }
});

test("pages carry the policy against foreign script, and are nobody's own", async () => {
  const first = await page("/products/mug");
  assert.match(first.headers["content-security-policy"], /script-src 'self' 'wasm-unsafe-eval'/);
  assert.equal(first.headers["set-cookie"], undefined);
  const scripts = [...first.text.matchAll(/<script\b([^>]*)>/g)].map(([, attributes]) => attributes);
  for (const attributes of scripts)
    assert.match(attributes, /src=|application\/ld\+json/, "no inline script");
  assert.doesNotMatch(first.text, /\son\w+=/);
  assert.doesNotMatch(first.text, /\sstyle=/);
});
