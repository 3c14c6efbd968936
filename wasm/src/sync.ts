// A cart that works without a network: kept on the device, edited by the same rules as on the server, sent when there
// is a network, and the same on all devices of an account and in all tabs of a browser. No framework, no page needed.
//
// An edit is applied in memory at once, then written, then sent: what was written survives a crash at any point, and
// numbers given by this device make the server do each edit once, however often it arrives.
import type { CartLine, CartLineInput, Choice, CouponPick, ErrorCode, Mutation, Quote } from "./generated.js";
import { ask, no_answer } from "./sync_ask.js";
import type { Answer } from "./sync_ask.js";
import type { Catalogue } from "./sync_catalogue.js";
import { ServerClock } from "./sync_clock.js";
import { choice_of, Prices, SOON_MS } from "./sync_prices.js";
import { acknowledge, edit, empty_cart, move_out, next_batch, restart, sign_in } from "./sync_record.js";
import type { CartRecord } from "./sync_record.js";
import type { Account, CartOptions, CartState, Channel } from "./sync_state.js";
import { FallbackStorage, open_storage } from "./sync_storage.js";
import type { CartStorage } from "./sync_storage.js";
import type { SyncAnswer, SyncRequest, WalletCoupon } from "./sync_types.js";

export { problem_of } from "./sync_ask.js";
export type { Answer, Problem } from "./sync_ask.js";
export type { Catalogue } from "./sync_catalogue.js";
export type { Clock } from "./sync_clock.js";
export * from "./sync_coupons.js";
export { choice_of } from "./sync_prices.js";
export type { Prices } from "./sync_prices.js";
export type * from "./sync_state.js";
export type { CartStorage } from "./sync_storage.js";
export type { Snapshot, SyncAnswer, SyncRequest, VariantLabel, WalletCoupon } from "./sync_types.js";
export { MemoryStorage, open_storage } from "./sync_storage.js";
export { ServerClock } from "./sync_clock.js";

interface AccountRecord<A> {
  account: A;
  wallet: WalletCoupon[];
}
const nobody = { account: null, wallet: [] };

const PATIENCE_MS = 30_000;
const LONGEST_WAIT_MS = 60_000;

export class SyncedCart<A extends Account = Account> {
  state: CartState<A>;
  /** The server's clock. */
  readonly clock: ServerClock;
  /** What the cart is kept in. Records of other names are the caller's. */
  readonly storage: FallbackStorage;
  /** What is sold, and news of it. */
  readonly prices: Prices;

  readonly #options: CartOptions;
  readonly #channel: Channel | null;
  readonly #listeners = new Set<(state: CartState<A>) => void>();
  readonly #undo: (() => void)[] = [];
  #cart = empty_cart(null, crypto.randomUUID());
  #writes: Promise<void> = Promise.resolve();
  #unwritten = 0;
  #moved_out = false;
  #running: Promise<Answer<SyncAnswer> | null> | null = null;
  #again = false;
  #failures = 0;
  #cancel_timer = (): void => {};
  #closed = false;

