// A coupon or a promotion as its editor has it, and the way from there to the JSON of a rule and back. A field is
// `undefined` while what is typed can't be read. Whether a rule is legal the module says, with a path, and what only
// the shop knows the server, with a pointer; both lead to the field that they are about.

import type { AdminRule, IdFilter, NewRule, Rule, RuleKind, RuleType, Target, Text } from '../../api_types';

type Typed = number | null | undefined;

export interface TierForm { from: Typed; unit: 'amount' | 'percent'; value: Typed }

export interface RuleForm {
  name: Text;
  description: Text;
  target: Target;
  type: RuleType;
  amount: Typed;
  basis_points: Typed;
  max_discount: Typed;
  buy: Typed;
  get: Typed;
  max_groups: Typed;
  tiers: TierForm[];
  include: IdFilter;
  exclude: IdFilter;
  min_amount: Typed;
  min_quantity: Typed;
  starts_at: Typed;
  ends_at: Typed;
  first_order_only: boolean;
  stack_group: string;
  exclusive: boolean;
  priority: Typed;
  valid_days: Typed;
}
/** Where a fault is: a field, and for tiers which one and which part of it. */
export type FieldPlace = keyof RuleForm | `tiers.${number}.${keyof TierForm}`;

export const TARGETS: Record<RuleType, readonly Target[]> = {
  percent: ['order', 'item', 'line', 'shipping'],
  fixed: ['order', 'item', 'line', 'shipping'],
  free: ['shipping'],
  buy_x_get_y: ['item'],
  tiers: ['order'],
};
/** Which fields a kind of benefit is made of; the others of these are not sent. */
export const BENEFIT_FIELDS: Record<RuleType, readonly (keyof RuleForm)[]> = {
  percent: ['basis_points', 'max_discount'],
  fixed: ['amount', 'max_discount'],
  free: ['max_discount'],
  buy_x_get_y: ['buy', 'get', 'basis_points', 'max_groups', 'max_discount'],
  tiers: ['tiers', 'max_discount'],
};

const no_ids = (): IdFilter => ({ product_ids: [], category_ids: [], variant_ids: [] });

export function new_form(): RuleForm {
  return {
    name: { ko: '', en: '' }, description: { ko: '', en: '' }, target: 'order', type: 'percent', amount: null,
      basis_points: 1000,
    max_discount: null, buy: 2, get: 1, max_groups: null, tiers: [], include: no_ids(), exclude: no_ids(),
      min_amount: null,
    min_quantity: null, starts_at: null, ends_at: null, first_order_only: false, stack_group: '', exclusive: false,
      priority: null,
    valid_days: 30,
  };
}

/** Another type keeps its target where it may. */
export function with_type(form: RuleForm, type: RuleType): RuleForm {
  const target = TARGETS[type].includes(form.target) ? form.target : (TARGETS[type][0] as Target);
  const tiers = type === 'tiers' && form.tiers.length === 0 ? [empty_tier()] : form.tiers;
  const basis_points = type === 'buy_x_get_y' ? 10000 : form.type === 'buy_x_get_y' ? 1000 : form.basis_points;
  return { ...form, type, target, tiers, basis_points, buy: form.buy || 2, get: form.get || 1 };
}
export const empty_tier = (): TierForm => ({ from: null, unit: 'amount', value: null });

export function form_of({ name, description, rule, valid_days }: AdminRule): RuleForm {
  const { id: _id, name: _name, tiers, ...same } = rule;
  const or_empty = (value: number): Typed => value || null;
  return {
    ...same, name, description, valid_days, amount: or_empty(rule.amount), min_amount: or_empty(rule.min_amount),
    min_quantity: or_empty(rule.min_quantity), max_groups: or_empty(rule.max_groups), priority: or_empty(rule.priority),
    tiers: tiers.map(({ from, amount, basis_points }) => ({
      from, unit: basis_points > 0 ? 'percent' : 'amount', value: basis_points > 0 ? basis_points : amount,
    })),
  };
}

export type Reading = { rule: Rule; fault: null } | { rule: null; fault: FieldPlace };

/** The rule that was typed, with every field; or the first field that can't be read. `id`: 0 of a new one. */
export function rule_of(form: RuleForm, id: number): Reading {
  let fault: FieldPlace | null = null;
  const read = <T>(place: FieldPlace, typed: Typed, empty: T): number | T => {
    if (typed === undefined) fault ??= place;
    return typed ?? empty;
  };
  const used = new Set(BENEFIT_FIELDS[form.type]);
  const benefit = <T>(place: 'amount' | 'basis_points' | 'max_discount' | 'buy' | 'get' | 'max_groups',
    empty: T): number | T =>
    used.has(place) ? read(place, form[place], empty) : empty;
  const rule: Rule = {
    id, name: '', target: form.target, type: form.type,
    amount: benefit('amount', 0), basis_points: benefit('basis_points', 0), max_discount: benefit('max_discount', null),
    buy: benefit('buy', 0), get: benefit('get', 0), max_groups: benefit('max_groups', 0),
    tiers: !used.has('tiers') ? [] : form.tiers.map(({ from, unit, value }, index) => ({
      from: read(`tiers.${index}.from`, from, 0),
      amount: unit === 'amount' ? read(`tiers.${index}.value`, value, 0) : 0,
      basis_points: unit === 'percent' ? read(`tiers.${index}.value`, value, 0) : 0,
    })),
    include: form.include, exclude: form.exclude,
    min_amount: read('min_amount', form.min_amount, 0), min_quantity: read('min_quantity', form.min_quantity, 0),
    starts_at: read('starts_at', form.starts_at, null), ends_at: read('ends_at', form.ends_at, null),
    first_order_only: form.first_order_only, stack_group: form.stack_group.trim(), exclusive: form.exclusive,
    priority: read('priority', form.priority, 0),
  };
  read('valid_days', form.valid_days, 0);
  return fault === null ? { rule, fault } : { rule: null, fault };
}

/** What is sent to make or change it. A name that is empty in one language is the shop's to fill in. */
export function body_of(form: RuleForm, kind: RuleKind, rule: Rule): NewRule {
  const { id: _id, name: _name, ...terms } = rule;
  return {
    name: form.name, description: form.description, rule: terms, ...(kind === 'coupon'
      ? { valid_days: form.valid_days ?? 0 } : {}),
  };
}

/** The field of a module's path (`$.promotions[0].tiers[1].from`) or of a server's pointer (`/rule/tiers/1/from`). */
export function field_of(path: string): FieldPlace | null {
  const outside = /^(rule|promotions|coupons|\d+)$/;
  let steps = path.replace(/^\$/, '').split(/[./[\]]+/).filter((step) => step !== '');
  while (steps[0] !== undefined && outside.test(steps[0])) steps = steps.slice(1);
  const [field, second, third] = steps;
  if (field === 'tiers' && second !== undefined && /^\d+$/.test(second)) {
    return `tiers.${Number(second)}.${third === 'from' ? 'from' : 'value'}`;
  }
  return field !== undefined && field in new_form() ? (field as keyof RuleForm) : null;
}
