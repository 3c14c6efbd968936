// All coupons, all promotions.

import type { AdminRule, RuleKind } from '../../api_types';
import { text } from '../../i18n';
import { date, money, rule_benefit, rule_conditions } from '../../i18n/format';
import { place } from '../../router';
import { Icon } from '../icons';
import { Choices, Head, ListTable, type Column } from '../parts';
import { useListing } from '../resource';
import { say_rules } from './words';

export const CouponsPage = () => <RuleList kind="coupon" />;
export const PromotionsPage = () => <RuleList kind="promotion" />;

function RuleList({ kind }: { kind: RuleKind }) {
  const say = say_rules();
  const path = `/admin/${kind}s`;
  const archived = place.value.query.get('archived') === '1';
  const list = useListing<AdminRule>(`${path}?active=${archived ? 0 : 1}`);
  const is_coupon = kind === 'coupon';
  const columns: Column<AdminRule>[] = [
    { head: say.column_name, main: true, cell: (row) => <a class="table-link" href={`${path}/${row.id}`}>
      {text(row.name)}</a> },
    { head: say.column_benefit, cell: (row) => <div>{rule_benefit(row.rule)}
      <small class="table-note">{rule_conditions(row.rule).join(' · ')}</small></div> },
    { head: say.column_period, cell: (row) => period(row, say.always) },
    { head: say.column_uptake, number: true, cell: ({ uptake }) => (
      <div>
        {is_coupon ? say.uptake_coupon(uptake.issued, uptake.used) : say.uptake_promotion(uptake.used)}
        {uptake.discount > 0 && <small class="table-note">{say.taken_off(money(uptake.discount))}</small>}
      </div>
    ) },
  ];
  return (
    <>
      <Head title={is_coupon ? say.coupons : say.promotions} note={is_coupon ? say.coupons_hint : say.promotions_hint}>
        <a class="button button-strong button-small" href={`${path}/new`}><Icon name="plus" size={18} />
          {is_coupon ? say.new_coupon : say.new_promotion}</a>
      </Head>
      <div class="admin-tools">
        <Choices label={say.column_state} name="archived" values={[['', say.active], ['1', say.archived]]} />
      </div>
      <ListTable caption={is_coupon ? say.coupons : say.promotions} list={list} columns={columns}
        row_key={(row) => row.id} filtered={archived}
        empty={is_coupon ? say.no_coupons : say.no_promotions} />
    </>
  );
}

function period({ rule }: AdminRule, always: string): string {
  if (rule.starts_at === null && rule.ends_at === null) return always;
  return `${rule.starts_at === null ? '' : date(rule.starts_at)} – ${rule.ends_at === null ? ''
    : date(rule.ends_at)}`.trim();
}
