// From a priced cart to a paid order. The server quotes again: when it comes to another price, the shopper sees what is
// different and is asked again; when the balance is too small, it can be charged here and the payment goes on.

import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Address, CartLine, CouponPick, Quote } from '../api_types';
import { CouponPicker } from '../components/coupon_picker';
import { Field } from '../components/form';
import { MoneyRows } from '../components/money_rows';
import { Empty, PageHead, Picture, problem_text, show_problem, useSettled } from '../components/ui';
import { all_words, text } from '../i18n';
import { money } from '../i18n/format';
import { navigate, place } from '../router';
import { cart, client, labels, me, online, shop, state } from '../state/shop';
import { quote_changes, type QuoteChange } from '../store/quote_changes';
import type { Problem } from '../store/rest';
import { charge } from './balance';

const NO_ADDRESS: Address = { name: '', phone: '', postcode: '', line1: '', line2: '', note: '' };
const NEEDED = ['name', 'phone', 'postcode', 'line1'] as const;

/** `/checkout?variant=…&quantity=…` buys that; without, the cart's selected lines. */
function direct_line(): CartLine | null {
  const variant_id = Number(place.value.query.get('variant'));
  const quantity = Number(place.value.query.get('quantity') ?? 1);
  const legal = Number.isSafeInteger(variant_id) && variant_id > 0 && Number.isSafeInteger(quantity) && quantity > 0;
  return legal ? { variant_id, quantity, selected: true } : null;
}

const name_of = (variant_id: number): string => {
  const label = labels.value.get(variant_id);
  return label ? text(label.name) : all_words().cart.unknown_item;
};

export function CheckoutPage() {
  const say = all_words().checkout;
  const direct = useMemo(direct_line, [place.value.query.toString()]);
  const [direct_picks, set_direct_picks] = useState<CouponPick[]>([]);
  const [address, set_address] = useState<Address>(NO_ADDRESS);
  const [checked, set_checked] = useState(false);
  const [step, set_step] = useState<'ready' | 'ordering' | 'paying'>('ready');
  /** The server's quote, where it differs from what was shown. */
  const [changed, set_changed] = useState<{ before: Quote; after: Quote } | null>(null);
  const [problem, set_problem] = useState<Problem | null>(null);
  useSettled(true);
  useEffect(() => {
    void client.read_address().then((kept) => kept && set_address(kept));
    void client.sync(); // the freshest wallet, prices and balance before anything is promised
  }, []);
  const { wallet, catalogue, priced } = state.value;
  const lines = direct ? [direct] : cart.value.lines.filter((line) => line.selected);
  const picks = direct ? direct_picks : cart.value.picks;
  const quote_of = (next: CouponPick[]): Quote | null => (priced ? client.quote(next, lines) : null);
  const local = useMemo(() => quote_of(picks), [picks, cart.value, direct, wallet, catalogue, priced]);
  if (lines.length === 0 && step === 'ready') {
    return <><PageHead title={say.title} /><Empty icon="bag" title={say.empty}><a class="button" href="/cart">{say.to_cart}</a></Empty></>;
  }
  const shown = changed?.after ?? local;
  if (!shown) return <PageHead title={say.title}><p class="muted">{all_words().cart.pricing}</p></PageHead>;
  const balance = me.value?.balance ?? 0;
  const missing = Math.max(0, shown.total - balance);

  const submit = async (): Promise<void> => {
    set_checked(true);
    set_problem(null);
    const empty = NEEDED.find((field) => !address[field].trim());
    if (empty) return void document.getElementById(`field-${empty}`)?.focus();
    await client.keep_address(address); // who has to sign in again meanwhile finds it
    if (missing > 0 && !(await charge(missing))) return;
    set_step('ordering');
    if (!direct) await client.sync();
    const order = await client.place_order(shown, picks, address, direct ? [direct] : undefined);
    if (!order.ok) {
      set_step('ready');
      if (order.problem.quote) {
        await client.sync();
        set_changed({ before: shown, after: order.problem.quote });
      }
      return set_problem(order.problem.code === 'quote_changed' ? null : order.problem);
    }
    set_step('paying');
    const paid = await client.pay(order.value.number);
    if (!paid.ok) show_problem(paid.problem); // the order waits on its page, where it can be paid again
    navigate(`/orders/${order.value.number}${paid.ok ? '?thanks' : ''}`, { replace: true });
  };
  const button = step === 'ordering' ? say.ordering : step === 'paying' ? say.paying
    : missing > 0 ? say.charge_and_pay(money(missing)) : say.pay(money(shown.total));
  return (
    <>
      <PageHead title={say.title} />
      <form class="cart" noValidate onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}>
        <div>
          {changed && <Changes before={changed.before} after={changed.after} />}
          <AddressForm address={address} onChange={set_address} checked={checked} />
          <section class="panel" aria-label={say.items}>
            <h2>{say.items}</h2>
            <ul class="bought">
              {shown.lines.filter((line) => line.selected).map((line) => <Bought key={line.variant_id} variant_id={line.variant_id} quantity={line.quantity} net={line.net} />)}
            </ul>
          </section>
          {!changed && local && (
            <section class="panel" aria-label={say.coupons}>
              <h2>{say.coupons}</h2>
              <CouponPicker quote={local} picks={picks} quote_of={quote_of} best_of={() => client.best_picks(lines)}
                onPick={(next) => (direct ? set_direct_picks(next) : client.set_picks(next))} />
            </section>
          )}
        </div>
        <div class="cart-side">
          <section class="panel" aria-label={all_words().cart.summary}>
            <h2>{all_words().cart.summary}</h2>
            <MoneyRows sums={shown} />
            <dl class="sums sums-balance">
              <div><dt>{say.by_balance}</dt><dd>{money(balance)}</dd></div>
              {missing === 0 && <div><dt>{say.balance_after}</dt><dd>{money(balance - shown.total)}</dd></div>}
            </dl>
            {missing > 0 && <p class="result"><span><b>{say.missing(money(missing))}</b><br />{say.missing_hint}</span></p>}
          </section>
          <div role="alert">
            {problem && (
              <p class="result result-bad">
                <span>{problem.variant_id ? `${name_of(problem.variant_id)}: ` : ''}{problem_text(problem)}
                  {problem.code === 'offline' && <><br />{say.lost}</>}</span>
              </p>
            )}
          </div>
          <div class="buy-bar buy-bar-cart">
            {!online.value && <p class="buy-bar-why">{all_words().common.needs_network}</p>}
            {shown && !shown.orderable && <p class="buy-bar-why">{all_words().cart.fix}</p>}
            <button type="submit" class="button button-strong button-wide button-tall"
              disabled={step !== 'ready' || !online.value || !shown.orderable}>{button}</button>
          </div>
        </div>
      </form>
    </>
  );
}

