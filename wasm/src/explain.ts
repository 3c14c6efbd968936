// A quote in words: codes and numbers go in, sentences for shoppers come out. Needs no module, and a page that imports
// one language holds only that one.
//
//   const say = explain(ko, request);
//   for (const rejection of quote.rejected) console.log(say.rejection(rejection));
import type { Applied, ErrorCode, LineProblem, Rejection } from "./generated.js";
import { money } from "./money.js";
import type { Sentence, Sentences } from "./sentences.js";

export { en } from "./en.js";
export { ko } from "./ko.js";
export { decimal, exponent_of, money } from "./money.js";
export type * from "./sentences.js";

/** What is talked about. A QuoteRequest is one; so is a shop's data with a wallet beside it. */
export interface Subject {
  shop: { currency: string };
  /** Milliseconds since 1970; the device's own clock where it is left out. */
  now?: number;
  /** Names and times of what the quote speaks of by id. */
  coupons?: readonly { id: number; rule: { name?: string; starts_at?: number | null } }[];
  promotions?: readonly { id: number; name?: string }[];
}

export interface Explain {
  /** "3,200원" */
  money(amount: number): string;
  /** Why a coupon isn't used, and what is missing: "3,200원 더 담으면 쿠폰을 쓸 수 있어요" */
  rejection(rejection: Rejection): string;
  /** What is wrong with a line: "재고가 2개 남았어요." */
  problem(problem: LineProblem): string;
  /** What a discount took off, of a quote or of one line: "‘첫 주문’ 5,000원 할인" */
  applied(applied: Pick<Applied, "source" | "id" | "amount"> & Partial<Pick<Applied, "target">>): string;
  /** Why there is no quote, or what a server refused: its problem has `missing` and `available` where they help. */
  error(failure: { code: ErrorCode; missing?: number; available?: number }): string;
  /** How long something lasts: "2시간 후에 끝나요". null: it doesn't end. */
  until(ends_at: number | null): string;
}

export function explain(sentences: Sentences, subject: Subject): Explain {
  const price = (amount: number): string => money(amount, subject.shop.currency, sentences.locale);
  const now = (): number => subject.now ?? Date.now();
  const coupon = (id: number | undefined) => subject.coupons?.find((other) => other.id === id);
  const from_now = (ms: number): string => time_from(now(), ms, sentences.locale);
  return {
    money: price,
    rejection({ id, code, missing = 0, with: other }) {
      const starts_at = coupon(id)?.rule.starts_at ?? null;
      return say(sentences.rejections[code], {
        amount: price(missing),
        units: missing,
        name: coupon(other)?.rule.name ?? "",
        starts: starts_at !== null && starts_at > now() ? from_now(starts_at) : "",
      });
    },
    problem: ({ code, available = 0, max_quantity = 0 }) => say(sentences.problems[code], { available, max_quantity }),
    applied({ source, id, amount, target = "order" }) {
      const rule = source === "coupon" ? coupon(id)?.rule : subject.promotions?.find((other) => other.id === id);
      return say(sentences.applied[target], { name: rule?.name ?? "", amount: price(amount) });
    },
    error({ code, missing, available }) {
      // A newer server may have a code that this page doesn't know.
      const sentence = sentences.errors[code] ?? sentences.errors.internal;
      return say(sentence, { missing: missing === undefined ? "" : price(missing), available });
    },
    until(ends_at) {
      if (ends_at === null) return sentences.never_ends;
      return ends_at > now() ? say(sentences.ends, { when: from_now(ends_at) }) : sentences.ended;
    },
  };
}

function say<Facts>(sentence: Sentence<Facts>, facts: Facts): string {
  return typeof sentence === "string" ? sentence : sentence(facts);
}

// "in 2 hours": the largest unit that has passed its one, rounded down, so that nobody comes too late.
function time_from(now: number, ms: number, locale: string): string {
  const units = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]] as const;
  const left = ms - now;
  const [unit, length] = units.find(([, length]) => left >= length) ?? (["second", 1000] as const);
  return new Intl.RelativeTimeFormat(locale).format(Math.floor(left / length), unit);
}