  /** `open_cart` makes one. */
  constructor(options: CartOptions, storage: CartStorage, channel: Channel | null) {
    this.#options = options;
    this.clock = new ServerClock(options.clock);
    this.storage = new FallbackStorage(storage);
    this.#channel = channel;
    this.prices = new Prices(options.module, this, (news) => this.#set(news));
    this.state = {
      ...nobody, lines: [], picks: [], pending: 0, owner: null, catalogue: null,
      priced: false, online: has_network(), durable: storage.durable, outdated: false,
    };
    this.storage.on_lost = (name) => {
      if (name !== "catalogue") this.#set({ durable: false }); // that one is only fetched again
    };
    this.#undo.push(listen("online", () => this.sync_soon()), listen("offline", () => this.#set({ online: false })));
  }

  /** What this device remembers; no network. */
  async read(): Promise<void> {
    const fresh = this.#cart;
    const [catalogue, known, cart] = await Promise.all([
      this.storage.read<Catalogue>("catalogue"),
      this.storage.read<AccountRecord<A>>("account"),
      this.storage.update<CartRecord>("cart", (before) => before ?? fresh),
    ]);
    this.prices.take(catalogue ?? null);
    this.#set(known ?? nobody);
    this.#show(cart ?? fresh);
    if (this.#channel) this.#channel.onmessage = () => void this.#read_again();
  }

  /** Calls it after every change, until the function that it returns is called. */
  subscribe(listener: (state: CartState<A>) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Ends timers and connections. What is queued stays queued, for the next one who opens it. */
  close(): void {
    this.#closed = true;
    this.#cancel_timer();
    for (const undo of this.#undo) undo();
    this.#listeners.clear();
    this.#channel?.close();
    void this.#writes.then(() => this.storage.close());
  }

  // ---- edits -------------------------------------------------------------------------------------------------------

  add(variant_id: number, quantity = 1): Promise<Answer<CartLine[]>> {
    return this.edit({ name: "add", variant_id, quantity });
  }

  set_quantity(variant_id: number, quantity: number): Promise<Answer<CartLine[]>> {
    return this.edit({ name: "set_quantity", variant_id, quantity });
  }

  remove(variant_id: number): Promise<Answer<CartLine[]>> {
    return this.edit({ name: "remove", variant_id });
  }

  /** Lines that are not selected stay in the cart and out of the price. */
  select(variant_id: number, selected: boolean): Promise<Answer<CartLine[]>> {
    return this.edit({ name: "select", variant_id, selected });
  }

  clear(): Promise<Answer<CartLine[]>> {
    return this.edit({ name: "clear" });
  }

  /**
   * Shows it at once, and resolves when this device keeps it: no crash loses it from then on. Refused is what the rules
   * refuse, and everything (`offline`) as long as nothing is known of the shop: before the first network.
   */
  async edit(mutation: Mutation): Promise<Answer<CartLine[]>> {
    const attempt = () => this.prices.apply(this.#cart.lines, mutation);
    if (!this.state.priced) await this.prepare();
    let tried = attempt();
    if (tried && "error" in tried && tried.error.code === "not_found") {
      await this.prices.fetch(); // it may be newer than this device's catalogue
      tried = attempt();
    }
    if (!tried) return no_answer;
    if ("error" in tried) return refusal(tried.error.code);
    await this.#change((cart) => edit(cart, mutation, this.#apply));
    if (this.state.account) this.sync_soon(); // a guest's cart is nobody else's business
    return { ok: true, value: this.state.lines };
  }

  set_picks(picks: CouponPick[]): Promise<void> {
    return this.#change((cart) => ({ ...cart, picks }));
  }

  readonly #apply = (lines: CartLine[], mutation: Mutation): CartLine[] => {
    const result = this.prices.apply(lines, mutation);
    return result && !("error" in result) ? result.lines : lines;
  };

  #change(change: (cart: CartRecord) => CartRecord): Promise<void> {
    this.#show(change(this.#cart));
    this.#unwritten++;
    const fresh = this.#cart;
    this.#writes = this.#writes.then(async () => {
      const stored = await this.storage.update<CartRecord>("cart", (before) => change(this.#taken_along(before ?? fresh)));
      if (--this.#unwritten === 0 && stored) this.#show(stored);
      this.#channel?.postMessage("changed");
    });
    return this.#writes;
  }

  // The first time that the cart is written to memory because storage refused it.
  #taken_along(cart: CartRecord): CartRecord {
    if (this.#moved_out || !this.storage.has_lost("cart")) return cart;
    this.#moved_out = true;
    return move_out(cart, crypto.randomUUID());
  }

  #show(cart: CartRecord): void {
    this.#cart = cart;
    const { lines, picks, queue, owner } = cart;
    this.#set({ lines: kept(this.state.lines, lines), picks: kept(this.state.picks, picks), pending: queue.length, owner });
  }

  async #read_again(): Promise<void> {
    await this.#writes;
    const [known, cart] = await Promise.all([
      this.storage.read<AccountRecord<A>>("account"), this.storage.read<CartRecord>("cart"),
    ]);
    if (this.#closed || this.#unwritten > 0) return; // the write that is on its way shows what it finds
    this.#set(known ?? nobody);
    if (cart) this.#show(cart);
  }

  // ---- prices ------------------------------------------------------------------------------------------------------

  /** The price of the cart with the picked coupons, or of what is asked; null as long as it can't be known. */
  quote(choice?: Choice, lines: CartLineInput[] = this.state.lines): Quote | null {
    const { wallet, account, picks } = this.state;
    return this.prices.quote({
      now: Math.round(this.clock.now()),
      customer: { paid_orders: account?.paid_orders ?? 0 },
      lines,
      coupons: wallet.map(({ id, status, expires_at, rule }) => ({ id, status, expires_at, rule })),
      choice: choice ?? choice_of(picks),
    });
  }

  /** Loads the module, and the catalogue where there is none; edits and `sync` do so by themselves. True if it was fetched now. */
  prepare(): Promise<boolean> {
    return this.prices.prepare();
  }

  // ---- the server --------------------------------------------------------------------------------------------------

  /** Any request to the same server. What it tells of network and session counts here too. */
  async ask<T>(method: string, path: string, body?: unknown, more: { headers?: Record<string, string>; signal?: AbortSignal } = {}): Promise<Answer<T>> {
    const request = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...more };
    const answer = await ask<T>(this.#options.fetch ?? fetch, this.#options.url + path, request, (reached) => {
      const online = reached && has_network(); // without a network the browser's own cache may have answered
      if (online === this.state.online) return;
      this.#set({ online });
      if (!online && !this.#running) this.#wait_or_rest(null);
    });
    if (!answer.ok && answer.problem.code === "unauthenticated") await this.#end_session();
    return answer;
  }

  /** `sync`, a moment later: many calls become one. */
  sync_soon(): void {
    if (has_network()) this.#sync_in(SOON_MS); // `online` comes here again
  }

  #sync_in(ms: number): void {
    if (this.#closed) return;
    this.#cancel_timer();
    this.#cancel_timer = this.clock.device.after(ms, () => void this.sync());
  }

  /**
   * Sends what is queued and learns what is new; null for a guest, who has nothing to send. One at a time in this
   * browser. What could not be sent, or reached, is tried again by itself, later and later.
   */
  sync(): Promise<Answer<SyncAnswer> | null> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    const run = async (): Promise<Answer<SyncAnswer> | null> => {
      let answer: Answer<SyncAnswer> | null;
      do {
        this.#again = false;
        answer = await this.#exchange();
      } while (this.#again && !this.#closed && (answer === null || answer.ok));
      this.#running = null; // who asks from here on asks anew, though the lock is still to be given back
      this.#wait_or_rest(answer);
      return answer;
    };
    const { locks } = navigator_or_nothing();
    const locked = async (): Promise<Answer<SyncAnswer> | null> =>
      locks ? locks.request(`${this.#options.name ?? "cartwright"}-sync`, run) : run();
    const running = locked().finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }

  /** `null`: a guest asked, or another request than a sync had no answer; `online` says what came of it. */
  #wait_or_rest(answer: Answer<SyncAnswer> | null): void {
    const { account, online, pending } = this.state;
    const failed = answer ? !answer.ok : !online;
    const has_more = answer !== null && account !== null && pending > 0;
    this.#failures = failed ? this.#failures + 1 : 0;
    if (!has_network() || !(failed || has_more)) return;
    const asked_ms = !answer || answer.ok ? 0 : (answer.problem.retry_after_s ?? 0) * 1000;
    this.#sync_in(Math.max(asked_ms, Math.min(1000 * 2 ** this.#failures, LONGEST_WAIT_MS)));
  }

  async #exchange(): Promise<Answer<SyncAnswer> | null> {
    const fetched = await this.prepare();
    if (!this.state.account) {
      if (!fetched) await this.prices.fetch();
      return null;
    }
    for (let restarts = 0; ; ) {
      await this.#writes; // only what is kept is sent
      const cart = (await this.storage.read<CartRecord>("cart")) ?? this.#cart;
      const { account } = this.state;
      if (this.#closed || !account || cart.owner !== account.id) return null;
      const batch = next_batch(cart);
      const answer = await this.#send({ ...batch, cursor: this.state.catalogue?.cursor ?? null });
      if (!answer.ok || this.#closed) return answer;
      if (answer.value.resync) {
        if (++restarts > 2) return answer;
        await this.prices.fetch(true);
        const client_id = crypto.randomUUID();
        await this.#change((before) => restart(before, batch.client_id, answer.value.last_mutation_id, client_id));
        continue;
      }
      await this.#take_answer(account, batch.client_id, answer.value);
      const left = next_batch(this.#cart);
      const none_done = left.client_id === batch.client_id && left.mutations[0]?.id === batch.mutations[0]?.id;
      if (left.mutations.length === 0 || none_done) return answer;
    }
  }

  async #send(request: SyncRequest): Promise<Answer<SyncAnswer>> {
    const patience = new AbortController();
    const cancel = this.clock.device.after(PATIENCE_MS, () => patience.abort());
    const answer = await this.ask<SyncAnswer>("POST", "/sync", request, { signal: patience.signal });
    cancel();
    return answer;
  }

  async #take_answer(account: A, client_id: string, answer: SyncAnswer): Promise<void> {
    if (answer.changes) this.prices.learn(answer.changes);
    const written = this.#change((before) =>
      before.owner === account.id ? acknowledge(before, client_id, answer, this.#apply) : before);
    const { balance, paid_orders, wallet } = answer;
    if (this.state.account?.id === account.id) {
      await this.#set_account({ account: { ...this.state.account, balance, paid_orders }, wallet: kept(this.state.wallet, wallet) });
    }
    await written;
  }

  // ---- account -----------------------------------------------------------------------------------------------------

  /**
   * After the server began a session: what was a guest's is merged into the account's cart, another account's is
   * forgotten. Also for news of the account that is signed in. The cart is written first: no crash loses the merge.
   */
  async sign_in(account: A): Promise<void> {
    await this.prepare();
    if (this.state.account?.id === account.id && this.#cart.owner === account.id) {
      return this.#set_account({ account, wallet: this.state.wallet });
    }
    const client_id = crypto.randomUUID();
    await this.#change((cart) => sign_in(cart, account.id, client_id, this.#apply));
    // Stored before it shows: who leaves the page at once comes back signed in.
    const record: AccountRecord<A> = { account, wallet: [] };
    await this.storage.update("account", () => record);
    this.#set(record);
    this.#channel?.postMessage("changed");
    this.sync_soon();
  }

  /** After the server ended the session: everything that was the account's leaves this device. */
  async sign_out(): Promise<void> {
    await this.#writes;
    await this.storage.remove(["account", "cart"]);
    this.#set(nobody);
    const cart = empty_cart(null, crypto.randomUUID());
    await this.#change(() => cart);
  }

  /** The session ended elsewhere. The cart waits here for its owner. */
  async #end_session(): Promise<void> {
    if (!this.state.account) return;
    this.#set(nobody);
    await this.storage.remove(["account"]);
    this.#channel?.postMessage("changed");
  }

  async #set_account(record: AccountRecord<A>): Promise<void> {
    this.#set(record);
    await this.storage.update("account", () => record);
  }