function Bought({ variant_id, quantity, net }: { variant_id: number; quantity: number; net: number }) {
  const label = labels.value.get(variant_id);
  return (
    <li>
      <Picture image={label?.image ?? null} size={64} />
      <div><b>{name_of(variant_id)}</b>
        <p class="muted">{[label ? text(label.options) : '', `× ${quantity}`].filter(Boolean).join(' · ')}</p></div>
      <strong>{money(net)}</strong>
    </li>
  );
}

function Changes({ before, after }: { before: Quote; after: Quote }) {
  const say = all_words().checkout;
  const name = (change: QuoteChange): string => {
    switch (change.what) {
      case 'price': return say.price(name_of(change.variant_id));
      case 'line_discount': return say.line_discount(name_of(change.variant_id));
      case 'line_gone': return say.line_gone(name_of(change.variant_id));
      default: return say[change.what];
    }
  };
  const exclusive = shop.value?.rules.tax.mode === 'exclusive';
  const changes = quote_changes(before, after).filter((change) => change.what !== 'tax' || exclusive);
  return (
    <section class="changes" role="alert" aria-label={say.changed_title}>
      <h2>{say.changed_title}</h2>
      <p>{say.changed_hint}</p>
      <ul>
        {changes.map((change) => (
          <li key={name(change)} class={change.what === 'total' ? 'changes-total' : ''}>
            <span>{name(change)}</span>
            {'after' in change && <span><s>{money(change.before)}</s> <b>{money(change.after)}</b></span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function AddressForm({ address, onChange, checked }: {
  address: Address; onChange: (address: Address) => void; checked: boolean;
}) {
  const say = all_words().checkout;
  const field = (name: keyof Address, label: string, more: Partial<Parameters<typeof Field>[0]> = {}) => {
    const needed = (NEEDED as readonly string[]).includes(name);
    return (
      <Field label={label} name={name} value={address[name]} required={needed} onInput={(value) => onChange({ ...address, [name]: value })}
        problem={checked && needed && !address[name].trim() ? say.fill_in : undefined} maxLength={200} {...more} />
    );
  };
  return (
    <section class="panel" aria-label={say.address}>
      <h2>{say.address}</h2>
      <div class="form form-address">
        {field('name', say.recipient, { autocomplete: 'name', maxLength: 100 })}
        {field('phone', say.phone, { autocomplete: 'tel', inputMode: 'tel', maxLength: 40 })}
        {field('postcode', say.postcode, { autocomplete: 'postal-code', inputMode: 'numeric', maxLength: 20 })}
        {field('line1', say.line1, { autocomplete: 'address-line1' })}
        {field('line2', say.line2, { autocomplete: 'address-line2' })}
        {field('note', say.note, { placeholder: say.note_hint, autocomplete: 'off' })}
      </div>
    </section>
  );
}
