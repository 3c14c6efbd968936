// The wallet beside a cart: what each coupon would do now, and for those that don't fit, why not and what is missing.

import type { CouponPick, Quote, WalletCoupon } from '../api_types';
import { all_words, text } from '../i18n';
import { explain } from '../i18n/explain';
import { money, rule_benefit, rule_conditions } from '../i18n/format';
import { me, wallet } from '../state/shop';
import { add_pick, remove_pick } from '../store/picks';
import { CouponCode } from './coupon_code';
import { Icon } from './icons';
import { show_toast } from './ui';

interface Props {
  quote: Quote;
  picks: CouponPick[];
  onPick: (picks: CouponPick[]) => void;
  /** Prices the same lines with other picks. */
  quote_of: (picks: CouponPick[]) => Quote | null;
  /** The picks that make them cheapest. */
  best_of: () => CouponPick[];
}

const name_of = (id: number): string => {
  const coupon = wallet.value.find((other) => other.id === id);
  return coupon ? text(coupon.name) : '';
};

export function CouponPicker({ quote, picks, onPick, quote_of, best_of }: Props) {
  const say = all_words().cart;
  if (!me.value) {
    return <p class="coupon-none"><a class="link" href="/signin?next=/cart">{say.sign_in_for_coupons}</a></p>;
  }
  const coupons = wallet.value.filter((coupon) => coupon.status === 'AVAILABLE');
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
  if (coupons.length === 0) {
    return <>{code}<p class="coupon-none">{say.no_coupons} <a class="link" href="/campaigns">{say.get_coupons}</a></p></>;
  }
  const rejected = new Map(quote.rejected.map((rejection) => [rejection.id, rejection]));
  const picked = new Set(picks.map((pick) => pick.id));
  const fits = coupons.filter((c) => picked.has(c.id) || rejected.get(c.id)?.code === 'not_selected');
  const others = coupons.filter((c) => !fits.includes(c));
  const toggle = (coupon: WalletCoupon): void => {
    if (picked.has(coupon.id)) return onPick(remove_pick(picks, coupon.id));
    const result = add_pick(picks, coupon.id, quote_of);
    onPick(result.picks);
    if (result.replaced[0] !== undefined) show_toast(say.replaced(name_of(result.replaced[0])));
  };
  const row = (coupon: WalletCoupon, usable: boolean) => {
    const on = picked.has(coupon.id);
    const rejection = rejected.get(coupon.id);
    const taken = quote.applied.filter((a) => a.source === 'coupon' && a.id === coupon.id);
    const amount = taken.reduce((sum, applied) => sum + applied.amount, 0);
    const trial = !on && usable ? add_pick(picks, coupon.id, quote_of) : null;
    const could = trial && quote_of(trial.picks);
    const saves = could ? quote.total - could.total : 0;
    return (
      <li key={coupon.id}>
        <label class={`coupon ${on ? 'coupon-on' : ''} ${usable ? '' : 'coupon-off'}`}>
          <input type="checkbox" class="coupon-box" checked={on} disabled={!usable} onChange={() => toggle(coupon)} />
          <span class="coupon-text">
            <b>{text(coupon.name)}</b>
            <small>{[rule_benefit(coupon.rule), ...rule_conditions(coupon.rule)].join(' · ')}</small>
            {amount > 0 && <span class="coupon-state coupon-good"><Icon name="check" size={16} />{say.applied(money(amount))}</span>}
            {saves > 0 && <span class="coupon-state">{say.would_save(money(saves))}</span>}
            {trial && saves <= 0 && (
              <span class="coupon-state coupon-why">
                {explain().rejection(trial.replaced[0] === undefined ? { id: coupon.id, code: 'no_effect' }
                  : { id: coupon.id, code: 'cannot_combine', with: trial.replaced[0] })}
              </span>
            )}
            {rejection && rejection.code !== 'not_selected' && <span class="coupon-state coupon-why">{explain().rejection(rejection)}</span>}
          </span>
        </label>
      </li>
    );
  };
  const apply_best = (): void => {
    const best = best_of();
    const total = quote_of(best)?.total ?? quote.total;
    onPick(best);
    show_toast(total < quote.total ? say.best_saved(money(quote.total - total)) : say.best_already);
  };
  return (
    <div class="coupons">
      {code}
      {fits.length > 0 && (
        <button type="button" class="button button-wide" onClick={apply_best}>{say.best}</button>
      )}
      {fits.length > 0 && <ul>{fits.map((coupon) => row(coupon, true))}</ul>}
      {others.length > 0 && (
        <>
          <p class="coupons-sub">{say.unavailable}</p>
          <ul>{others.map((coupon) => row(coupon, false))}</ul>
        </>
      )}
    </div>
  );
}
