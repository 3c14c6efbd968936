// The server's clock as this device sees it. The answer that came back fastest tells most exactly.

export class Clock {
  private offset_ms = 0;
  private best_round_trip_ms = Infinity;

  now(): number {
    return Date.now() + this.offset_ms;
  }

  /** `server_now` was read by the server somewhere between the two moments of ours. */
  learn(server_now: number, sent_at: number, received_at: number): void {
    const round_trip = received_at - sent_at;
    if (round_trip > this.best_round_trip_ms) return;
    this.best_round_trip_ms = round_trip;
    this.offset_ms = server_now - (sent_at + received_at) / 2;
  }
}
