// What a language has to say. A code without a sentence doesn't compile: see ko.ts and en.ts, or write another one.
import type { ErrorCode, ProblemCode, RejectionCode, Target } from "./generated.js";

/** The same for everyone, or made of what is known. */
export type Sentence<Facts> = string | ((facts: Facts) => string);

/** Amounts are prices in words already; a text that isn't known is empty. */
export interface RejectionFacts {
  /** `missing` as a price. */
  amount: string;
  /** `missing` as a count. */
  units: number;
  /** The coupon that stands in the way. */
  name: string;
  /** When the coupon starts, seen from now: "in 2 hours". */
  starts: string;
}

export interface ProblemFacts {
  available: number;
  max_quantity: number;
}

export interface AppliedFacts {
  /** Of the coupon or promotion; may be empty. */
  name: string;
  amount: string;
}

export interface ErrorFacts {
  /** What is missing as a price, and what is there as a count, where the answer tells. */
  missing: string;
  available: number | undefined;
}

export interface Sentences {
  /** For numbers and times: a BCP 47 tag. */
  locale: string;
  rejections: Record<RejectionCode, Sentence<RejectionFacts>>;
  problems: Record<ProblemCode, Sentence<ProblemFacts>>;
  errors: Record<ErrorCode, Sentence<ErrorFacts>>;
  applied: Record<Target, Sentence<AppliedFacts>>;
  /** `when` is seen from now: "in 2 hours". */
  ends: Sentence<{ when: string }>;
  ended: string;
  never_ends: string;
}
