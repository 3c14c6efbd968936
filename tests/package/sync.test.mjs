// cartwright/sync against a real server, over a network that fails, in a time that passes only when it is told to.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { open_cart, open_storage } from '../../wasm/dist/sync.js';
import { mug, plenty, rush, sticker, tee_large, tee_small } from '../integration/small_shop.mjs';
import { open_small_shop } from '../integration/shop.mjs';
import { loaded, open_account, shown } from './sync_world.mjs';

let shop;
let used = 0;
before(async () => {
  await loaded; // no world's time passes meanwhile
  shop = await open_small_shop({ shoppers: 30 });
});
after(() => shop?.close());
const new_account = () => open_account(shop, used++);

/** A tab that is signed in and has heard of the shop. */
async function signed_in(account, device = account.new_device()) {
  const tab = await device.open();
  await account.world.until(tab.cart.sign_in(account.me));
  await account.world.until(tab.cart.sync());
  return { device, tab, cart: tab.cart, network: device.network };
}

describe('a synced cart', () => {
  it('is a guest’s without the server hearing of it, and has prices without a network', async () => {
    const { world, new_device, on_server } = await new_account();
    const device = new_device();
    const { cart } = await device.open();
    assert.equal((await world.until(cart.add(mug, 2))).ok, true);
    device.network.online = false;
    await world.until(cart.add(plenty));
    assert.deepEqual([cart.quote().subtotal, cart.quote().total], [22_000, 25_000]);
    assert.deepEqual([cart.state.pending, cart.state.owner, await on_server()], [0, null, []]);
    assert.deepEqual(device.network.sent, ['GET /api/v1/snapshot']);
  });

  it('says so where nothing is known of the shop yet, and what the rules refuse', async () => {
    const { world, new_device } = await new_account();
    const device = new_device();
    device.network.online = false;
    const { cart } = await device.open();
    assert.equal((await world.until(cart.add(mug))).problem.code, 'offline');
    device.network.online = true;
    assert.equal((await world.until(cart.add(mug))).ok, true);
    assert.equal((await world.until(cart.set_quantity(mug, -1))).problem.code, 'invalid_request');
    assert.deepEqual(cart.state.lines.map((line) => line.quantity), [1]);
  });

  it('that is asked to sync while the last one’s lock is being given back, syncs again', async (test) => {
    const account = await new_account();
    const { cart } = await signed_in(account);
    let give_back;
    let taken = 0;
    const locks = { request: async (_, run) => {
      ++taken;
      const answer = await run();
      await new Promise((resume) => (give_back = resume));
      return answer;
    } };
    Object.defineProperty(globalThis, 'navigator', { value: { onLine: true, locks }, configurable: true, writable: true });
    test.after(() => Reflect.deleteProperty(globalThis, 'navigator'));
    const first = cart.sync();
    while (!give_back) await account.world.pass(1);
    await account.client.post('/me/cart/lines', { variant_id: mug, quantity: 3 }); // by another device
    const free_first = give_back;
    give_back = undefined;
    const second = cart.sync();
    assert.equal(taken, 2, 'the first one is over');
    free_first();
    while (!give_back) await account.world.pass(1);
    give_back();
    await account.world.until(Promise.all([first, second]));
    assert.deepEqual(cart.state.lines.map((line) => [line.variant_id, line.quantity]), [[mug, 3]]);
  });

  it('of two devices that were both offline comes to one, and lines removed offline stay removed (vue-storefront#2898)', async () => {
    const account = await new_account();
    const phone = await signed_in(account);
    for (const id of [mug, tee_small, rush]) await account.world.until(phone.cart.add(id));
    await account.world.pass(1000);
    const desktop = await signed_in(account);
    assert.deepEqual(shown(desktop.tab), [[mug, 1], [tee_small, 1], [rush, 1]]);

    phone.network.online = desktop.network.online = false;
    await account.world.until(phone.cart.remove(mug));
    await account.world.until(phone.cart.set_quantity(tee_small, 2));
    await account.world.until(desktop.cart.add(plenty));
    await account.world.until(desktop.cart.remove(rush));
    await account.world.pass(60_000);
    phone.network.online = desktop.network.online = true;
    await account.world.pass(120_000); // by themselves
    await account.world.until(phone.cart.sync());
    assert.deepEqual(await account.on_server(), [[tee_small, 2], [plenty, 1]]);
    assert.deepEqual(shown(phone.tab), await account.on_server());
    assert.deepEqual(shown(desktop.tab), await account.on_server());
  });

  it('of a guest is merged into the account’s at sign-in, also when the tab crashes before it is sent (Sylius#12372)', async () => {
    const account = await new_account();
    await account.client.post('/me/cart/lines', { variant_id: mug, quantity: 1 });
    const device = account.new_device();
    const guest = await device.open();
    await account.world.until(guest.cart.add(mug, 2));
    await account.world.until(guest.cart.add(tee_large));
    device.network.online = false;
    await account.world.until(guest.cart.sign_in(account.me));
    device.crash(guest);
    device.network.online = true;
    const again = await device.open();
    assert.deepEqual(shown(again), [[mug, 2], [tee_large, 1]]);
    await account.world.until(again.cart.sync());
    assert.deepEqual(await account.on_server(), [[mug, 3], [tee_large, 1]]);
    await account.world.until(again.cart.sign_in(account.me)); // once more is not twice
    await account.world.until(again.cart.sync());
    assert.deepEqual(await account.on_server(), [[mug, 3], [tee_large, 1]]);
  });

  it('is the same in all tabs of a browser', async () => {
    const account = await new_account();
    const { device, tab } = await signed_in(account);
    const other = await device.open();
    await account.world.until(other.cart.sync());
    const edits = [tab.cart.add(mug), other.cart.add(mug), tab.cart.add(plenty), other.cart.add(rush)];
    await account.world.until(Promise.all(edits));
    await account.world.pass(5000);
    assert.deepEqual(new Map(shown(tab)), new Map([[mug, 2], [plenty, 1], [rush, 1]]));
    assert.deepEqual(shown(other), shown(tab));
    assert.deepEqual(await account.on_server(), shown(tab));
    await account.world.until(tab.cart.sign_out());
    await account.world.pass(100);
    assert.deepEqual([other.cart.state.account, shown(other)], [null, []]);
  });

  it('takes nothing back when an answer comes late that another tab’s has overtaken', async () => {
    const account = await new_account();
    const { device, tab, cart, network } = await signed_in(account);
    const other = await device.open();
    Object.assign(network, { faults: { delay: 1 }, random: () => 0.3 }); // 8 s there, and as long back
    await account.world.until(cart.add(mug));
    await account.world.pass(10_000);
    assert.deepEqual(await account.on_server(), [[mug, 1]]);
    network.faults = {};
    await account.world.until(other.cart.add(plenty));
    await account.world.until(other.cart.sync());
    await account.world.pass(10_000); // now it comes
    assert.deepEqual(shown(tab), [[mug, 1], [plenty, 1]]);
    assert.deepEqual(shown(other), shown(tab));
    assert.deepEqual(await account.on_server(), shown(tab));
  });

  it('waits for its owner when the session ended elsewhere', async () => {
    const account = await new_account();
    const { cart, network } = await signed_in(account);
    await account.world.until(cart.add(mug));
    const token = network.token;
    network.token = 'A'.repeat(43);
    await account.world.until(cart.sync());
    assert.deepEqual([cart.state.account, cart.state.owner, cart.state.pending], [null, account.me.id, 1]);
    network.token = token;
    await account.world.until(cart.sign_in(account.me));
    await account.world.until(cart.sync());
    assert.deepEqual(await account.on_server(), [[mug, 1]]);
  });

  for (const trouble of ['full', 'denied']) {
    it(`goes on in memory when storage is ${trouble}, says so, and no number is used twice after it`, async () => {
      const account = await new_account();
      const { device, tab, cart } = await signed_in(account);
      device.network.online = false;
      await account.world.until(cart.add(mug));
      device.disk[trouble] = true;
      await account.world.until(cart.add(mug));
      assert.equal(cart.state.durable, false);
      assert.deepEqual(shown(tab), [[mug, 2]]);
      device.network.online = true;
      await account.world.until(cart.sync());
      assert.deepEqual(await account.on_server(), [[mug, 2]]);
      device.crash(tab);
      device.disk[trouble] = false; // what it could last write is there again, with the numbers of then
      const again = await device.open();
      await account.world.until(again.cart.add(mug));
      await account.world.until(again.cart.sync());
      assert.deepEqual(await account.on_server(), [[mug, 3]]);
      assert.deepEqual([again.cart.state.durable, again.cart.state.pending], [true, 0]);
    });
  }

  const unusable = {
    missing: undefined,
    'denied at once': { open: () => { throw new DOMException('denied', 'SecurityError'); } },
    'denied after a moment': {
      open() {
        const opening = { error: new DOMException('denied', 'InvalidStateError') };
        queueMicrotask(() => opening.onerror());
        return opening;
      },
    },
  };
  for (const [trouble, factory] of Object.entries(unusable)) {
    it(`lasts as long as its page where IndexedDB is ${trouble}, and says so`, async (test) => {
      const { indexedDB: before } = globalThis;
      test.after(() => (globalThis.indexedDB = before));
      globalThis.indexedDB = factory;
      const storage = await open_storage('cartwright');
      assert.equal(storage.durable, false);
      assert.equal(await storage.update('cart', (cart) => [cart, 1]).then(() => storage.read('cart')).then(String), ',1');

      const open = () => open_cart({ url: `${shop.url}/api/v1`, module: () => loaded, channel: null });
      const cart = await open();
      assert.equal((await cart.add(mug, 2)).ok, true);
      assert.deepEqual([cart.state.durable, cart.quote().total], [false, 23_000]);
      cart.close();
      const again = await open();
      assert.deepEqual([again.state.durable, again.state.lines], [false, []]);
      again.close();
    });
  }

  it('of a server that forgot (a restored backup) is numbered anew, and nothing is done twice', async () => {
    const account = await new_account();
    const { cart, tab, network } = await signed_in(account);
    await account.world.until(cart.add(mug));
    await account.world.until(cart.sync());
    network.faults = { cut: 1 };
    network.random = () => 0.5;
    await account.world.until(cart.add(mug)); // arrives, but its answer doesn't
    await account.world.until(cart.sync());
    assert.equal(cart.state.pending, 1);
    shop.sql(`DELETE FROM sync_clients WHERE user_id = ${account.me.id} AND last_mutation < 2;`);
    network.faults = {};
    await account.world.until(cart.add(plenty));
    await account.world.until(cart.sync());
    assert.deepEqual(await account.on_server(), [[mug, 2], [plenty, 1]]);

    network.online = false;
    await account.world.until(cart.add(rush));
    shop.sql(`DELETE FROM sync_clients WHERE user_id = ${account.me.id};`);
    network.online = true;
    await account.world.until(cart.sync());
    assert.deepEqual(await account.on_server(), [[mug, 2], [plenty, 1], [rush, 1]]);
    assert.deepEqual([shown(tab), cart.state.pending], [await account.on_server(), 0]);
  });

  it('tries again by itself, later and later, and at once when there is a network again', async () => {
    const account = await new_account();
    const { cart, network } = await signed_in(account);
    const tries = [];
    network.faults = { drop: 1 };
    network.random = () => (tries.push(account.world.now), 0);
    await account.world.until(cart.add(sticker));
    await account.world.pass(600_000);
    const waits = tries.slice(1).map((at, i) => (at - tries[i]) / 1000);
    assert.deepEqual(waits.slice(0, 7), [2, 4, 8, 16, 32, 60, 60]);
    network.faults = {};
    await account.world.pass(61_000);
    assert.deepEqual([await account.on_server(), cart.state.pending], [[[sticker, 1]], 0]);
  });

  it('knows by itself that there is a network again after one lost answer, with nothing to send', async () => {
    const account = await new_account();
    const { cart, network } = await signed_in(account);
    network.online = false;
    await account.world.until(cart.ask('GET', '/me'));
    assert.equal(cart.state.online, false);
    network.online = true;
    await account.world.pass(2_000);
    assert.equal(cart.state.online, true);
    await account.world.until(cart.sign_out());
    network.online = false;
    await account.world.until(cart.ask('GET', '/shop'));
    await account.world.pass(7_000);
    assert.equal(cart.state.online, false, 'a guest, and still none');
    network.online = true;
    await account.world.pass(8_000);
    assert.equal(cart.state.online, true);
  });

  it('gives up a request that never ends', async () => {
    const account = await new_account();
    const { cart, network } = await signed_in(account);
    network.faults = { delay: 1 };
    network.random = () => 0.9; // 73 s there, and as long back
    await account.world.until(cart.add(sticker));
    await account.world.pass(29_000);
    network.faults = {};
    await account.world.pass(10_000);
    assert.deepEqual([await account.on_server(), cart.state.pending], [[[sticker, 1]], 0]);
    await account.world.pass(300_000); // the slow one arrives as well
    assert.deepEqual(await account.on_server(), [[sticker, 1]]);
  });
});
