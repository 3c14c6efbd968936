// How a saved coupon gets to shoppers: its code, gifts, campaigns. And what came of a rule.

import { useState } from 'preact/hooks';
import type { AdminCampaign, AdminRule, GrantList, IssuedCode } from '../../api_types';
import { show_toast } from '../../components/ui';
import { words } from '../../i18n';
import { moment, money, number } from '../../i18n/format';
import type { Problem } from '../../store/rest';
import { command, send } from '../api';
import { NumberField, TextField } from '../forms';
import { useUnsaved } from '../leaving';
import { Ask, fault_at, Panel, Refusal } from '../parts';
import { useListing } from '../resource';
import { say_shell } from '../words';
import { say_rules } from './words';

export function Uptake({ rule: { kind, uptake } }: { rule: AdminRule }) {
  const say = say_rules();
  return (
    <Panel title={say.figures}>
      <dl class="figures">
        {kind === 'coupon' && <div class="figure"><dt>{say.issued}</dt><dd>{number(uptake.issued)}</dd></div>}
        <div class="figure"><dt>{say.used}</dt><dd>{number(uptake.used)}</dd></div>
        <div class="figure"><dt>{say.discount}</dt><dd>{money(uptake.discount)}</dd></div>
      </dl>
    </Panel>
  );
}

export function HandOut({ coupon, onChanged }: { coupon: AdminRule; onChanged: () => void }) {
  return (
    <div class="hand-out">
      <Code coupon={coupon} onChanged={onChanged} />
      <Grants coupon={coupon} onChanged={onChanged} />
      <Campaigns coupon={coupon} />
    </div>
  );
}

function Code({ coupon, onChanged }: { coupon: AdminRule; onChanged: () => void }) {
  const say = say_rules();
  const { code } = coupon;
  const path = `/admin/coupons/${coupon.id}/codes`;
  const [word, set_word] = useState('');
  const [total, set_total] = useState<number | null | undefined>(code?.total ?? null);
  const [problem, set_problem] = useState<Problem>();
  const [asking, set_asking] = useState(false);
  const done = (answer: { ok: boolean; problem?: Problem }): void => {
    set_problem(answer.problem);
    if (!answer.ok) return;
    show_toast(say_shell().saved);
    set_word('');
    onChanged();
  };
  const save = async (): Promise<void> => {
    if (total !== undefined) done(await command<IssuedCode>(path, { code: code?.code ?? word.trim(), total }));
  };
  const remove = async (): Promise<void> => {
    set_asking(false);
    done(await send('DELETE', path));
  };
  return (
    <Panel title={say.code}>
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}>
        <p class="muted">{say.code_hint}</p>
        {code
          ? <p class="coupon-code"><b class="code">{code.code}</b> <span>{say.code_issued(code.issued, code.total)}
          </span></p>
          : <TextField name="code" label={say.code_word} value={word} onInput={set_word} maxLength={33} required
          problem={fault_at(problem, '/code')} />}
        <NumberField name="code-total" label={say.code_total} hint={say.code_total_hint} value={total}
          onInput={set_total} min={1}
          problem={fault_at(problem, '/total')} />
        <Refusal problem={problem} />
        <div class="admin-actions">
          {code && <button type="button" class="button button-small" onClick={() => set_asking(true)}>{say.code_remove}
            </button>}
          <button type="submit" class="button button-small button-strong">{code ? say.code_change : say.code_save}
            </button>
        </div>
      </form>
      <Ask open={asking} title={say.code_remove} hint={<p>{say.code_remove_hint}</p>} yes={say.code_remove}
        onYes={() => void remove()}
        onClose={() => set_asking(false)} />
    </Panel>
  );
}

function Grants({ coupon, onChanged }: { coupon: AdminRule; onChanged: () => void }) {
  const say = say_rules();
  const [emails, set_emails] = useState('');
  const [note, set_note] = useState('');
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  useUnsaved(emails.trim() !== '');
  const all = emails.split(/[\s,;]+/).filter(Boolean);
  const give = async (): Promise<void> => {
    set_working(true);
    const answer = await command<GrantList>(`/admin/coupons/${coupon.id}/grants`, { emails: all, note: note.trim() });
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    show_toast(say.granted(answer.value.items.length));
    set_emails('');
    set_note('');
    onChanged();
  };
  const at = /^\/emails\/(\d+)/.exec(problem?.errors?.[0]?.pointer ?? '');
  const bad = at ? all[Number(at[1])] : undefined;
  return (
    <Panel title={say.grants}>
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}>
        <p class="muted">{say.grants_hint}</p>
        <TextField name="emails" label={say.grant_emails} hint={say.grant_emails_hint} rows={3} value={emails}
          onInput={set_emails} required
          problem={bad === undefined ? undefined : say.grant_bad(bad)} />
        <TextField name="note" label={say.grant_note} value={note} onInput={set_note} maxLength={160} />
        {bad === undefined && <Refusal problem={problem} />}
        <div class="admin-actions">
          <button type="submit" class="button button-small button-strong" disabled={working || all.length === 0}>
            {say.grant_send}</button>
        </div>
      </form>
    </Panel>
  );
}

/** Of this coupon; the newest hundred campaigns are looked through. */
function Campaigns({ coupon }: { coupon: AdminRule }) {
  const say = say_rules();
  const campaigns = useListing<AdminCampaign>('/admin/campaigns', 100);
  const own = (campaigns.items ?? []).filter(({ coupon_id }) => coupon_id === coupon.id);
  return (
    <Panel title={say.campaigns}>
      <p class="muted">{say.campaign_hint}</p>
      {own.length > 0 && (
        <ul class="coupon-campaigns">
          {own.map((campaign) => (
            <li key={campaign.id}>
              <a class="table-link" href={`/admin/campaigns/${campaign.id}`}>{moment(campaign.starts_at)}</a>
              <span>{number(campaign.issued)} / {number(campaign.total_quantity)}</span>
              <span class={`chip chip-${campaign.phase}`}>{words().phase[campaign.phase]}</span>
            </li>
          ))}
        </ul>
      )}
      {coupon.active && <p><a class="button button-small" href={`/admin/campaigns/new?coupon=${coupon.id}`}>
        {say.campaign_new}</a></p>}
    </Panel>
  );
}
