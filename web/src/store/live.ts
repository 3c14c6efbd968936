// The live stream: one per browser. The tab that holds the lock listens and passes events on to the others. Where there
// is no stream, `poll` is told every so often instead and whoever shows live figures asks again.

export interface LiveEvents {
  stock: { variant_id: number; stock: number };
  campaign: { campaign_id: number; remaining_quantity: number };
  popular: unknown;
  orders: unknown;
  wallet: unknown;
  balance: unknown;
  cart: unknown;
  catalogue: unknown;
  /** Ask again: the stream is down, or was. */
  poll: unknown;
}
type Name = keyof LiveEvents;
type Listener = (data: never) => void;

const NAMES: Name[] = ['stock', 'campaign', 'popular', 'orders', 'wallet', 'balance', 'cart', 'catalogue'];
const POLL_MS = 15_000;

export class Live {
  private readonly listeners = new Map<Name, Set<Listener>>();
  private readonly channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('cartwright-live') : null;
  private source: EventSource | null = null;
  private connected = false;
  private was_connected = false;
  private last_heard = 0;

  constructor(private readonly url: string) {
    this.channel?.addEventListener('message', (event: MessageEvent<{ name: Name | 'alive'; data: unknown }>) => {
      this.last_heard = Date.now();
      if (event.data.name !== 'alive') this.tell(event.data.name, event.data.data);
    });
  }

  on<N extends Name>(name: N, listener: (data: LiveEvents[N]) => void): () => void {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set.add(listener as Listener));
    return () => void set.delete(listener as Listener);
  }

  start(): void {
    const lead = (): Promise<void> => {
      this.connect();
      return new Promise(() => {}); // the lock is kept as long as the tab lives
    };
    if (navigator.locks) void navigator.locks.request('cartwright-live', lead);
    else this.connect();
    setInterval(() => {
      const heard = this.source ? this.connected : Date.now() - this.last_heard < 2 * POLL_MS;
      if (this.source && this.connected) this.channel?.postMessage({ name: 'alive', data: null }); // to the other tabs
      if (!heard && navigator.onLine && document.visibilityState === 'visible') this.tell('poll', null);
    }, POLL_MS);
  }

  /** After signing in or out the stream carries other topics. */
  restart(): void {
    if (this.source) this.connect();
  }

  private connect(): void {
    this.source?.close();
    const source = new EventSource(this.url);
    this.source = source;
    source.addEventListener('ready', (event) => {
      const { resumed } = (parse((event as MessageEvent<string>).data) ?? {}) as { resumed?: boolean };
      if (this.was_connected && !resumed) this.tell('poll', null); // what happened meanwhile was missed
      this.was_connected = true;
    });
    source.onopen = () => (this.connected = true);
    source.onerror = () => {
      this.connected = false;
      // A refusal (503, no such path) ends the stream for good; a broken connection is taken up again by itself.
      if (source.readyState === EventSource.CLOSED && this.source === source) setTimeout(() => this.connect(), 30_000);
    };
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        const data = parse((event as MessageEvent<string>).data);
        this.channel?.postMessage({ name, data });
        this.tell(name, data);
      });
    }
  }

  private tell(name: Name, data: unknown): void {
    for (const listener of this.listeners.get(name) ?? []) listener(data as never);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
