// Time: the device's, which a test may replace, and the server's as the device sees it.

export interface Clock {
  now(): number;
  /** Runs it after so many milliseconds, unless the function that it returns is called before. */
  after(ms: number, run: () => void): () => void;
}

export const device_clock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The server's clock. The answer that came back fastest tells most exactly. */
export class ServerClock {
  #offset_ms = 0;
  #best_round_trip_ms = Infinity;

  constructor(readonly device: Clock = device_clock) {}

  now(): number {
    return this.device.now() + this.#offset_ms;
  }

  /** `server_now` was read by the server somewhere between the two moments of ours. */
  learn(server_now: number, sent_at: number, received_at: number): void {
    const round_trip = received_at - sent_at;
    if (round_trip > this.#best_round_trip_ms) return;
    this.#best_round_trip_ms = round_trip;
    this.#offset_ms = server_now - (sent_at + received_at) / 2;
  }
}
