// A world for synced carts: its time passes only when a test says so, its network loses, delays, doubles and reorders,
// its disks take their time, and its tabs crash, also while they write. Everything random comes from one seed. The server
// is a real one.

import { load } from '../../wasm/dist/index.js';
import { MemoryStorage, open_cart } from '../../wasm/dist/sync.js';

export const loaded = load();

/** What a tab shows, and what a server's cart has: rows of variant and quantity. */
const rows = (lines) => lines.map(({ variant_id, quantity }) => [variant_id, quantity]);
export const shown = (tab) => rows(tab.cart.state.lines);

/** Numbers in [0, 1) from a seed. */
export function random_numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class World {
  now = 1_800_000_000_000;
  #timers = [];
  #busy = new Set();

  after = (ms, run) => {
    const timer = { at: this.now + ms, run };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  };
  clock = { now: () => this.now, after: this.after };
  wait = (ms) => new Promise((resolve) => this.after(ms, resolve));

  /** What really takes time: time stands still meanwhile. */
  real(promise) {
    this.#busy.add(promise);
    const done = () => this.#busy.delete(promise);
    promise.then(done, done);
    return promise;
  }

  async settle() {
    do {
      await Promise.allSettled(this.#busy);
      await new Promise(setImmediate);
    } while (this.#busy.size > 0);
  }

  /** To the next timer, at most to `end`; false: there is none. */
  #run_next(end) {
    const next = this.#timers.reduce((first, timer) => (timer.at < (first?.at ?? end + 1) ? timer : first), undefined);
    if (!next) return false;
    this.#timers = this.#timers.filter((timer) => timer !== next);
    this.now = next.at;
    next.run();
    return true;
  }

  /** Lets `ms` pass, with everything that happens meanwhile. */
  async pass(ms) {
    const end = this.now + ms;
    do await this.settle();
    while (this.#run_next(end));
    this.now = end;
  }

  /** The promise's value; time passes until it is there, and no further. */
  async until(promise) {
    let done = false;
    promise.then(() => (done = true), () => (done = true));
    const end = this.now + 1_000_000;
    for (;;) {
      await this.settle();
      if (done) return promise;
      if (!this.#run_next(end)) throw new Error('it never came');
    }
  }
}

/** The way from one device to the server. `faults`: how likely each is. */
export class Network {
  online = true;
  sent = [];

  constructor(world, url, token, random = () => 1, faults = {}) {
    Object.assign(this, { world, url, token, random, faults });
  }

  fetch = async (url, { method, headers, body, signal }) => {
    const { world, random, faults } = this;
    const chance = (fault) => random() < (faults[fault] ?? 0);
    const late = () => (chance('delay') ? world.wait(Math.floor(random() ** 2 * 90_000)) : null); // rather less than more
    const send = async () => {
      const sent_headers = { ...headers, ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}) };
      const asked = fetch(url, { method, headers: sent_headers, body }).then(async (response) => ({
        ok: response.ok, status: response.status, headers: response.headers, body: await response.text(),
      }));
      const { body: text, ...rest } = await world.real(asked);
      return { ...rest, text: async () => text };
    };
    const journey = async () => {
      if (!this.online || chance('drop')) throw new TypeError('dropped');
      this.sent.push(`${method} ${url.slice(this.url.length).replace(/\?.*/, '')}`);
      await late();
      if (chance('duplicate')) void world.wait(Math.floor(random() * 60_000)).then(send);
      const response = await send();
      await late();
      if (!this.online || chance('cut')) throw new TypeError('cut after it was sent');
      return response;
    };
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
      journey().then(resolve, reject);
    });
  };
}

const never = new Promise(() => {});

/**
 * Storage that outlives its tabs, as IndexedDB: what they ask is done in turn, and writing takes time. Who crashes while
 * something is being written leaves it written or not, as `life` says; what had not begun is lost.
 */
export class Disk {
  kept = new MemoryStorage();
  full = false;
  denied = false;
  #last = Promise.resolve();

  constructor(world, random) {
    Object.assign(this, { world, random });
  }

  /** As one tab has it. `life.over`: nothing is begun any more, and nothing answers. */
  storage(life) {
    const in_turn = (work) => {
      const done = this.#last.then(() => (life.over ? undefined : work()));
      this.#last = done.catch(() => {});
      return this.#last.then(() => (life.over ? never : done));
    };
    const refuse_if = (trouble) => {
      if (trouble) throw new DOMException('storage is full', 'QuotaExceededError');
    };
    const write = async (change) => {
      await this.world.wait(1 + Math.floor(this.random() * 40));
      return life.over && !life.write_lasts ? undefined : change();
    };
    return {
      durable: true,
      read: (name) => in_turn(() => {
        refuse_if(this.denied);
        return this.kept.read(name);
      }),
      update: (name, change) => in_turn(async () => {
        refuse_if(this.full || this.denied);
        const after = change(await this.kept.read(name));
        return write(() => this.kept.update(name, () => after));
      }),
      remove: (names) => in_turn(() => {
        refuse_if(this.denied);
        return write(() => this.kept.remove(names));
      }),
    };
  }
}

/** A browser on a device: tabs with one storage and one network. */
export class Device {
  tabs = new Set();

  constructor(world, network) {
    Object.assign(this, { world, network, disk: new Disk(world, network.random) });
  }

  async open() {
    const life = { over: false, write_lasts: false };
    const tab = { life, channel: null };
    tab.channel = {
      onmessage: null,
      postMessage: (data) => {
        if (life.over) return;
        for (const other of this.tabs) if (other !== tab) this.world.after(1, () => other.life.over || other.channel.onmessage?.({ data }));
      },
      close: () => {},
    };
    const alive = (fetch) => (url, request) => (life.over ? never : fetch(url, request));
    tab.cart = await this.world.until(open_cart({
      url: `${this.network.url}/api/v1`, module: () => loaded, storage: this.disk.storage(life), channel: tab.channel,
      fetch: alive(this.network.fetch), clock: this.world.clock,
    }));
    this.tabs.add(tab);
    return tab;
  }

  /** The tab is gone between two of its steps: nothing of it goes on but what is on the way, and maybe what it is writing. */
  crash(tab, write_lasts = false) {
    Object.assign(tab.life, { over: true, write_lasts });
    this.tabs.delete(tab);
    tab.cart.close();
  }
}

/** A shop's shopper of that number, in a world of its own. */
export async function open_account(shop, number, random, faults) {
  const world = new World();
  const client = await shop.shopper(number);
  const me = await client.read('/me');
  const new_device = () => new Device(world, new Network(world, shop.url, client.token, random, faults));
  return { world, me, client, new_device, on_server: async () => rows(await client.cart()) };
}
