// A rule read out: what it takes off, from what, when and beside what, as the quote will do it (PRICING.md). A new
// type, target or field of rules without its sentence doesn't compile: see reading_ko.ts and reading_en.ts.

import type { IdFilter, Rule, RuleKind, RuleType, Target, Tier } from '../../api_types';

/** How amounts, times and things are written in the reader's language. */
export interface Speech {
  money: (amount: number) => string;
  percent: (basis_points: number) => string;
  moment: (ms: number) => string;
  product: (id: number) => string;
  category: (id: number) => string;
  variant: (id: number) => string;
}

/** What is taken off: "1,000원" or "10%". */
export type OnTarget = Record<Target, (off: string) => string>;

interface Benefits {
  fixed: OnTarget;
  percent: OnTarget;
  free: () => string;
  buy_x_get_y: (facts: { buy: number; get: number; percent: string | null }) => string;
  tiers: (steps: string[]) => string;
}
type Complete<T extends Record<RuleType, unknown>> = T;

/** Fields that say what is taken off; the others are conditions with a sentence of their own. */
type BenefitField = 'id' | 'name' | 'target' | 'type' | 'amount' | 'basis_points' | 'buy' | 'get' | 'tiers';
export type ConditionField = Exclude<keyof Rule, BenefitField>;

export interface ReadingWords {
  benefit: Complete<Benefits>;
  tier: (from: string, off: string) => string;
  /** `line` rules take one line: the shopper's choice with a coupon, the best one with a promotion. */
  which_line: Record<RuleKind, string>;
  conditions: {
    max_discount: (amount: string) => string;
    max_groups: (groups: number) => string;
    include: (names: string) => string;
    exclude: (names: string) => string;
    everything: string;
    min_amount: (amount: string) => string;
    min_quantity: (units: number) => string;
    period: (from: string | null, to: string | null) => string;
    always: string;
    first_order_only: string;
    stack_group: (target: Target, group: string) => string;
    exclusive: string;
    priority: (priority: number) => string;
  };
  names: { product: (name: string) => string; category: (name: string) => string; variant: (name: string) => string;
           more: (count: number) => string };
  valid_days: (days: number | null) => string;
}

const NAMED_MOST = 6;

/** The rule in sentences, what it takes off first. `valid_days`: of a coupon, null without a limit. */
export function read_rule(rule: Rule, kind: RuleKind, valid_days: number | null, say: ReadingWords,
  speech: Speech): string[] {
  const conditions = condition_sentences(rule, kind, say, speech);
  return [
    benefit_sentence(rule, say, speech),
    rule.target === 'line' ? say.which_line[kind] : null,
    conditions.max_discount, conditions.max_groups, conditions.include, conditions.exclude, conditions.min_amount,
    conditions.min_quantity, conditions.first_order_only, conditions.starts_at, conditions.ends_at,
    kind === 'coupon' ? say.valid_days(valid_days) : null,
    conditions.exclusive, conditions.stack_group, conditions.priority,
  ].filter((sentence) => sentence !== null);
}

export function benefit_sentence(rule: Rule, say: ReadingWords, speech: Speech): string {
  switch (rule.type) {
    case 'fixed':
      return say.benefit.fixed[rule.target](speech.money(rule.amount));
    case 'percent':
      return say.benefit.percent[rule.target](speech.percent(rule.basis_points));
    case 'free':
      return say.benefit.free();
    case 'buy_x_get_y':
      return say.benefit.buy_x_get_y({
        buy: rule.buy, get: rule.get, percent: rule.basis_points === 10000 ? null : speech.percent(rule.basis_points),
      });
    case 'tiers':
      return say.benefit.tiers(rule.tiers.map((tier) => say.tier(speech.money(tier.from), off_of(tier, speech))));
  }
}

const off_of = (tier: Tier, speech: Speech): string =>
  tier.basis_points > 0 ? speech.percent(tier.basis_points) : speech.money(tier.amount);

/** Null where a field asks for nothing. `ends_at` is told together with `starts_at`. */
function condition_sentences(rule: Rule, kind: RuleKind, words: ReadingWords,
  speech: Speech): Record<ConditionField, string | null> {
  const say = words.conditions;
  const included = name_all(rule.include, words, speech);
  const excluded = name_all(rule.exclude, words, speech);
  const from = rule.starts_at === null ? null : speech.moment(rule.starts_at);
  const to = rule.ends_at === null ? null : speech.moment(rule.ends_at);
  // Promotions always apply together, so these two mean nothing on them; a line takes one coupon whatever its group.
  const stacks = kind === 'coupon' && !rule.exclusive && rule.target !== 'line';
  return {
    max_discount: rule.max_discount === null ? null : say.max_discount(speech.money(rule.max_discount)),
    max_groups: rule.type === 'buy_x_get_y' && rule.max_groups > 0 ? say.max_groups(rule.max_groups) : null,
    include: included ? say.include(included) : say.everything,
    exclude: excluded ? say.exclude(excluded) : null,
    min_amount: rule.min_amount > 0 ? say.min_amount(speech.money(rule.min_amount)) : null,
    min_quantity: rule.min_quantity > 0 ? say.min_quantity(rule.min_quantity) : null,
    starts_at: from || to ? say.period(from, to) : say.always,
    ends_at: null,
    first_order_only: rule.first_order_only ? say.first_order_only : null,
    stack_group: stacks ? say.stack_group(rule.target, rule.stack_group) : null,
    exclusive: kind === 'coupon' && rule.exclusive ? say.exclusive : null,
    priority: rule.priority !== 0 ? say.priority(rule.priority) : null,
  };
}

function name_all(filter: IdFilter, { names }: ReadingWords, speech: Speech): string {
  const all = [
    ...filter.category_ids.map((id) => names.category(speech.category(id))),
    ...filter.product_ids.map((id) => names.product(speech.product(id))),
    ...filter.variant_ids.map((id) => names.variant(speech.variant(id))),
  ];
  const more = all.length - NAMED_MOST;
  return [...all.slice(0, NAMED_MOST), ...(more > 0 ? [names.more(more)] : [])].join(', ');
}
