// A payment company for the tests, of the shape that Toss Payments' API has. Money moves when a payment is confirmed.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";

export class Gateway {
  secret = `secret_${randomUUID()}`;
  payments = new Map(); // by their number at the shop
  next = []; // troubles of the next confirmations: "error", "hang_up" before it is taken, "lost_answer" after
  is_down = false;

  static async open() {
    const gateway = new Gateway();
    gateway.server = createServer((request, response) => {
      let text = "";
      request.on("data", (bytes) => (text += bytes));
      request.on("end", () => gateway.answer(request, response, text));
    });
    await new Promise((done) => gateway.server.listen(0, "127.0.0.1", done));
    gateway.url = `http://127.0.0.1:${gateway.server.address().port}`;
    return gateway;
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }

  /** Somebody has chosen how to pay on the company's page: the key that it comes back with. */
  pay(number, amount, { refuses = false } = {}) {
    const payment = { key: randomUUID(), amount, refuses, status: "IN_PROGRESS", taken: 0, confirmations: [] };
    this.payments.set(number, payment);
    return payment.key;
  }

  confirmations = (number) => this.payments.get(number).confirmations;
  taken = (number) => this.payments.get(number).taken;

  /** The next confirmation takes the money and is never answered. Resolves when it has. */
  hold_next_answer() {
    this.next.push("hold");
    return new Promise((done) => (this.held = done));
  }

  answer(request, response, text) {
    const say = (status, body) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    const authorized = request.headers.authorization === `Basic ${Buffer.from(`${this.secret}:`).toString("base64")}`;
    if (this.is_down) return say(503, { code: "DOWN", message: "Come back later" });
    if (!authorized) return say(401, { code: "UNAUTHORIZED_KEY", message: "Who is that?" });
    if (request.url.startsWith("/v1/payments/orders/")) {
      const number = request.url.split("/").at(-1);
      const payment = this.payments.get(number);
      if (!payment) return say(404, { code: "NOT_FOUND_PAYMENT", message: "There is none" });
      return say(200, this.described(number, payment));
    }
    const { paymentKey, orderId, amount } = JSON.parse(text);
    const payment = this.payments.get(orderId);
    const trouble = this.next.shift();
    if (trouble === "error") return say(500, { code: "FAILED_INTERNAL_SYSTEM_PROCESSING", message: "Oh" });
    if (trouble === "hang_up") return request.socket.destroy();
    payment.confirmations.push({ amount, idempotency_key: request.headers["idempotency-key"], authorized });
    if (payment.refuses) return say(403, { code: "REJECT_CARD_PAYMENT", message: "No" });
    if (paymentKey !== payment.key || amount !== payment.amount) return say(400, { code: "INVALID_REQUEST", message: "No" });
    if (payment.status !== "DONE") {
      payment.status = "DONE";
      payment.taken += 1;
    }
    if (trouble === "lost_answer") return request.socket.destroy();
    if (trouble === "hold") return this.held();
    say(200, this.described(orderId, payment));
  }

  described = (orderId, { key, status, amount }) => ({ paymentKey: key, orderId, status, totalAmount: amount, currency: "KRW" });
}
