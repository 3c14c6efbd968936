// Medusa's promotion computation without its database: the module's own `computeActions`, which is handed the promotions
// that it would otherwise read. It deals in fractions (BigNumber) and neither rounds nor shows a total; what it has that
// ours lacks (budgets, usage limits) is left out, and so is what ours has and it lacks: see `common_request`.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { PromotionModuleService } = require('@medusajs/promotion/dist/services');

const filter_of = ({ category_ids = [] }) =>
  category_ids.length === 0
    ? []
    : [{ attribute: 'items.product.categories.id', operator: 'in', values: category_ids.map((id) => ({ value: `${id}` })) }];

function promotion_of({ id, target, type, amount, basis_points, include = {} }) {
  const fixed = type === 'fixed';
  return {
    id: `${id}`,
    code: `rule ${id}`,
    type: 'standard',
    is_automatic: true,
    is_tax_inclusive: false,
    rules: [],
    application_method: {
      type: fixed ? 'fixed' : 'percentage',
      target_type: target === 'item' ? 'items' : 'order',
      allocation: target === 'item' ? 'each' : 'across',
      value: fixed ? amount : basis_points / 100,
      max_quantity: 1_000_000, // units of a line that it is for; Medusa wants one
      currency_code: 'krw',
      target_rules: filter_of(include),
      buy_rules: [],
    },
  };
}

/** Prices that request again and again: gives a function that resolves to Medusa's actions. */
export function medusa_for({ variants, lines, promotions }) {
  const by_id = new Map(variants.map((variant) => [variant.id, variant]));
  const items = lines.map(({ variant_id, quantity }) => {
    const { unit_price, product_id, category_ids } = by_id.get(variant_id);
    return {
      id: `${variant_id}`,
      quantity,
      unit_price,
      subtotal: unit_price * quantity,
      original_total: unit_price * quantity,
      is_discountable: true,
      product: { id: `${product_id}`, categories: category_ids.map((id) => ({ id: `${id}` })) },
    };
  });
  const context = { currency_code: 'krw', items, shipping_methods: [] };
  const stored = promotions.map(promotion_of);
  const codes = stored.map(({ code }) => code);
  const service = { baseRepository_: { getFreshManager: () => ({}) }, listActivePromotions_: async () => stored };
  return () =>
    PromotionModuleService.prototype.computeActions.call(service, codes, context, { prevent_auto_promotions: true });
}

/** What the actions take off together. */
export const medusa_discount = (actions) => actions.reduce((sum, { amount }) => sum + Number(amount), 0);
