// The wallet beside a cart: what each coupon would do now, and for those that don't fit, why not and what is missing.

import { add_pick, offers_of, picks_of, remove_pick, type CouponOffer } from 'cartwright/sync';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { CouponPick, Quote, WalletCoupon } from '../api_types';
import { all_words, text } from '../i18n';
import { explain } from '../i18n/explain';
import { money, rule_benefit, rule_conditions } from '../i18n/format';
import { me, wallet } from '../state/shop';
import { CouponCode } from './coupon_code';
import { Icon } from './icons';
import { show_toast } from './ui';

interface Props {
  quote: Quote;
  picks: CouponPick[];
  onPick: (picks: CouponPick[]) => void;
  /** Prices the same lines with other picks. */
  quote_of: (picks: CouponPick[]) => Quote | null;
  /** Prices them with the coupons that make them cheapest. */
  best_of: () => Quote | null;
}

const name_of = (id: number): string => {
  const coupon = wallet.value.find((other) => other.id === id);
  return coupon ? text(coupon.name) : '';
};

/** The offers of a whole wallet take longer than a frame in a long cart: the new total is painted first. */
function useOffers(quote: Quote, picks: CouponPick[], quote_of: Props['quote_of']): CouponOffer[] {
  const [painted, set_painted] = useState(quote);
  useEffect(() => set_painted(quote), [quote]);
  return useMemo(() => offers_of(wallet.value, picks, painted, quote_of), [wallet.value, picks, painted]);
}

export function CouponPicker({ quote, picks, onPick, quote_of, best_of }: Props) {
  const say = all_words().cart;
  const offers = useOffers(quote, picks, quote_of);
  if (!me.value) {
    return <p class="coupon-none"><a class="link" href="/signin?next=/cart">{say.sign_in_for_coupons}</a></p>;
  }
  /** Whoever types a code here wants it used here. */
  const use_new = (coupon: WalletCoupon): void => {
    const words = all_words().code;
    const before = quote_of(picks);
    const tried = add_pick(picks, coupon.id, quote_of);
    const after = quote_of(tried.picks);
    const saves = before && after ? before.total - after.total : 0;
    if (saves > 0) onPick(tried.picks);
    show_toast(saves > 0 ? words.applied(text(coupon.name), money(saves)) : words.added(text(coupon.name)));
  };
  const code = <CouponCode onAdded={use_new} />;
  if (wallet.value.length === 0) {
    return <>{code}<p class="coupon-none">{say.no_coupons} <a class="link" href="/campaigns">{say.get_coupons}</a></p></>;
  }
  const fits = offers.filter((offer) => offer.usable);
  const others = offers.filter((offer) => !offer.usable);
  const toggle = ({ coupon, picked }: CouponOffer): void => {
    if (picked) return onPick(remove_pick(picks, coupon.id));
    const result = add_pick(picks, coupon.id, quote_of);
    onPick(result.picks);
    if (result.replaced[0] !== undefined) show_toast(say.replaced(name_of(result.replaced[0])));
  };
  const row = (offer: CouponOffer) => {
    const { coupon, picked, usable, applied, saves, rejection } = offer;
    return (
      <li key={coupon.id}>
        <label class={`coupon ${picked ? 'coupon-on' : ''} ${usable ? '' : 'coupon-off'}`}>
          <input type="checkbox" class="coupon-box" checked={picked} disabled={!usable} onChange={() => toggle(offer)} />
          <span class="coupon-text">
            <b>{text(coupon.name)}</b>
            <small>{[rule_benefit(coupon.rule), ...rule_conditions(coupon.rule)].join(' · ')}</small>
            {applied && <span class="coupon-state coupon-good"><Icon name="check" size={16} />{say.applied(money(applied.amount))}</span>}
            {saves > 0 && <span class="coupon-state">{say.would_save(money(saves))}</span>}
            {rejection && <span class="coupon-state coupon-why">{explain().rejection(rejection)}</span>}
          </span>
        </label>
      </li>
    );
  };
  const apply_best = (): void => {
    const best = best_of();
    const total = best?.total ?? quote.total;
    onPick(picks_of(best));
    show_toast(total < quote.total ? say.best_saved(money(quote.total - total)) : say.best_already);
  };
  return (
    <div class="coupons">
      {code}
      {fits.length > 0 && (
        <button type="button" class="button button-wide" onClick={apply_best}>{say.best}</button>
      )}
      {fits.length > 0 && <ul>{fits.map(row)}</ul>}
      {others.length > 0 && (
        <>
          <p class="coupons-sub">{say.unavailable}</p>
          <ul>{others.map(row)}</ul>
        </>
      )}
    </div>
  );
}
