// A receiver of webhooks on loopback, which can be told how to behave, and the check of a signature as the Standard
// Webhooks specification publishes it.
import assert from "node:assert/strict";
import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as create_tls_server } from "node:https";

/** Throws unless the request was signed with that secret ("whsec_…") within the last five minutes. */
export function verify(secret, { headers, body }) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const age = Date.now() / 1000 - Number(headers["webhook-timestamp"]);
  assert.ok(Math.abs(age) < 300, `signed ${age} s ago`);
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", key).update(content).digest();
  const signatures = headers["webhook-signature"].split(" ").map((word) => word.split(","));
  const matches = ([version, mac]) => {
    const given = Buffer.from(mac, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  };
  assert.ok(signatures.some(matches), "the signature is another one");
}

/**
 * `answer(request, response)` answers a request; left out, each is taken with 204. What arrived: `received`, each with
 * its `headers`, `body` and `event`.
 */
export async function open_receiver({ tls, answer = (_, response) => response.writeHead(204).end() } = {}) {
  const receiver = new Receiver(tls, answer);
  await receiver.open(0);
  return receiver;
}

class Receiver {
  received = [];
  #waiting = [];

  constructor(tls, answer) {
    this.tls = tls;
    this.answer = answer;
  }

  async open(port) {
    const listener = (request, response) => this.#take(request, response);
    this.server = this.tls ? create_tls_server(this.tls, listener) : createServer(listener);
    this.server.listen(port, "127.0.0.1");
    await once(this.server, "listening");
    this.port = this.server.address().port;
    this.url = `${this.tls ? "https" : "http"}://localhost:${this.port}/hook?from=shop`;
  }

  /** Vanishes, with every connection. */
  async close() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  /** Comes back where it was. */
  async reopen() {
    await this.open(this.port);
  }

  async #take(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const taken = { method: request.method, url: request.url, headers: request.headers, body, event: JSON.parse(body) };
    taken.closed = once(response, "close");
    this.received.push(taken);
    this.answer(taken, response);
    this.#waiting = this.#waiting.filter(({ count, done }) => {
      if (this.received.length < count) return true;
      done();
      return false;
    });
  }

  /** The first `count` that arrived, once they have. */
  async first(count) {
    if (this.received.length < count) await new Promise((done) => this.#waiting.push({ count, done }));
    return this.received.slice(0, count);
  }

  positions() {
    return this.received.map(({ event }) => event.position);
  }
}
