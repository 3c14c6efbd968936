// Everything the shop front knows and does without a page: catalogue, cart, account, prices; on this device first, and
// with the server when it can be reached. No framework: pages subscribe.
//
// State lives in `state` (this tab) and in the database (this browser); a cart edit is applied in memory at once, then
// written, then sent. Other tabs are told and read again.

import type {
  Address, CartLine, Choice, Coupon, Me, Mutation, NewOrder, Order, Paid, CouponPick, Quote, Rule, Session, ShopInfo, ShopRules,
  Snapshot, SyncAnswer, SyncRequest, Variant, WalletCoupon,
} from '../api_types';
import { acknowledge, edit, empty_cart, restart, sign_in, type CartRecord } from './cart_record';
import { Clock } from './clock';
import type { Database } from './database';
import { Live } from './live';
import { Rest, type Answer } from './rest';
import { merge_snapshot, with_stock, type Catalogue } from './snapshot';

/** What is used of the npm package `cartwright`. */
export interface Pricing {
  quote(request: {
    now: number; customer: { paid_orders: number }; lines: CartLine[]; coupons: Coupon[]; choice: Choice;
  }): Quote | { error: unknown };
  apply(cart: { lines: CartLine[] }, mutation: Mutation): { lines: CartLine[] } | { error: unknown };
}
export interface PricingModule {
  rules_version: string;
  open(data: { shop: ShopRules; variants: Variant[]; promotions: Rule[] }): Pricing | { error: unknown };
}

export interface State {
  shop: ShopInfo | null;
  catalogue: Catalogue | null;
  me: Me | null;
  wallet: WalletCoupon[];
  cart: CartRecord;
  /** The server answered the last time it was asked. */
  online: boolean;
  /** Prices can be computed: module and catalogue are here. */
  priced: boolean;
  /** False when this browser keeps nothing after the tab is closed. */
  durable: boolean;
  /** The server computes by other rules than this page: it must be loaded again. */
  outdated: boolean;
}

interface AccountRecord { me: Me; wallet: WalletCoupon[] }

const ACCOUNT_RECORDS = ['account', 'cart', 'address'];

export class Client {
  readonly clock = new Clock();
  readonly rest: Rest;
  readonly live: Live;
  state: State;

