// All campaigns, and the form for a new one.

import { useState } from 'preact/hooks';
import type { AdminCampaign, AdminRule } from '../../api_types';
import { show_toast } from '../../components/ui';
import { text, words } from '../../i18n';
import { moment, number, rule_benefit } from '../../i18n/format';
import { navigate, place } from '../../router';
import { client } from '../../state/shop';
import type { Problem } from '../../store/rest';
import { command } from '../api';
import { MomentField, NumberField, SelectField } from '../forms';
import { Icon } from '../icons';
import { useUnsaved } from '../leaving';
import { fault_at, Head, ListTable, Panel, Refusal, type Column } from '../parts';
import { useListing } from '../resource';
import { say_shell } from '../words';
import { say_campaigns } from './words';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export function CampaignsPage() {
  const say = say_campaigns();
  const list = useListing<AdminCampaign>('/admin/campaigns');
  const columns: Column<AdminCampaign>[] = [
    { head: say.column_name, main: true, cell: (row) => <a class="table-link" href={`/admin/campaigns/${row.id}`}>
      {text(row.name)}</a> },
    { head: say.column_state, cell: (row) => <span class={`chip chip-${row.phase}`}>{words().phase[row.phase]}</span> },
    { head: say.column_period, cell: (row) => `${moment(row.starts_at)} ${say.to} ${moment(row.ends_at)}` },
    { head: say.column_issued, number: true, cell: (row) => (
      <div>
        {say.issued_of(number(row.issued), number(row.total_quantity))}
        <progress value={row.issued} max={row.total_quantity} aria-hidden="true" />
      </div>
    ) },
  ];
  return (
    <>
      <Head title={say.title} note={say.hint}>
        <a class="button button-strong button-small" href="/admin/campaigns/new"><Icon name="plus" size={18} />{say.new}
          </a>
      </Head>
      <ListTable caption={say.title} list={list} columns={columns} row_key={(row) => row.id} empty={say.none} />
    </>
  );
}

/** `?coupon=`: the one that it is for. */
export function NewCampaignPage() {
  const say = say_campaigns();
  const coupons = useListing<AdminRule>('/admin/coupons?active=1', 100);
  const [coupon, set_coupon] = useState(place.value.query.get('coupon') ?? '');
  const [total, set_total] = useState<number | null | undefined>(100);
  // Fields know minutes; who says now doesn't mean the next one.
  const [now] = useState(() => Math.floor(client.clock.now() / MINUTE_MS) * MINUTE_MS);
  const [starts_at, set_starts_at] = useState<number | null | undefined>(now);
  const [ends_at, set_ends_at] = useState<number | null | undefined>(now + DAY_MS);
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  useUnsaved(total !== 100 || starts_at !== now || ends_at !== now + DAY_MS);
  const readable = coupon !== '' && total != null && starts_at != null && ends_at != null;
  const open = async (): Promise<void> => {
    if (!readable) return;
    set_working(true);
    const answer = await command<AdminCampaign>('/admin/campaigns', { coupon_id: Number(coupon), total_quantity: total,
      starts_at, ends_at });
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    show_toast(say.opened);
    navigate(`/admin/campaigns/${answer.value.id}`, { replace: true });
  };
  const items = coupons.items ?? [];
  const options: [string, string][] = [['', say.coupon_choose], ...items.map((rule): [string, string] => [
    String(rule.id), `${text(rule.name)} · ${rule_benefit(rule.rule)}`,
  ])];
  return (
    <>
      <Head title={say.new} back={{ path: '/admin/campaigns', name: say.title }} note={say.hint} />
      <Panel title={say.settings}>
        <form class="form form-pairs" onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}>
          <SelectField name="coupon" label={say.coupon} value={coupon} options={options} onInput={set_coupon} required
            problem={fault_at(problem, '/coupon_id')} />
          <NumberField name="total" label={say.total} value={total} onInput={set_total} min={1} required
            problem={fault_at(problem, '/total_quantity')} />
          <MomentField name="starts_at" label={say.starts_at} hint={say.clock_hint} value={starts_at}
            onInput={set_starts_at} required
            problem={fault_at(problem, '/starts_at')} />
          <MomentField name="ends_at" label={say.ends_at} value={ends_at} onInput={set_ends_at} required
            problem={fault_at(problem, '/ends_at')} />
          {coupons.items?.length === 0 && <p class="muted">{say.no_coupon} <a class="link" href="/admin/coupons/new">
            {say.new_coupon}</a></p>}
          <Refusal problem={problem} />
          <div class="admin-actions">
            <button type="submit" class="button button-strong" disabled={working || !readable}>
              {working ? say_shell().saving : say.open}</button>
          </div>
        </form>
      </Panel>
    </>
  );
}
