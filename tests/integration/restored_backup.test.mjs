// A backup that is put back must not leave devices with what it doesn't know of (COMMERCE.md "Cart sync").
import { test } from "node:test";
import assert from "node:assert/strict";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mug, sticker } from "./small_shop.mjs";
import { make_folder, open_small_shop } from "./shop.mjs";

test("a device's cursor from after the backup gets everything, for ever; one from before it still gets changes", async (t) => {
  const shop = await open_small_shop({ shoppers: 1 });
  t.after(() => shop.close());
  const shopper = await shop.shopper(0, { balance: 100000 });
  const buy = async (variant_id) => {
    const order = await shopper.order([{ variant_id, quantity: 1 }]);
    assert.equal(order.status, 201, order.text);
    const paid = await shopper.post(`/orders/${order.body.number}/payment`, undefined, { key: order.body.number });
    assert.equal(paid.status, 201, paid.text);
  };
  const changes = async (cursor) => {
    const { body } = await shopper.post("/sync", { client_id: "phone", cursor });
    const { complete, variants } = await shopper.read(`/snapshot?since=${cursor}`);
    assert.equal(body.resync, complete);
    return complete ? "everything" : variants.map(({ id }) => id);
  };
  const before = (await shopper.read("/snapshot")).cursor;
  await buy(mug);

  assert.equal(await shop.stop(), 0);
  const backup = join(make_folder(), "backup.db");
  copyFileSync(shop.db, backup); // the server has closed it, so it is whole
  await shop.start();
  assert.deepEqual(await changes(before), [mug], "a restart alone changes nothing for devices");
  await buy(mug);
  await buy(sticker);
  const lost = (await shopper.read("/snapshot")).cursor;
  assert.deepEqual(await changes(lost), []);

  assert.equal(await shop.stop(), 0);
  for (const end of ["-wal", "-shm"]) rmSync(shop.db + end, { force: true });
  copyFileSync(backup, shop.db);
  await shop.start();
  assert.equal(await changes(lost), "everything");
  assert.deepEqual(await changes(before), [mug]);
  for (let i = 0; i < 4; i++) await buy(mug); // past the position of the cursor that was lost
  assert.equal(await changes(lost), "everything");
  assert.deepEqual(await changes(before), [mug]);
});
