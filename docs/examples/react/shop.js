// A coffee roastery: what it sells, how it ships, which coupons it has sent out. Amounts are cents.
export const rules = {
  currency: 'USD',
  shipping: { fee: 490, free_from: 4000 },
  tax: { mode: 'exclusive', rates: [{ class: 'standard', basis_points: 800 }] },
};

export const variants = [
  { id: 1, product_id: 1, unit_price: 1250, stock: 40, max_quantity: 10 },
  { id: 2, product_id: 2, unit_price: 1690, stock: 6 },
  { id: 3, product_id: 3, unit_price: 595, stock: 200 },
];

export const names = { 1: 'House blend, 250 g', 2: 'Single origin, 250 g', 3: 'Paper filters, 100' };

export const coupons = [
  { id: 1, rule: { id: 1, name: '15% off', target: 'order', type: 'percent', basis_points: 1500, max_discount: 600 } },
  { id: 2, rule: { id: 2, name: '$5 off $35', target: 'order', type: 'fixed', amount: 500, min_amount: 3500 } },
  { id: 3, rule: { id: 3, name: 'Free shipping', target: 'shipping', type: 'free', min_amount: 2500 } },
];