  #set(news: Partial<CartState<A>>): void {
    this.state = { ...this.state, ...news };
    for (const listener of this.#listeners) listener(this.state);
  }
}

/** The cart as this device remembers it. `sync()` then asks the server; so does whatever needs it first. */
export async function open_cart<A extends Account = Account>(options: CartOptions): Promise<SyncedCart<A>> {
  const name = options.name ?? "cartwright";
  const has_channel = options.channel === undefined && "BroadcastChannel" in globalThis;
  const channel = has_channel ? (new BroadcastChannel(name) as Channel) : (options.channel ?? null);
  const cart = new SyncedCart<A>(options, options.storage ?? (await open_storage(name)), channel);
  await cart.read();
  return cart;
}

/** What says the same stays the same object: who shows it needn't show or price it again. */
const kept = <T>(before: T, now: T): T => (JSON.stringify(before) === JSON.stringify(now) ? before : now);

function refusal(code: ErrorCode): Answer<never> {
  return { ok: false, problem: { code, status: 0 } };
}

const navigator_or_nothing = (): Partial<Navigator> => globalThis.navigator ?? {};
const has_network = (): boolean => navigator_or_nothing().onLine !== false;

function listen(event: "online" | "offline", run: () => void): () => void {
  if (!("addEventListener" in globalThis)) return () => {};
  globalThis.addEventListener(event, run);
  return () => globalThis.removeEventListener(event, run);
}