  private pricing: Pricing | null = null;
  private module: PricingModule | null = null;
  /** What the server last said of its rules; a catalogue kept from before may be older than both. */
  private server_rules: string | null = null;
  private readonly listeners = new Set<(state: State) => void>();
  private readonly channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('cartwright-store') : null;
  private writes: Promise<unknown> = Promise.resolve();
  private unwritten = 0;
  private running_sync: Promise<Answer<SyncAnswer> | null> | null = null;
  private sync_again = false;
  private sync_timer: ReturnType<typeof setTimeout> | undefined;
  private readonly fresh_stock = new Map<number, number>();
  private stock_timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly db: Database, base: string,
              private readonly load_module: () => Promise<PricingModule>) {
    this.rest = new Rest(base, db);
    this.live = new Live(`${base}/stream`);
    this.state = {
      shop: null, catalogue: null, me: null, wallet: [], cart: empty_cart(null, crypto.randomUUID()),
      online: navigator.onLine, priced: false, durable: db.durable, outdated: false,
    };
    this.rest.on_reach = (reached) => {
      const online = reached && navigator.onLine; // without a network the browser's own cache may have answered
      if (online !== this.state.online) this.set({ online });
    };
    this.rest.on_signed_out = () => void this.session_lost();
  }

  subscribe(listener: (state: State) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  // ---- start -------------------------------------------------------------------------------------------------------

  /** What this browser remembers; no network. */
  async open(): Promise<void> {
    const fresh = this.state.cart;
    const [shop, catalogue, account, cart] = await Promise.all([
      this.db.read<ShopInfo>('shop'),
      this.db.read<Catalogue>('catalogue'),
      this.db.read<AccountRecord>('account'),
      this.db.update<CartRecord>('cart', (before) => before ?? fresh),
    ]);
    this.set({ shop: shop ?? null, catalogue: catalogue ?? null, me: account?.me ?? null,
               wallet: account?.wallet ?? [], cart: cart ?? fresh });
    this.channel?.addEventListener('message', () => void this.read_again());
  }

  /** Then the network: shop, catalogue, account, live figures. */
  async start(): Promise<void> {
    this.live.on('stock', (event) => this.learn_stock(event.variant_id, event.stock));
    for (const name of ['wallet', 'balance', 'orders', 'cart', 'catalogue', 'poll'] as const) this.live.on(name, () => this.sync_soon());
    addEventListener('online', () => this.sync_soon());
    addEventListener('offline', () => this.set({ online: false }));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.sync_soon();
    });
    await Promise.all([this.fetch_shop(), this.prepare_pricing()]);
    this.live.start();
    if (this.state.me) {
      const me = await this.rest.get<Me>('/me');
      if (me.ok) this.set_account({ me: me.value, wallet: this.state.wallet });
    }
    await this.sync();
  }

  private async fetch_shop(): Promise<void> {
    const sent_at = Date.now();
    const answer = await this.rest.get<ShopInfo>('/shop');
    if (!answer.ok) return;
    this.clock.learn(answer.value.now, sent_at, Date.now());
    this.set({ shop: answer.value });
    await this.db.update('shop', () => answer.value).catch(() => {});
  }

  private preparing: Promise<void> | null = null;

  /** Loads the module and the catalogue once. */
  prepare_pricing(): Promise<void> {
    this.preparing ??= (async () => {
      const [module] = await Promise.all([this.load_module(), this.fetch_snapshot()]);
      this.module = module;
      this.open_pricing();
    })().catch(() => {
      this.preparing = null; // no network at the first visit: the next edit tries again
    });
    return this.preparing;
  }

  private open_pricing(): void {
    const { catalogue } = this.state;
    if (!this.module || !catalogue) return;
    const opened = this.module.open({
      shop: catalogue.shop, variants: catalogue.variants, promotions: catalogue.promotions,
    });
    if ('error' in opened) return this.set({ outdated: true }); // rules that this page's module doesn't know
    this.pricing = opened;
    const outdated = this.server_rules !== null && this.server_rules !== this.module.rules_version;
    this.set({ priced: true, outdated });
  }

  private async fetch_snapshot(all = false): Promise<void> {
    const since = all ? undefined : this.state.catalogue?.cursor;
    const sent_at = Date.now();
    const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`;
    const answer = await this.rest.get<Snapshot>(`/snapshot${query}`);
    if (!answer.ok) return;
    this.clock.learn(answer.value.now, sent_at, Date.now());
    await this.take_snapshot(answer.value);
  }

  private async take_snapshot(news: Snapshot): Promise<void> {
    this.server_rules = news.rules_version;
    const catalogue = merge_snapshot(this.state.catalogue ?? undefined, news);
    this.set({ catalogue });
    this.open_pricing();
    await this.db.update('catalogue', () => catalogue).catch(() => {});
  }

  /** Stock comes in bursts: one new catalogue for many events. */
  private learn_stock(variant_id: number, stock: number): void {
    this.fresh_stock.set(variant_id, stock);
    this.stock_timer ??= setTimeout(() => {
      this.stock_timer = undefined;
      if (this.state.catalogue) {
        const catalogue = with_stock(this.state.catalogue, this.fresh_stock);
        this.set({ catalogue });
        this.open_pricing();
      }
      this.fresh_stock.clear();
    }, 250);
  }

  // ---- cart --------------------------------------------------------------------------------------------------------

  private readonly apply = (lines: CartLine[], mutation: Mutation): CartLine[] => {
    const result = this.pricing?.apply({ lines }, mutation);
    return result && !('error' in result) ? result.lines : lines;
  };

  /** False when prices can't be computed here yet (first visit without network). */
  async edit(mutation: Mutation): Promise<boolean> {
    if (!this.pricing) await this.prepare_pricing();
    if (!this.pricing) return false;
    this.change((cart) => edit(cart, mutation, this.apply));
    if (this.state.cart.owner !== null) this.sync_soon(); // a guest's cart is nobody else's business
    return true;
  }

  set_picks(picks: CouponPick[]): void {
    this.change((cart) => ({ ...cart, picks }));
  }

  private change(change: (cart: CartRecord) => CartRecord): void {
    this.set({ cart: change(this.state.cart) });
    this.unwritten++;
    this.writes = this.writes
      .then(() => this.db.update<CartRecord>('cart', (stored) => change(stored ?? this.state.cart)))
      .then((stored) => {
        if (--this.unwritten === 0 && stored) this.set({ cart: stored });
        this.channel?.postMessage('changed');
      })
      .catch(() => {
        this.unwritten--;
        this.set({ durable: false });
      });
  }

  private async read_again(): Promise<void> {
    await this.writes;
    const [account, cart] = await Promise.all([
      this.db.read<AccountRecord>('account'), this.db.read<CartRecord>('cart'),
    ]);
    this.set({ me: account?.me ?? null, wallet: account?.wallet ?? [], ...(cart ? { cart } : {}) });
  }

  quote(picks: CouponPick[] = this.state.cart.picks, lines: CartLine[] = this.state.cart.lines): Quote | null {
    return this.quote_by(choice_of(picks), lines);
  }

  /** The coupons that make these lines cheapest; line coupons with their lines. */
  best_picks(lines: CartLine[] = this.state.cart.lines): CouponPick[] {
    const best = this.quote_by({ mode: 'best', coupons: [] }, lines);
    return (best?.applied ?? [])
      .filter((applied) => applied.source === 'coupon')
      .map(({ id, variant_id }) => ({ id, variant_id }));
  }

  private quote_by(choice: Choice, lines: CartLine[]): Quote | null {
    const { wallet, me } = this.state;
    const result = this.pricing?.quote({
      now: Math.round(this.clock.now()),
      customer: { paid_orders: me?.paid_orders ?? 0 },
      lines,
      coupons: wallet.map(({ id, status, expires_at, rule }) => ({ id, status, expires_at, rule })),
      choice,
    });
    return result && !('error' in result) ? result : null;
  }

  // ---- sync --------------------------------------------------------------------------------------------------------

  sync_soon(): void {
    if (!navigator.onLine) return; // `online` comes here again
    clearTimeout(this.sync_timer);
    this.sync_timer = setTimeout(() => void this.sync(), 250);
  }

  /** Sends what is queued and learns what is new. One at a time in this browser. Null for a guest. */
  sync(): Promise<Answer<SyncAnswer> | null> {
    if (this.running_sync) {
      this.sync_again = true;
      return this.running_sync;
    }
    const run = async (): Promise<Answer<SyncAnswer> | null> => {
      let answer: Answer<SyncAnswer> | null;
      do {
        this.sync_again = false;
        answer = await this.exchange();
      } while (this.sync_again && (answer === null || answer.ok));
      return answer;
    };
    const locked = async (): Promise<Answer<SyncAnswer> | null> =>
      navigator.locks ? navigator.locks.request('cartwright-sync', run) : run();
    const running = locked().finally(() => (this.running_sync = null));
    this.running_sync = running;
    return running;
  }

  private async exchange(): Promise<Answer<SyncAnswer> | null> {
    await this.prepare_pricing();
    const { me } = this.state;
    if (!me) {
      await this.fetch_snapshot();
      return null;
    }
    for (let attempt = 0; ; attempt++) {
      await this.writes;
      const cart = (await this.db.read<CartRecord>('cart')) ?? this.state.cart;
      if (cart.owner !== me.id) return null;
      const cursor = this.state.catalogue?.cursor;
      const request: SyncRequest = { client_id: cart.client_id, mutations: cart.queue.slice(0, 1000),
                                     ...(cursor === undefined ? {} : { cursor }) };
      const answer = await this.rest.post<SyncAnswer>('/sync', request);
      if (!answer.ok) return answer;
      if (answer.value.resync) {
        if (attempt === 2) return answer;
        await this.fetch_snapshot(true);
        const client_id = crypto.randomUUID();
        this.change((before) => restart(before, client_id));
        continue;
      }
      if (answer.value.changes) await this.take_snapshot(answer.value.changes);
      this.change((before) =>
        before.client_id === request.client_id ? acknowledge(before, answer.value, this.apply) : before);
      this.set_account({
        me: { ...me, balance: answer.value.balance, paid_orders: answer.value.paid_orders },
        wallet: answer.value.wallet,
      });
      await this.writes;
      if (this.state.cart.queue.length === 0) return answer;
    }
  }

  // ---- account -----------------------------------------------------------------------------------------------------

  async enter(path: '/auth/login' | '/auth/register', body: unknown): Promise<Answer<Session>> {
    const answer = await this.rest.post<Session>(path, body);
    if (!answer.ok) return answer;
    const { me } = answer.value;
    await this.prepare_pricing();
    const client_id = crypto.randomUUID();
    if (this.state.cart.owner !== null && this.state.cart.owner !== me.id) await this.forget_account();
    this.set_account({ me, wallet: [] });
    this.change((cart) => sign_in(cart, me.id, client_id, this.apply));
    tell_worker('account_changed');
    this.live.restart();
    await this.sync();
    return answer;
  }

  async sign_out(): Promise<Answer<unknown>> {
    const answer = await this.rest.post('/auth/logout');
    if (answer.ok || answer.problem.code === 'unauthenticated') await this.forget_account();
    return answer;
  }

  /** Everything that was the account's leaves this browser. */
  private async forget_account(): Promise<void> {
    await this.writes;
    const cart = empty_cart(null, crypto.randomUUID());
    this.set({ me: null, wallet: [], cart });
    await this.db.remove(ACCOUNT_RECORDS);
    await this.rest.forget_all();
    await this.db.update('cart', () => cart).catch(() => {});
    tell_worker('account_changed');
    this.live.restart();
    this.channel?.postMessage('changed');
  }

  /** The session ended elsewhere. The cart waits here for its owner. */
  private async session_lost(): Promise<void> {
    if (!this.state.me) return;
    this.set({ me: null, wallet: [] });
    tell_worker('account_changed');
    await this.db.remove(['account']);
    this.channel?.postMessage('changed');
  }

  private set_account(account: AccountRecord): void {
    this.set({ me: account.me, wallet: account.wallet });
    void this.db.update('account', () => account).catch(() => {});
  }

  // ---- orders ------------------------------------------------------------------------------------------------------

  /** `lines` only when something else than the cart's selected lines is bought. */
  async place_order(quote: Quote, picks: CouponPick[], address: Address, lines?: CartLine[]): Promise<Answer<Order>> {
    const order: NewOrder = {
      ...(lines ? { lines } : {}),
      choice: choice_of(picks), expected_total: quote.total, fingerprint: quote.fingerprint, address,
    };
    const answer = await this.rest.post_once<Order>('/orders', order);
    if (answer.ok && !lines) this.set_picks([]);
    void this.sync();
    return answer;
  }

  async pay(number: string): Promise<Answer<Paid>> {
    const answer = await this.rest.post_once<Paid>(`/orders/${number}/payment`);
    void this.sync();
    return answer;
  }

  read_address(): Promise<Address | undefined> {
    return this.db.read<Address>('address');
  }

  async keep_address(address: Address): Promise<void> {
    await this.db.update('address', () => address).catch(() => {});
  }

  private set(news: Partial<State>): void {
    this.state = { ...this.state, ...news };
    for (const listener of this.listeners) listener(this.state);
  }
}

export function choice_of(picks: CouponPick[]): Choice {
  return picks.length ? { mode: 'listed', coupons: picks } : { mode: 'none', coupons: [] };
}

function tell_worker(message: 'account_changed'): void {
  navigator.serviceWorker?.controller?.postMessage(message);
}
