// What the account's pages, returns, receipts, the search's list and the coupon rush say in English.

import type { AccountWords } from './ko_account';

const count = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

export const en_account: AccountWords = {
  settings: {
    title: 'Details and settings', addresses: 'Addresses', password: 'Change password', erase: 'Delete account',
  },
  password: {
    forgot: 'Forgot your password?', ask_title: 'Choose a new password', ask_hint: 'Tell us the e-mail of your account and we’ll send you a link to choose a new password.',
    send: 'Send the link', sent_title: 'Please check your mail',
    sent: (email) => `If there is an account for ${email}, a link is on its way. It works once, for 30 minutes.`,
    sent_hint: 'If nothing arrives, look into your spam folder or ask the shop.', again: 'Use another e-mail',
    new_title: 'Choose a new password', new_hint: 'All devices that are signed in will be signed out.', new_password: 'New password', repeat: 'New password once more',
    differs: 'The two passwords differ.', save: 'Set the new password', reset_done: 'Your password is changed. Please sign in with the new one.',
    ask_again: 'Ask for a new link', title: 'Change password', current: 'Current password', wrong: 'The current password is wrong.',
    others: 'All other devices will be signed out; this one stays.', changed: 'Password changed; all other devices are signed out', back_to_sign_in: 'Back to sign-in',
  },
  addresses: {
    title: 'Addresses', empty: 'No saved addresses', empty_hint: 'Save one, and at checkout you only have to choose it.', add: 'Add an address', edit: 'Edit', edit_title: 'Edit address',
    remove: 'Remove', removed: 'Address removed', is_default: 'Default', make_default: 'Make default', default_changed: 'This is your default address now',
    save: 'Save', saved: 'Address saved', choose: 'Choose an address', other: 'Deliver to another address', keep: 'Save this address to my list',
    edit_of: (name) => `Edit the address of ${name}`, remove_of: (name) => `Remove the address of ${name}`,
  },
  erase: {
    title: 'Delete account', lead: 'This can’t be undone. Please read it first.', gone_title: 'What goes at once',
    gone: ['Your name, e-mail and password', 'Saved addresses and your cart', 'The coupons in your wallet', 'Every sign-in on every device'],
    kept_title: 'What stays in the shop’s records', kept: ['What was bought and paid, without the recipient and the address'],
    open: 'While an order or a top-up is on its way, the account can’t be deleted yet.',
    balance: (amount) => `I give up my balance of ${amount}. It can’t be paid back.`, understood: 'I have read this and want to delete my account.',
    password: 'Password', confirm: 'Delete for good', working: 'Deleting…', done: 'Your account is deleted, and your data is gone from this device.', keep: 'Keep my account',
    wrong: 'The password is wrong.',
  },
  code: {
    label: 'Coupon code', placeholder: 'e.g. HELLO', add: 'Add', adding: 'Adding…', added: (name) => `“${name}” is in your wallet`,
    applied: (name, amount) => `“${name}” takes ${amount} off`,
  },
  progress: {
    shipped_by: (carrier) => `Sent with ${carrier}`, tracking: 'Tracking number', copy: 'Copy', copied: 'Tracking number copied',
    refunded_whole: 'This order was refunded in full.', expired: 'The time to pay was over, so this order was cancelled.', cancelled: (time) => `Cancelled ${time}`,
  },
  returns: {
    cancel: 'Cancel and get a refund', start: 'Return and get a refund', title: 'What should come back?', hint: 'Choose items and how many of them.', all: 'Everything', none: 'Clear',
    left: (n) => `${n} can be refunded`, units: (name) => `Units of ${name} to refund`, reason: 'Reason (optional)', shipping: 'Shipping', amount: 'Back to your balance',
    shipping_later: 'Shipping and coupons come back once everything is refunded.', coupons_back: 'The coupons go back to your wallet too.',
    confirm: (amount) => `Refund ${amount}`, pick: 'Choose what to refund', working: 'Refunding…', done: (amount) => `${amount} went back to your balance`,
    until: (date) => `Returns are possible until ${date}.`, over: 'The time to return this order is over.', list: 'Refunds', by_shop: 'by the shop', by_me: 'asked by you', total: 'Refunded in total',
    item: (name, n) => `${n} × ${name}`, remaining: 'Paid after refunds',
  },
  receipt: {
    title: 'Receipt', open: 'Receipt', print: 'Print', item: 'Item', unit: 'Price', quantity: 'Qty', amount: 'Amount', method: 'Paid with', balance: 'Balance', back: 'Back to the order',
    paid: 'Paid', discount: 'Discount', unpaid: 'Only paid orders have a receipt.', refunded_at: (time) => `Refund ${time}`, buyer: 'Customer',
  },
  suggest: {
    results: 'Suggestions', count: (n) => (n === 0 ? 'No products found' : `${count(n, 'product')}. Use the arrow keys to choose.`), none: 'No products found',
    all: (q) => `All results for “${q}”`, offline: 'Found among the products stored on this device', recent: 'Recent searches', clear: 'Clear',
  },
  rush: {
    waiting: 'You’re in line', waiting_hint: 'Many people are taking this coupon right now. Keep this page open: it tries again by itself, and you get the coupon only once.',
    offline: 'The network is gone. It goes on once you are back online.', next: (seconds) => `Next try in ${seconds} s`, asking: 'Asking now…', tries: (n) => `Try ${n}`,
    leave: 'Leave the line', left: 'You left the line. If the coupon was issued already, it is in your wallet.', failed_title: 'No luck this time', others: 'Other drops',
  },
};
