import { useEffect } from 'preact/hooks';
import type { Page, WalletCoupon } from '../api_types';
import { CouponCode } from '../components/coupon_code';
import { Empty, PageHead, show_toast, useNow, useSettled } from '../components/ui';
import { all_words, text } from '../i18n';
import { explain } from '../i18n/explain';
import { date, moment, rule_benefit, rule_conditions } from '../i18n/format';
import { useResource } from '../state/resource';
import { client, wallet } from '../state/shop';

export function CouponsPage() {
  const say = all_words();
  useSettled(true);
  const now = useNow();
  // What can be used is on the device; what was used or has expired is only asked for here.
  const all = useResource<Page<WalletCoupon>>('/me/coupons?limit=100');
  useEffect(() => client.live.on('wallet', all.reload), []);
  const is_usable = (c: WalletCoupon): boolean => c.status === 'AVAILABLE' && (c.expires_at === null || c.expires_at > now);
  const usable = wallet.value.filter(is_usable);
  const past = (all.data?.items ?? []).filter((c) => !is_usable(c));
  return (
    <>
      <PageHead title={say.coupons.title} />
      <CouponCode onAdded={(coupon) => {
        show_toast(say.code.added(text(coupon.name)));
        all.reload();
      }} />
      {usable.length === 0 ? (
        <Empty icon="ticket" title={say.coupons.empty} hint={say.coupons.empty_hint}>
          <a class="button" href="/campaigns">{say.nav.campaigns}</a>
        </Empty>
      ) : (
        <section aria-labelledby="usable">
          <h2 id="usable" class="sub-head">{say.coupons.available} <span class="count">{usable.length}</span></h2>
          <ul class="wallet">{usable.map((coupon) => <Ticket key={coupon.id} coupon={coupon} />)}</ul>
        </section>
      )}
      {past.length > 0 && (
        <section aria-labelledby="past" class="wallet-past">
          <h2 id="past" class="sub-head">{say.coupons.past} <span class="count">{past.length}</span></h2>
          <ul class="wallet">{past.map((coupon) => <Ticket key={coupon.id} coupon={coupon} past />)}</ul>
        </section>
      )}
    </>
  );
}

function Ticket({ coupon, past }: { coupon: WalletCoupon; past?: boolean }) {
  const say = all_words();
  const status = coupon.status === 'AVAILABLE' && past ? 'EXPIRED' : coupon.status;
  return (
    <li class={`ticket ${past ? 'ticket-past' : ''}`}>
      <div class="ticket-main">
        <p class="ticket-benefit">{rule_benefit(coupon.rule)}</p>
        <p class="ticket-name">{text(coupon.name)}</p>
        <p class="muted">{rule_conditions(coupon.rule).join(' · ')}</p>
      </div>
      <div class="ticket-side">
        {past ? <b>{say.coupon_status[status]}</b> : (
          <>
            <b>{explain().until(coupon.expires_at)}</b>
            {coupon.expires_at !== null && <span>{say.coupons.until(date(coupon.expires_at))}</span>}
          </>
        )}
        {coupon.used_at !== null && <span>{say.coupons.used_at(moment(coupon.used_at))}</span>}
      </div>
    </li>
  );
}
