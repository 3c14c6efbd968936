// The device's own copy of the cart (COMMERCE.md "Cart sync"): what the server last said, the edits it has not
// acknowledged, and both together. Pure functions over one record, so that a change is one write.

import type { CartLine, Mutation, CouponPick, QueuedMutation, SyncAnswer } from '../api_types';

/** The module's `apply`: the same function that the server runs. */
export type Apply = (lines: CartLine[], mutation: Mutation) => CartLine[];

export interface CartRecord {
  /** The account it belongs to; null: a guest's. */
  owner: number | null;
  client_id: string;
  /** Ids of one client run 1, 2, 3, … */
  next_id: number;
  /** The cart as the server last told it. */
  base: CartLine[];
  queue: QueuedMutation[];
  /** `base` with the queue applied: what the shopper sees. */
  lines: CartLine[];
  /** Picked coupons, in the shopper's order. */
  picks: CouponPick[];
}

export function empty_cart(owner: number | null, client_id: string): CartRecord {
  return { owner, client_id, next_id: 1, base: [], queue: [], lines: [], picks: [] };
}

/** What was queued was a mutation without its name: the shapes differ only in what the server also takes (null). */
export function to_mutation(queued: QueuedMutation): Mutation {
  return { name: queued.name, ...(queued.args as Omit<Mutation, 'name'>) };
}

/** The shopper's edit: applied at once; an account's is queued as well. */
export function edit(cart: CartRecord, mutation: Mutation, apply: Apply): CartRecord {
  const lines = apply(cart.lines, mutation);
  if (cart.owner === null) return { ...cart, base: lines, lines };
  const { name, ...args } = mutation;
  return { ...cart, lines, next_id: cart.next_id + 1, queue: [...cart.queue, { id: cart.next_id, name, args }] };
}

/** Signing in: a guest's lines become one `merge`; the same account's cart goes on; anyone else's is gone. */
export function sign_in(cart: CartRecord, owner: number, client_id: string, apply: Apply): CartRecord {
  if (cart.owner === owner) return cart;
  const fresh = empty_cart(owner, client_id);
  if (cart.owner !== null || cart.lines.length === 0) return fresh;
  return edit(fresh, { name: 'merge', lines: cart.lines }, apply);
}

/** The server's answer: acknowledged edits are dropped, the rest is replayed on top of its cart. */
export function acknowledge(cart: CartRecord, answer: SyncAnswer, apply: Apply): CartRecord {
  const base = answer.cart.lines.map(({ variant_id, quantity, selected }) => ({ variant_id, quantity, selected }));
  const queue = cart.queue.filter((queued) => queued.id > answer.last_mutation_id);
  const lines = queue.reduce((before, queued) => apply(before, to_mutation(queued)), base);
  return { ...cart, base, queue, lines };
}

/** The server doesn't know this client's past: a new client id, and the edits that are left are numbered again. */
export function restart(cart: CartRecord, client_id: string): CartRecord {
  const queue = cart.queue.map((queued, index) => ({ ...queued, id: index + 1 }));
  return { ...cart, client_id, queue, next_id: queue.length + 1 };
}
