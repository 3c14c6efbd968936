// From a priced cart to a paid order. The server quotes again: when it comes to another price, the shopper sees what is
// different and is asked again; when the balance is too small, it can be charged here and the payment goes on.

import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Address, CartLine, CouponPick, Quote, SavedAddress, SavedAddressList } from '../api_types';
import { AddressFields, AddressText, is_filled_in, NO_ADDRESS } from '../components/address_form';
import { CouponPicker } from '../components/coupon_picker';
import { MoneyRows } from '../components/money_rows';
import { Empty, PageHead, Picture, problem_text, show_problem, Skeleton, useSettled } from '../components/ui';
import { all_words, text } from '../i18n';
import { money } from '../i18n/format';
import { navigate, place } from '../router';
import { useResource } from '../state/resource';
import { cart, client, labels, me, online, shop, state } from '../state/shop';
import { quote_changes, type QuoteChange } from '../store/quote_changes';
import type { Problem } from '../store/rest';
import { ADDRESSES } from './addresses';
import { charge } from './balance';

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
  const addresses = useResource<SavedAddressList>(ADDRESSES);
  const saved = addresses.data?.items ?? [];
  const [typed, set_typed] = useState<Address>(NO_ADDRESS);
  /** A saved address's id, or none of them; null: not chosen yet, so the default. */
  const [chosen, set_chosen] = useState<number | 'other' | null>(null);
  const [keep, set_keep] = useState(true);
  const [checked, set_checked] = useState(false);
  const [step, set_step] = useState<'ready' | 'ordering' | 'paying'>('ready');
  /** The server's quote, where it differs from what was shown. */
  const [changed, set_changed] = useState<{ before: Quote; after: Quote } | null>(null);
  const [problem, set_problem] = useState<Problem | null>(null);
  useSettled(true);
  useEffect(() => {
    void client.read_address().then((kept) => kept && set_typed((typed) => (typed === NO_ADDRESS ? kept : typed)));
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
  const from_list = chosen === 'other' ? undefined : (saved.find((one) => one.id === chosen) ?? saved[0]);
  const balance = me.value?.balance ?? 0;
  const missing = Math.max(0, shown.total - balance);

  const type = (address: Address): void => {
    set_typed(address);
    void client.keep_address(address); // who has to sign in again meanwhile finds it
  };
  const submit = async (): Promise<void> => {
    set_checked(true);
    set_problem(null);
    if (!from_list && !is_filled_in(typed)) return;
    const address: Address = from_list ? content_of(from_list) : typed;
    void client.keep_address(address);
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
    if (!from_list && keep) void keep_in_list(address);
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
          <section class="panel" aria-label={say.address}>
            <h2>{say.address}</h2>
            {saved.length > 0 && <Choice saved={saved} chosen={from_list} onChange={set_chosen} />}
            {!addresses.data && !addresses.problem ? <Skeleton kind="block" /> : !from_list && (
              <>
                <AddressFields address={typed} onChange={type} checked={checked} />
                <label class="check"><input type="checkbox" checked={keep} onChange={(event) => set_keep(event.currentTarget.checked)} />{all_words().addresses.keep}</label>
              </>
            )}
          </section>
          <section class="panel" aria-label={say.items}>
            <h2>{say.items}</h2>
            <ul class="bought">
              {shown.lines.filter((line) => line.selected).map((line) => <Bought key={line.variant_id} variant_id={line.variant_id} quantity={line.quantity} net={line.net} />)}
            </ul>
          </section>
          {!changed && local && (
            <section class="panel" aria-label={say.coupons}>
              <h2>{say.coupons}</h2>
              <CouponPicker quote={local} picks={picks} quote_of={quote_of} best_of={() => client.best_quote(lines)}
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

const content_of = ({ name, phone, postcode, line1, line2, note }: Address): Address => ({ name, phone, postcode, line1, line2, note });

/** The order doesn't wait for it, and goes on without it. */
async function keep_in_list(address: Address): Promise<void> {
  const answer = await client.rest.post_once(ADDRESSES, address);
  if (!answer.ok) show_problem(answer.problem);
}

function Choice({ saved, chosen, onChange }: {
  saved: SavedAddress[]; chosen: SavedAddress | undefined; onChange: (id: number | 'other') => void;
}) {
  const say = all_words().addresses;
  return (
    <fieldset class="address-choice">
      <legend class="visually-hidden">{say.choose}</legend>
      {saved.map((address) => (
        <label key={address.id}>
          <input type="radio" name="address" checked={address.id === chosen?.id} onChange={() => onChange(address.id)} />
          <AddressText address={address} />
          {address.is_default && <span class="chip">{say.is_default}</span>}
        </label>
      ))}
      <label><input type="radio" name="address" checked={!chosen} onChange={() => onChange('other')} /><b>{say.other}</b></label>
    </fieldset>
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
