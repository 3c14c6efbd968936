import { useEffect, useRef, useState } from 'preact/hooks';
import type { Campaign, CampaignList, WalletCoupon } from '../api_types';
import { CampaignCard, phase_now, Remaining, useLiveCampaigns } from '../components/campaign_card';
import { Icon } from '../components/icons';
import { Countdown, Empty, PageHead, problem_text, ProblemState, Skeleton, useNow, useSettled, useTitle } from '../components/ui';
import { all_words, has_all_words, text, use_all_words, words } from '../i18n';
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

type Outcome = { got: WalletCoupon } | { problem: Problem } | 'left' | null;

/** As the line is told: when it asks again (by this device's clock), or that it is asking now. */
interface Waiting { tries: number; until: number | null; problem: Problem | null }

/** This device's idea of the opening may be early by as much as an answer takes. */
const EARLY_MS = 5000;

export function CampaignPage({ name: id }: { name: string }) {
  const say = words();
  const campaign = useResource<Campaign>(`/campaigns/${encodeURIComponent(id)}`);
  const { data } = campaign;
  const [outcome, set_outcome] = useState<Outcome>(null);
  const [waiting, set_waiting] = useState<Waiting | null>(null);
  const line = useRef<AbortController | null>(null);
  const now = useNow();
  useTitle(data ? text(data.name) : say.campaigns.title);
  useSettled(Boolean(data));
  useEffect(() => client.live.on('campaign', (event) => {
    if (data && event.campaign_id === data.id) campaign.replace({ ...data, remaining_quantity: event.remaining_quantity });
  }), [data]);
  useEffect(() => client.live.on('poll', campaign.reload), [id]);
  useEffect(() => () => line.current?.abort(), []);
  if (!data) {
    if (campaign.problem?.code === 'not_found') return <Empty page icon="ticket" title={say.campaigns.ended} />;
    return campaign.problem ? <ProblemState page problem={campaign.problem} retry={campaign.reload} /> : <Skeleton kind="block" />;
  }
  const take = async (): Promise<void> => {
    const control = (line.current = new AbortController());
    let tries = 0;
    let last: Problem | null = null;
    const told = {
      signal: control.signal,
      on_ask: () => set_waiting({ tries: ++tries, until: null, problem: last }),
      on_wait: (until: number, problem: Problem) => set_waiting({ tries, until, problem: (last = problem) }),
    };
    set_outcome(null);
    void use_all_words().catch(() => {}); // its sentences
    let answer = await client.rest.post_once<WalletCoupon>(`/campaigns/${data.id}/issue`, undefined, undefined, told);
    while (!answer.ok && answer.problem.code === 'campaign_not_started' && client.clock.now() > data.starts_at - EARLY_MS && !control.signal.aborted) {
      await new Promise((resume) => setTimeout(resume, 300));
      answer = await client.rest.post_once<WalletCoupon>(`/campaigns/${data.id}/issue`, undefined, undefined, told);
    }
    set_waiting(null);
    set_outcome(answer.ok ? { got: answer.value } : control.signal.aborted ? 'left' : { problem: answer.problem });
    campaign.reload();
    client.sync_soon();
  };
  const phase = phase_now(data, now);
  const got = outcome !== null && outcome !== 'left' && 'got' in outcome;
  const refused = outcome !== null && outcome !== 'left' && 'problem' in outcome ? outcome.problem : null;
  const has = got || data.issued_to_me === true;
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
              <Icon name="check" /><div><b>{got ? say.campaigns.success : say.campaigns.taken}</b><p>{say.campaigns.taken_hint}</p></div>
              <a class="button button-small" href="/coupons">{say.campaigns.see_wallet}</a>
            </div>
          ) : (
            <>
              {refused && <Refused problem={refused} />}
              {outcome === 'left' && has_all_words() && <p class="result">{all_words().rush.left}</p>}
              {waiting && waiting.problem ? <InLine waiting={waiting} leave={() => line.current?.abort()} />
                : <TakeButton campaign={data} phase={phase} taking={waiting !== null} take={() => void take()} />}
            </>
          )}
        </div>
      </div>
    </article>
  );
}

/** Nothing is hidden from who waits: how often was asked, when it is asked again, and that leaving is allowed. */
function InLine({ waiting, leave }: { waiting: Waiting; leave: () => void }) {
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((n) => n + 1), 250);
    return () => clearInterval(timer);
  }, []);
  if (!has_all_words()) return <p class="result">{words().campaigns.taking}</p>;
  const say = all_words().rush;
  const seconds = waiting.until === null ? 0 : Math.max(0, Math.ceil((waiting.until - Date.now()) / 1000));
  return (
    <div class="line-up">
      <p role="status"><b>{say.waiting}</b><span class="muted">{waiting.problem?.code === 'offline' ? say.offline : say.waiting_hint}</span></p>
      <progress aria-label={say.waiting} />
      <p class="line-up-next"><span>{say.tries(waiting.tries)}</span><span>{seconds > 0 ? say.next(seconds) : say.asking}</span></p>
      <button type="button" class="button button-wide" onClick={leave}>{say.leave}</button>
    </div>
  );
}

function Refused({ problem }: { problem: Problem }) {
  const say = has_all_words() ? all_words().rush : null;
  return (
    <div class="result result-bad result-split">
      <p>{say && <b>{say.failed_title}</b>}<br />{problem_text(problem)}</p>
      {say && <a class="button button-small" href="/campaigns">{say.others}</a>}
    </div>
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
