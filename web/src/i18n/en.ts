// What the pages that one comes in by say in English, and what all pages share; the rest is in en_pages.ts.

import type { FirstWords } from './ko';

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

export const en: FirstWords = {
  phase: { coming: 'Coming up', open: 'Open', exhausted: 'All gone', ended: 'Ended' },
  nav: {
    home: 'Home', products: 'All products', campaigns: 'Coupon drops', cart: 'Cart', my: 'My page', search: 'Search',
    search_hint: 'Looking for something?', sign_in: 'Sign in', sign_out: 'Sign out', register: 'Register', orders: 'Orders',
    coupons: 'Coupons', balance: 'Balance', skip: 'Skip to content', main: 'Main menu', tabs: 'Bottom menu', language: '한국어',
    close: 'Close', menu: 'My menu', products_short: 'Shop', campaigns_short: 'Drops',
    signed_out: 'Signed out. Your data has been removed from this device.', hello: (name) => name,
  },
  common: {
    units: (n) => count(n, 'item'), more: 'Show more', all: 'All', retry: 'Try again', loading: 'Loading',
    from: (price) => `from ${price}`, sold_out: 'Sold out', few_left: (n) => `${n} left`,
    load_failed: 'Could not load this', see_all: 'See all', apply: 'Apply',
    no_connection: 'No connection right now. Please try again once you are back online.',
    offline_bar: 'You are offline. Your cart and the pages you have visited still work.',
    offline_page: 'This page is not stored yet. We’ll show it once you are back online.',
    needs_network: 'This works once you are back online. Your cart is safe here.',
    outdated: 'The shop has been updated. Please reload to see exact prices; what you pay is checked again when you order.', updated: 'A new version of the shop is ready.', reload: 'Reload', not_durable: 'This browser can’t store anything: the cart is lost when you close the window.',
    days: (n) => count(n, 'day'), ordinal: (n) => `No. ${n}`, discount: (percent) => `${percent}%`,
    required: 'required',
  },
  home: {
    hero_kicker: 'Today in the shop', hero_title: 'Everyday things,\nmade to be kept', hero_text: 'A small selection of things your hands will reach for. Take your time.',
    hero_button: 'Look around', popular: 'Popular right now', popular_note: (days) => `by sales of the last ${count(days, 'day')}`,
    categories: 'Categories', fresh: 'Just arrived', campaign_open: 'First come, first served: open now', campaign_coming: 'First come, first served: coming up',
    sold: (n) => `${n} sold`, get: 'Get the coupon',
  },
  list: {
    title: 'All products', results_for: (q) => `Results for “${q}”`, filter: 'Filter', category: 'Category', price: 'Price',
    min_price: 'Min', max_price: 'Max', in_stock: 'In stock only', sort: 'Sort', clear: 'Clear filters', empty: 'Nothing matches',
    empty_hint: 'Try a shorter search or clear the filters.', shown: (n) => count(n, 'product'), shown_more: (n) => `More than ${n} products`,
    sorts: { newest: 'Newest', popular: 'Popular', price_asc: 'Price: low to high', price_desc: 'Price: high to low', name: 'Name' },
    any: 'any', show: 'Show products',
  },
  product: {
    choose: (option) => `Choose ${option.toLowerCase()}`, quantity: 'Quantity', add: 'Add to cart', buy: 'Buy now', added: 'Added to your cart',
    go_cart: 'View cart', description: 'Description', sold_out: 'This option is sold out', choose_first: 'Please choose the options first',
    stock: (n) => `${n} in stock`, plenty: 'In stock', pictures: 'Product pictures', picture: (n) => `Picture ${n}`,
    max: (n) => `up to ${n} at a time`, shipping: 'Shipping', shipping_fee: (fee, free) => `${fee} (free from ${free})`,
    shipping_flat: (fee) => fee, shipping_free: 'Free', total: 'Item total', vendor: 'Made by', less: 'One less', more: 'One more',
    not_ready: 'The price list is not here yet. You can add this once you are online.',
    gone: 'This product is no longer here',
  },
  rule: {
    amount_off: (amount) => `${amount} off`, percent_off: (percent) => `${percent} off`, per_unit: (amount) => `${amount} off each`,
    up_to: (amount) => `up to ${amount}`, free_shipping: 'Free shipping', shipping_off: (what) => `${what} shipping`,
    buy_get: (buy, get) => `Buy ${buy}, get ${get} free`, buy_get_percent: (buy, get, percent) => `Buy ${buy}, get ${get} at ${percent} off`,
    tiers: 'The more, the less', tier: (from, what) => `from ${from}: ${what}`, min_amount: (amount) => `from ${amount}`,
    min_quantity: (n) => `from ${count(n, 'item')}`, first_order: 'First order only', exclusive: 'Not with other coupons', some_items: 'selected items', one_line: 'one item of the cart',
  },
  campaigns: {
    title: 'Coupon drops', intro: 'First come, first served. Time and remaining coupons are live.', remaining: 'Remaining', of: (n, all) => `${n} of ${all}`,
    starts_in: 'Starts in', ends_in: 'Ends in', take: 'Take the coupon', taking: 'One moment…', sign_in_to_take: 'Sign in to take it', taken: 'This one is yours',
    taken_hint: 'It is in your wallet.', see_wallet: 'Open wallet', coming: (time) => `Opens ${time}`, ended_at: (time) => `Ended ${time}`,
    exhausted: 'All of them are gone', ended: 'This event is over', empty: 'No drops right now', empty_hint: 'The next one will show up here.',
    success: 'The coupon is yours!', until: (time) => `until ${time}`, days: 'd', hours: 'h', minutes: 'min', seconds: 's', period: 'Period',
  },
};
