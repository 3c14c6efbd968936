// A world for synced carts: its time passes only when a test says so, its network loses, delays, doubles and reorders,
// and its devices crash. Everything random comes from one seed. The server is a real one.

import { MemoryStorage, open_cart } from '../../wasm/dist/sync.js';

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

  /** Lets `ms` pass, with everything that happens meanwhile. */
  async pass(ms) {
    const end = this.now + ms;
    for (;;) {
      await this.settle();
      const next = this.#timers.reduce((first, timer) => (timer.at < (first?.at ?? end + 1) ? timer : first), undefined);
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }

  /** The promise's value; time passes until it is there. */
  async until(promise) {
    let done = false;
    promise.then(() => (done = true), () => (done = true));
    for (let i = 0; i < 1000 && !done; i++) await this.pass(i < 5 ? 0 : 1000);
    if (!done) throw new Error('it never came');
    return promise;
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
    const late = () => (chance('delay') ? world.wait(Math.floor(random() * 90_000)) : null);
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

/** Storage that outlives its tabs: those crash, or find it full. */
export class Disk {
  kept = new MemoryStorage();
  full = false;
  denied = false;
  durable = true;

  /** As one tab has it. `life.over`: nothing is done any more, and nothing answers. */
  storage(life) {
    const through = (work) => (life.over ? new Promise(() => {}) : work());
    const refused = () => Promise.reject(new DOMException('storage is full', 'QuotaExceededError'));
    return {
      durable: true,
      read: (name) => through(() => (this.denied ? refused() : this.kept.read(name))),
      update: (name, change) => through(() => (this.full || this.denied ? refused() : this.kept.update(name, change))),
      remove: (names) => through(() => (this.denied ? refused() : this.kept.remove(names))),
    };
  }
}

/** A browser on a device: tabs with one storage and one network. */
export class Device {
  disk = new Disk();
  tabs = new Set();

  constructor(world, network, load) {
    Object.assign(this, { world, network, load });
  }

  async open() {
    const life = { over: false };
    const tab = { life, channel: null };
    tab.channel = {
      onmessage: null,
      postMessage: (data) => {
        if (life.over) return;
        for (const other of this.tabs) if (other !== tab) this.world.after(1, () => other.life.over || other.channel.onmessage?.({ data }));
      },
      close: () => {},
    };
    const alive = (fetch) => (url, request) => (life.over ? new Promise(() => {}) : fetch(url, request));
    tab.cart = await open_cart({
      url: `${this.network.url}/api/v1`, module: this.load, storage: this.disk.storage(life), channel: tab.channel,
      fetch: alive(this.network.fetch), clock: this.world.clock,
    });
    this.tabs.add(tab);
    return tab;
  }

  /** The tab is gone between two of its steps: nothing of it goes on but what is on the way. */
  crash(tab) {
    tab.life.over = true;
    this.tabs.delete(tab);
    tab.cart.close();
  }
}
