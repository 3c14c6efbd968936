// What the other pages say in English, with the package's sentences for codes.

import { en, explain } from 'cartwright/explain';
import { en_account } from './en_account';
import type { PageWords } from './ko_pages';

export const en_pages: PageWords = {
  explain: (subject) => explain(en, subject),
  ...en_account,
  undo: 'Undo',
  order_status: {
    PENDING: 'Awaiting payment', PAID: 'Paid', SHIPPING: 'On its way', DELIVERED: 'Delivered', CANCELLED: 'Cancelled',
  },
  coupon_status: { AVAILABLE: 'Available', USED: 'Used', EXPIRED: 'Expired' },
  balance_entry: { CHARGE: 'Top-up', USE: 'Payment', REFUND: 'Refund', REVERSAL: 'Top-up reversed' },
  cart: {
    title: 'Cart', empty: 'Your cart is empty', empty_hint: 'Put something you like in it.', select_all: 'Select all',
    select: (name) => `Select ${name}`, remove: (name) => `Remove ${name}`, clear: 'Empty the cart', removed: (name) => `Removed “${name}”`,
    cleared: 'Your cart is empty now', subtotal: 'Items', item_discount: 'Item discounts', order_discount: 'Order discounts', shipping: 'Shipping',
    shipping_discount: 'Shipping discount', free: 'Free', total: 'Total', tax_included: (tax) => `incl. ${tax} VAT`, tax: 'Tax',
    free_from: (amount) => `Add ${amount} more for free shipping`, free_reached: 'Shipping is free', order: (total) => `Check out · ${total}`,
    fix: 'Some items can’t be ordered', coupons: 'Coupons',
    sign_in_for_coupons: 'Sign in to use coupons', no_coupons: 'You have no coupons', get_coupons: 'See the coupon drops',
    best: 'Apply the best coupons', best_saved: (amount) => `${amount} more off`, best_already: 'That is the best already',
    applied: (amount) => `${amount} off, applied`, would_save: (amount) => `${amount} off`, replaced: (name) => `Used instead of “${name}”`,
    unavailable: 'Coupons that don’t fit yet', summary: 'Summary', nothing_selected: 'Select what you want to order',
    pricing: 'Working out the price', discount: (amount) => `${amount} off`,
    saved: (amount) => `You save ${amount}`, unknown_item: 'Unknown item',
  },
  account: {
    sign_in_title: 'Good to see you again', register_title: 'Nice to meet you', email: 'E-mail', password: 'Password', name: 'Name', sign_in: 'Sign in', register: 'Create account',
    no_account: 'No account yet?', have_account: 'Have an account already?', password_hint: 'At least 8 characters.', cart_kept: 'What is in your cart stays there when you sign in.',
    welcome: (name) => `Welcome, ${name}!`,
    need_sign_in: 'Please sign in to see this page', merged: 'Your items were merged into your cart', working: 'One moment…',
  },
  balance: {
    title: 'Balance', current: 'Available balance', charge: 'Top up', amount: 'Amount', charging: 'Topping up…', charged: (amount) => `Topped up ${amount}`,
    waiting: 'It will be added as soon as the transfer is confirmed.', history: 'History', empty: 'No entries yet', limit: (amount) => `Up to ${amount} at a time.`,
    after: (amount) => `balance ${amount}`, unanswered: (amount) => `A top-up of ${amount} has had no answer yet.`, check: 'Check now', too_small: 'Please enter an amount above zero.',
    waiting_title: 'Top-ups on their way', transfer_to: (account) => `Please transfer to ${account}, with the top-up's number as the reference.`, pay_there: 'Pay now',
    being_checked: 'We are checking the payment.', owed: (amount) => `${amount} of a reversed top-up is still open. The next top-up covers it first; until then nothing can be paid.`,
    none: 'Top-ups are closed at the moment.', order: (number) => `Order ${number}`, plus: (amount) => `+${amount}`,
  },
  checkout: {
    title: 'Checkout', address: 'Delivery address', recipient: 'Recipient', phone: 'Phone', postcode: 'Postcode', line1: 'Address', line2: 'Apartment, floor', note: 'Delivery note',
    note_hint: 'Please leave it at the door', items: 'Items', pay: (total) => `Pay ${total}`, paying: 'Paying…', ordering: 'Placing the order…',
    changed_title: 'The price has changed meanwhile', changed_hint: 'Please check what is different and pay again.',
    price: (name) => `Price of ${name}`, line_discount: (name) => `Discount on ${name}`, line_gone: (name) => `${name}: not available any more`, order_discount: 'Order discounts', shipping: 'Shipping', tax: 'Tax', total: 'Total',
    missing: (amount) => `Your balance is ${amount} short`, missing_hint: 'Top up what is missing and pay right away.', charge_and_pay: (amount) => `Top up ${amount} and pay`,
    balance_after: 'Balance after payment', fill_in: 'This is needed', empty: 'Nothing to order', to_cart: 'To the cart', by_balance: 'From balance',
    lost: 'No answer came back. Press again: you will never pay twice.', coupons: 'Coupons',
  },
  orders: {
    title: 'Orders', and_more: (name, n) => `${name} and ${n} more`, empty: 'No orders yet', empty_hint: 'We look forward to your first one.', number: 'Order number', ordered_at: 'Ordered',
    thanks: 'Thank you for your order', thanks_hint: 'We’ll pack it with care.', pay_within: 'Time left to pay', pay: (total) => `Pay ${total}`, cancel: 'Cancel order',
    cancel_ask: 'Cancel this order?', cancel_hint: 'The coupons go back to your wallet.', cancelled: 'The order was cancelled', keep: 'Keep it', expired: 'The time to pay is over', detail: 'Order', items: 'Items',
    address: 'Delivery address', coupons: 'Coupons used', progress: 'Progress', paid_at: 'Paid', refunded: (n) => `${n} refunded`,
  },
  coupons: {
    title: 'Coupons', available: 'Available', past: 'Past', empty: 'No coupons to use', empty_hint: 'Get one from the coupon drops.', until: (time) => `until ${time}`, used_at: (time) => `used ${time}`,
  },
  missing: { title: 'No such page', hint: 'The address has changed or the page is gone.', home: 'Go home' },
};
