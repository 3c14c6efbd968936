// Synced carts under seeded random faults: everything that a device said to keep comes out, and exactly once. SYNC_SEEDS
// runs from SYNC_SEED on; a run that fails says its seed.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mug, plenty, rush } from '../integration/small_shop.mjs';
import { open_small_shop } from '../integration/shop.mjs';
import { loaded, open_account, random_numbers, shown } from './sync_world.mjs';

const count = Number(process.env.SYNC_SEEDS ?? 100);
const first_seed = Number(process.env.SYNC_SEED ?? 1);
const faults = { drop: 0.15, delay: 0.15, duplicate: 0.15, cut: 0.15 };

let shop;
before(async () => {
  await loaded; // no world's time passes meanwhile
  shop = await open_small_shop({ shoppers: count });
});
after(() => shop?.close());

/**
 * What one device was told to keep, and so what it must show from then on and what must come out. It alone sets the
 * quantity of its own variant; all devices add to `plenty`.
 */
class Told {
  values = [0]; // one of them is the quantity of its own variant
  least = 0; // of `plenty`: what is kept for certain
  most = 0;
  #sets = 0;
  #unanswered = 0;

  constructor(own) {
    this.own = own;
  }

  /** An edit begins. The answer says how it ended: `kept`, or `unsure` when its tab crashed. */
  add(quantity) {
    this.most += quantity;
    return { kept: () => (this.least += quantity), unsure: () => {} };
  }

  /** Which of two that overlap is written last isn't known. */
  set(value) {
    const number = ++this.#sets;
    const alone = this.#unanswered++ === 0;
    this.values.push(value);
    const unsure = () => void this.#unanswered--;
    const kept = () => {
      unsure();
      if (alone && number === this.#sets) this.values = [value];
    };
    return { kept, unsure };
  }

  check(tab) {
    const quantities = new Map(shown(tab));
    const own = quantities.get(this.own) ?? 0;
    assert.ok(this.values.includes(own), `shows ${own} of ${this.own}, not one of ${this.values}`);
    const sum = quantities.get(plenty) ?? 0;
    assert.ok(sum >= this.least, `shows ${sum}, not the ${this.least} that were added`);
  }
}

/** A device with two tabs, of the one account. */
class Actor {
  tabs = [];
  #unanswered = new Map();

  constructor(account, random, own) {
    const { world } = account;
    Object.assign(this, { account, world, random, device: account.new_device(), told: new Told(own) });
  }

  async sign_in() {
    const { world, device, tabs } = this;
    device.network.faults = {}; // signing in is not what is tried here
    tabs.push(await device.open(), await device.open());
    await world.until(tabs[0].cart.sign_in(this.account.me));
    await world.until(Promise.all(tabs.map((tab) => tab.cart.sync())));
    device.network.faults = faults;
  }

  async edit(tab) {
    const { random, world, told } = this;
    const { cart } = tab;
    const adds = random() < 0.5;
    const quantity = 1 + Math.floor(random() * 9);
    const removes = !adds && quantity > 5 && shown(tab).some(([id]) => id === told.own);
    const edit = adds ? told.add(quantity) : told.set(removes ? 0 : quantity);
    const editing = adds ? cart.add(plenty, quantity) : removes ? cart.remove(told.own) : cart.set_quantity(told.own, quantity);
    this.#unanswered.set(edit, tab);
    const answered = editing.then(({ ok, problem }) => {
      if (!this.#unanswered.delete(edit)) return;
      assert.ok(ok, problem?.code);
      edit.kept();
    });
    const what = random();
    if (what < 0.2) {
      await world.pass(Math.floor(random() * 60)); // while it is being written, or a moment later
      await this.crash(tab);
    } else if (what < 0.7) {
      await world.until(answered);
    } // else the next step comes first: a quick finger, or another tab
  }

  async crash(tab) {
    const { device, world } = this;
    device.crash(tab, this.random() < 0.5);
    for (const [edit, where] of this.#unanswered) {
      if (where !== tab) continue;
      this.#unanswered.delete(edit);
      edit.unsure();
    }
    const again = await device.open();
    this.tabs[this.tabs.indexOf(tab)] = again;
    this.told.check(again);
    await world.until(again.cart.prepare()); // the catalogue is kept: no network is needed
  }
}

async function run(seed) {
  const random = random_numbers(seed);
  const account = await open_account(shop, seed - first_seed, random, faults);
  const { world } = account;
  const pick = (things) => things[Math.floor(random() * things.length)];
  const actors = [mug, rush].map((own) => new Actor(account, random, own));
  for (const actor of actors) await actor.sign_in();

  for (let step = 0; step < 30; step++) {
    const actor = pick(actors);
    const tab = pick(actor.tabs);
    const what = random();
    if (what < 0.55) await actor.edit(tab);
    else if (what < 0.63) await actor.crash(tab);
    else if (what < 0.7) actor.device.network.online = !actor.device.network.online;
    else if (what < 0.75) void tab.cart.sync();
    else if (what < 0.9) await world.pass(Math.floor(random() * 1000)); // the next edit is sent by itself
    else {
      await world.pass(500 + Math.floor(random() * 20_000)); // by then all tabs have heard of all edits
      for (const { tabs, told } of actors) for (const one of tabs) told.check(one);
    }
  }

  for (const { device } of actors) Object.assign(device.network, { online: true, faults: {} });
  await world.pass(300_000); // what is on its way arrives
  for (const { tabs, told } of actors) for (const tab of tabs) told.check(tab);
  for (let round = 0; round < 2; round++) {
    for (const { tabs } of actors) for (const tab of tabs) await world.until(tab.cart.sync());
    await world.pass(500);
  }
  const server = await account.on_server();
  for (const { tabs, told } of actors) {
    for (const tab of tabs) {
      assert.deepEqual(shown(tab), server);
      assert.equal(tab.cart.state.pending, 0);
      told.check(tab);
    }
  }
  const sum = new Map(server).get(plenty) ?? 0;
  const [least, most] = ['least', 'most'].map((bound) => actors.reduce((all, { told }) => all + told[bound], 0));
  assert.ok(least <= sum && sum <= most, `${least} <= ${sum} <= ${most}`);
  for (const { device, tabs } of actors) for (const tab of tabs) device.crash(tab);
}

describe('a synced cart over a failing network', () => {
  it(`loses nothing and does nothing twice in ${count} seeded runs`, async () => {
    for (let seed = first_seed; seed < first_seed + count; seed++) {
      await run(seed).catch((error) => {
        error.message = `SYNC_SEED=${seed}: ${error.message}`;
        throw error;
      });
    }
  });
});
