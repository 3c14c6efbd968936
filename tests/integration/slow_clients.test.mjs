// 2,000 connections that dawdle, a third each with their heads, their bodies and their reading: they cost no thread, so a
// payment goes its way. And bytes that have broken HTTP servers before.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, it } from "node:test";
import { open_small_shop } from "./shop.mjs";
import { plenty } from "./small_shop.mjs";

const count = 2000;

describe("slow clients", () => {
  let shop;
  const sockets = [];
  before(async () => {
    shop = await open_small_shop({ shoppers: 8 });
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    await shop.close();
  });

  const opened = (first_bytes) =>
    new Promise((done, failed) => {
      const { hostname, port } = new URL(shop.url);
      const socket = connect(Number(port), hostname, () => socket.write(first_bytes, () => done(socket)));
      socket.on("error", failed);
      sockets.push(socket);
    });
  const beginnings = [
    "GET /api/v1/products HTTP/1.1\r\nHost: shop\r\nX-Slow: ",
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
    // Hundreds of answers are asked for, and none is read.
    "GET /api/v1/snapshot HTTP/1.1\r\nHost: shop\r\n\r\n".repeat(300),
  ];

  it("don't stop anybody from paying", async () => {
    const shoppers = await shop.shoppers(8, { balance: 100000 });
    await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const socket = await opened(beginnings[i % 3]);
        if (i % 3 === 2) socket.pause();
      }),
    );
    const paid = await Promise.all(
      shoppers.map(async (shopper) => shopper.pay(await shopper.place([{ variant_id: plenty, quantity: 1 }]))),
    );
    for (const answer of paid) assert.equal(answer.status, 201, answer.text);
    // They were there all the while, and nobody was thrown out to make room.
    assert.ok(sockets.filter((socket) => !socket.destroyed).length > count * 0.9);
  });
});

describe("bytes that have broken other servers", () => {
  let shop;
  before(async () => {
    shop = await open_small_shop();
  });
  after(() => shop.close());

  const get = (headers) => `GET /api/v1/products HTTP/1.1\r\nHost: shop\r\n${headers}\r\nConnection: close\r\n\r\n`;
  const chunked = (chunk) =>
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n" +
    `Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk}\r\n{}\r\n0\r\n\r\n`;

  it("a percent-encoded line end in a header stays what it is (CVE-2026-45372)", async () => {
    const answer = await shop.raw(get("X-Request-Id: a%0D%0ASet-Cookie:%20stolen=1\r\nOrigin: x%0d%0aX-Evil: 1"));
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.doesNotMatch(answer, /stolen|X-Evil/);
  });

  for (const size of ["-2", "+2", "0x2", "fffffffffffffffff", ""]) {
    it(`a chunk of size "${size}" is refused`, async () => {
      assert.match(await shop.raw(chunked(size)), /^HTTP\/1\.1 400 /);
    });
  }

  it("a head that never ends a line is cut off at its limit", async () => {
    assert.match(await shop.raw(`GET /api/v1/products HTTP/1.1\r\nX: ${"x".repeat(64 << 10)}`), /^HTTP\/1\.1 431 /);
    assert.match(await shop.raw("x".repeat(64 << 10)), /^HTTP\/1\.1 4\d\d /);
  });

  it("overlapping ranges of a file are no work", async () => {
    const ranges = Array.from({ length: 500 }, (_, i) => `${i}-`).join(",");
    const answer = await shop.raw(get(`Range: bytes=${ranges}`));
    assert.match(answer, /^HTTP\/1\.1 200 /);
  });

  it("an address that nobody trusted speaks for is not believed, however it is written", async () => {
    for (const value of ["1.2.3.4", ",,,", ", 1.2.3.4", "unknown", '"[::1]:80"']) {
      assert.match(await shop.raw(get(`X-Forwarded-For: ${value}\r\nREMOTE_ADDR: 1.2.3.4`)), /^HTTP\/1\.1 200 /);
    }
  });
});
