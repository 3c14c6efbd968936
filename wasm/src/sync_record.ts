// The device's own copy of the cart: what the server last said, the edits it has not acknowledged, and both together.
// Pure functions over one record, so that a change is one write.
import type { CartLine, CouponPick, Mutation } from "./generated.js";
import type { MutationArgs, QueuedMutation, SyncAnswer } from "./sync_types.js";

/** The module's `apply`: the same function that the server runs. */
export type Apply = (lines: CartLine[], mutation: Mutation) => CartLine[];

/** Its id counts only together with the client that it was made by. */
export interface QueuedEdit extends QueuedMutation {
  client_id: string;
  args: MutationArgs;
}

export interface CartRecord {
  /** The account it belongs to; null: a guest's. */
  owner: number | null;
  client_id: string;
  /** Ids of one client run 1, 2, 3, … */
  next_id: number;
  /** The cart as the server last told it, and the version that it had. */
  base: CartLine[];
  version: number;
  queue: QueuedEdit[];
  /** `base` with the queue applied: what the shopper sees. */
  lines: CartLine[];
  /** Picked coupons, in the shopper's order. */
  picks: CouponPick[];
}

export function empty_cart(owner: number | null, client_id: string): CartRecord {
  return { owner, client_id, next_id: 1, base: [], version: 0, queue: [], lines: [], picks: [] };
}

/** What was queued was a mutation without its name: the shapes differ only in what the server also takes (null). */
function to_mutation(queued: QueuedEdit): Mutation {
  return { name: queued.name, ...(queued.args as Omit<Mutation, "name">) };
}

/** The shopper's edit: applied at once; an account's is queued as well. */
export function edit(cart: CartRecord, mutation: Mutation, apply: Apply): CartRecord {
  const lines = apply(cart.lines, mutation);
  if (cart.owner === null) return { ...cart, base: lines, lines };
  const { name, ...args } = mutation;
  const queued = { client_id: cart.client_id, id: cart.next_id, name, args };
  return { ...cart, lines, next_id: cart.next_id + 1, queue: [...cart.queue, queued] };
}

/** Signing in: a guest's lines become one `merge`; the same account's cart goes on; anyone else's is gone. */
export function sign_in(cart: CartRecord, owner: number, client_id: string, apply: Apply): CartRecord {
  if (cart.owner === owner) return cart;
  const fresh = empty_cart(owner, client_id);
  if (cart.owner !== null || cart.lines.length === 0) return fresh;
  return edit({ ...fresh, picks: cart.picks }, { name: "merge", lines: cart.lines }, apply);
}

/** What is sent next: edits of one client, in order. */
export function next_batch(cart: CartRecord): { client_id: string; mutations: QueuedMutation[] } {
  const client_id = cart.queue[0]?.client_id ?? cart.client_id;
  const end = cart.queue.findIndex((queued) => queued.client_id !== client_id);
  const batch = cart.queue.slice(0, Math.min(end < 0 ? cart.queue.length : end, 1000));
  return { client_id, mutations: batch.map(({ id, name, args }) => ({ id, name, args })) };
}

const rest_of = (cart: CartRecord, client_id: string, last_id: number): QueuedEdit[] =>
  cart.queue.filter((queued) => queued.client_id !== client_id || queued.id > last_id);

/** The server's answer: acknowledged edits are dropped, the rest is replayed on top of its cart. */
export function acknowledge(cart: CartRecord, client_id: string, answer: SyncAnswer, apply: Apply): CartRecord {
  if (answer.cart.version < cart.version) return cart; // overtaken by a later one, which another tab asked for
  const base = answer.cart.lines.map(({ variant_id, quantity, selected }) => ({ variant_id, quantity, selected }));
  const queue = rest_of(cart, client_id, answer.last_mutation_id);
  const lines = queue.reduce((before, queued) => apply(before, to_mutation(queued)), base);
  return { ...cart, base, version: answer.cart.version, queue, lines };
}

/**
 * The server doesn't know the past that this device talks of, a restored backup for one. What it has applied is done;
 * what is left is numbered again, for a new client. Nothing happens if another tab did that meanwhile.
 */
export function restart(cart: CartRecord, sent_by: string, last_id: number, client_id: string): CartRecord {
  if (next_batch(cart).client_id !== sent_by) return cart;
  const queue = rest_of(cart, sent_by, last_id).map((queued, index) => ({ ...queued, client_id, id: index + 1 }));
  return { ...cart, client_id, queue, next_id: queue.length + 1, version: 0 };
}

/**
 * The cart goes on in memory, while storage keeps the record that it could last write. That one may be taken up again,
 * with its numbers: what is done from here on is another client's, so that no number is used twice.
 */
export function move_out(cart: CartRecord, client_id: string): CartRecord {
  return { ...cart, client_id, next_id: 1 };
}
