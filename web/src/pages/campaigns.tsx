import { useEffect, useState } from 'preact/hooks';
import type { Campaign, CampaignList, WalletCoupon } from '../api_types';
import { CampaignCard, phase_now, Remaining, useLiveCampaigns } from '../components/campaign_card';
import { Icon } from '../components/icons';
import { Countdown, Empty, PageHead, problem_text, ProblemState, Skeleton, useNow, useSettled, useTitle } from '../components/ui';
import { text, words } from '../i18n';
import { moment, rule_benefit, rule_conditions } from '../i18n/format';
import { client, me, online } from '../state/shop';
import { useResource } from '../state/resource';
import type { Problem } from '../store/rest';

export function CampaignsPage() {
  const say = words().campaigns;
  const campaigns = useResource<CampaignList>('/campaigns');
  useLiveCampaigns(campaigns);
  useSettled(Boolean(campaigns.data));
  const items = campaigns.data?.items;
  return (
    <>
      <PageHead title={say.title}><p class="muted">{say.intro}</p></PageHead>
      {!items && campaigns.problem ? <ProblemState problem={campaigns.problem} retry={campaigns.reload} />
        : items?.length === 0 ? <Empty icon="ticket" title={say.empty} hint={say.empty_hint} />
          : <div class="campaigns">{items?.map((c) => <CampaignCard key={c.id} campaign={c} />) ?? <Skeleton kind="block" count={2} />}</div>}
    </>
  );
}

type Outcome = { got: WalletCoupon } | { problem: Problem } | null;

export function CampaignPage({ name: id }: { name: string }) {
  const say = words();
  const campaign = useResource<Campaign>(`/campaigns/${encodeURIComponent(id)}`);
  const { data } = campaign;
  const [outcome, set_outcome] = useState<Outcome>(null);
  const [taking, set_taking] = useState(false);
  const now = useNow();
  useTitle(data ? text(data.name) : say.campaigns.title);
  useSettled(Boolean(data));
  useEffect(() => client.live.on('campaign', (event) => {
    if (data && event.campaign_id === data.id) campaign.replace({ ...data, remaining_quantity: event.remaining_quantity });
  }), [data]);
  useEffect(() => client.live.on('poll', campaign.reload), [id]);
  if (!data) {
    if (campaign.problem?.code === 'not_found') return <Empty page icon="ticket" title={say.campaigns.ended} />;
    return campaign.problem ? <ProblemState page problem={campaign.problem} retry={campaign.reload} /> : <Skeleton kind="block" />;
  }
  const take = async (): Promise<void> => {
    set_taking(true);
    const answer = await client.rest.post_once<WalletCoupon>(`/campaigns/${data.id}/issue`);
    set_taking(false);
    set_outcome(answer.ok ? { got: answer.value } : { problem: answer.problem });
    campaign.reload();
    client.sync_soon();
  };
  const phase = phase_now(data, now);
  const has = outcome !== null && 'got' in outcome || data.issued_to_me === true;
  return (
    <article class={`drop drop-${phase}`}>
      <div class="drop-ticket">
        <span class={`chip chip-${phase}`}>{say.phase[phase]}</span>
        <h1>{text(data.name)}</h1>
        <p class="drop-benefit">{rule_benefit(data.rule)}</p>
        <p class="muted">{rule_conditions(data.rule).join(' · ')}</p>
      </div>
      <div class="drop-body">
        {text(data.description) && <p class="drop-text">{text(data.description)}</p>}
        {(phase === 'coming' || phase === 'open') && (
          <div class="drop-clock">
            <p>{phase === 'coming' ? say.campaigns.starts_in : say.campaigns.ends_in}</p>
            <Countdown to={phase === 'coming' ? data.starts_at : data.ends_at} label={phase === 'coming' ? say.campaigns.starts_in : say.campaigns.ends_in} />
          </div>
        )}
        <Remaining campaign={data} />
        <dl class="facts"><div><dt>{say.campaigns.period}</dt><dd>{moment(data.starts_at)} – {moment(data.ends_at)}</dd></div></dl>
        <div class="drop-action" aria-live="polite">
          {has ? (
            <div class="result result-good">
              <Icon name="check" /><div><b>{outcome && 'got' in outcome ? say.campaigns.success : say.campaigns.taken}</b><p>{say.campaigns.taken_hint}</p></div>
              <a class="button button-small" href="/coupons">{say.campaigns.see_wallet}</a>
            </div>
          ) : (
            <>
              {outcome && 'problem' in outcome && <p class="result result-bad">{problem_text(outcome.problem)}</p>}
              <TakeButton campaign={data} phase={phase} taking={taking} take={() => void take()} />
            </>
          )}
        </div>
      </div>
    </article>
  );
}

function TakeButton({ campaign, phase, taking, take }: {
  campaign: Campaign; phase: Campaign['phase']; taking: boolean; take: () => void;
}) {
  const say = words().campaigns;
  const wide = 'button button-strong button-wide button-tall';
  if (phase === 'coming') return <button type="button" class={wide} disabled>{say.coming(moment(campaign.starts_at))}</button>;
  if (phase === 'exhausted') return <button type="button" class={wide} disabled>{say.exhausted}</button>;
  if (phase === 'ended') return <button type="button" class={wide} disabled>{say.ended}</button>;
  if (!me.value) return <a class={wide} href={`/signin?next=/campaigns/${campaign.id}`}>{say.sign_in_to_take}</a>;
  if (!online.value) return <p class="result">{words().common.needs_network}</p>;
  return <button type="button" class={wide} disabled={taking} onClick={take}>{taking ? say.taking : say.take}</button>;
}
