// A campaign as it runs: the curve of coupons issued moves with the live stream; where there is none it is asked again.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { AdminCampaign, CampaignReport } from '../../api_types';
import { Loading, show_problem, show_toast, Skeleton, useNow } from '../../components/ui';
import { text, words } from '../../i18n';
import { date_time, moment, number } from '../../i18n/format';
import { client } from '../../state/shop';
import type { Problem } from '../../store/rest';
import { command, send } from '../api';
import { Chart } from '../chart';
import { MomentField, NumberField } from '../forms';
import { Ask, ChangeRefusal, fault_at, Head, Panel, Refusal, SaveBar } from '../parts';
import { useThing, type Thing } from '../resource';
import type { PageProps } from '../sections';
import { day_hour_name, local_text } from '../times';
import { issue_curve, pace, sampled, type CurvePoint } from './issue_curve';
import { say_campaigns } from './words';

const SAMPLES = 48;
/** After so long without another coupon the report is read again: the stream tells sums, the report when they came. */
const QUIET_MS = 1500;

export function CampaignPage({ name }: PageProps) {
  const say = say_campaigns();
  const path = `/admin/campaigns/${name}`;
  const thing = useThing<CampaignReport>(path);
  const live = useLiveIssues(Number(name), thing);
  const [ending, set_ending] = useState(false);
  const report = thing.data;
  if (!report) return thing.problem ? <Refusal problem={thing.problem} retry={() => void thing.reload()} />
    : <><Loading /><Skeleton kind="block" count={2} /></>;
  const { campaign } = report;
  const end = async (): Promise<void> => {
    set_ending(false);
    const answer = await command<AdminCampaign>(`${path}/end`);
    if (!answer.ok) return show_problem(answer.problem);
    show_toast(say.ended);
    await thing.reload();
  };
  const can_end = campaign.phase === 'open' || campaign.phase === 'coming' || campaign.phase === 'exhausted';
  return (
    <>
      <Head title={text(campaign.name)} back={{ path: '/admin/campaigns', name: say.title }}
        note={`${moment(campaign.starts_at)} ${say.to} ${moment(campaign.ends_at)}`}>
        <span class={`chip chip-${campaign.phase}`}>{words().phase[campaign.phase]}</span>
        <a class="button button-small" href={`/admin/coupons/${campaign.coupon_id}`}>{say.to_coupon}</a>
        {can_end && <button type="button" class="button button-small" onClick={() => set_ending(true)}>{say.end}
          </button>}
      </Head>
      <IssueCurve report={report} live={live} />
      <Settings key={campaign.version} campaign={campaign} thing={thing} />
      <Ask open={ending} title={say.end_title} hint={<p>{say.end_hint}</p>} yes={say.end} onYes={() => void end()}
        onClose={() => set_ending(false)} />
    </>
  );
}

/** What the stream says of this campaign, as points of its curve. */
function useLiveIssues(id: number, { data, reload }: Thing<CampaignReport>): CurvePoint[] {
  const [points, set_points] = useState<CurvePoint[]>([]);
  const total = useRef(0);
  total.current = data?.campaign.total_quantity ?? 0;
  const again = useRef(reload);
  again.current = reload;
  useEffect(() => {
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const leave_stream = client.live.on('campaign', (event) => {
      if (event?.campaign_id !== id) return;
      set_points((before) => [...before.slice(-500), { at: client.clock.now(),
        issued: total.current - event.remaining_quantity }]);
      clearTimeout(quiet);
      quiet = setTimeout(() => void again.current(), QUIET_MS);
    });
    const leave_poll = client.live.on('poll', () => void again.current());
    return () => {
      clearTimeout(quiet);
      leave_stream();
      leave_poll();
    };
  }, [id]);
  return points;
}

function IssueCurve({ report, live }: { report: CampaignReport; live: CurvePoint[] }) {
  const say = say_campaigns();
  const { campaign } = report;
  const now = useNow(campaign.ends_at);
  const curve = issue_curve(report, live, now);
  const points = sampled(curve, SAMPLES);
  const issued = points.at(-1)?.issued ?? 0;
  const is_short = curve.to - curve.from < 24 * 3_600_000;
  return (
    <Panel title={say.curve} aside={<span class="live-mark">{say.live}</span>}>
      <dl class="figures" aria-live="polite">
        <div class="figure"><dt>{say.issued}</dt><dd data-issued={issued}>{number(issued)}</dd></div>
        <div class="figure"><dt>{say.remaining}</dt><dd>{number(curve.total - issued)}</dd></div>
        <div class="figure"><dt>{say.pace}</dt><dd>{say.pace_value(number(Math.round(pace(curve, now, 5) * 10) / 10))}
          </dd></div>
      </dl>
      <Chart title={say.curve} kind="line" labels={points.map(({ at }) => date_time(at))}
        ticks={points.map(({ at }) => (is_short ? local_text(at).slice(11) : day_hour_name(at)))}
        series={[{ name: say.issued, values: points.map((point) => point.issued) },
          { name: say.planned, values: points.map(() => curve.total) }]}
        format={number} />
      <p class="muted">{now < campaign.starts_at ? say.not_begun : say.curve_hint}</p>
    </Panel>
  );
}

function Settings({ campaign, thing }: { campaign: AdminCampaign; thing: Thing<CampaignReport> }) {
  const say = say_campaigns();
  const [total, set_total] = useState<number | null | undefined>(campaign.total_quantity);
  const [starts_at, set_starts_at] = useState<number | null | undefined>(campaign.starts_at);
  const [ends_at, set_ends_at] = useState<number | null | undefined>(campaign.ends_at);
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  const changed = total !== campaign.total_quantity || starts_at !== campaign.starts_at || ends_at !== campaign.ends_at;
  const save = async (anyway = false): Promise<void> => {
    if (total == null || starts_at == null || ends_at == null) return;
    set_working(true);
    const answer = await send<AdminCampaign>('PATCH', `/admin/campaigns/${campaign.id}`, {
      ...(total === campaign.total_quantity ? {} : { total_quantity: total }),
        ...(starts_at === campaign.starts_at ? {} : { starts_at }),
      ...(ends_at === campaign.ends_at ? {} : { ends_at }),
    }, { match: anyway ? '*' : thing.etag });
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    show_toast(say.settings);
    await thing.reload();
  };
  return (
    <form class="admin-form" noValidate onSubmit={(event) => {
      event.preventDefault();
      void save();
    }}>
      <Panel title={say.settings}>
        <div class="form form-pairs">
          <NumberField name="total" label={say.total} value={total} onInput={set_total} min={1} required
            hint={campaign.issued > 0 ? say.total_hint(campaign.issued) : undefined}
              problem={fault_at(problem, '/total_quantity')} />
          <MomentField name="starts_at" label={say.starts_at} hint={say.clock_hint} value={starts_at}
            onInput={set_starts_at} required
            problem={fault_at(problem, '/starts_at')} />
          <MomentField name="ends_at" label={say.ends_at} value={ends_at} onInput={set_ends_at} required
            problem={fault_at(problem, '/ends_at')} />
        </div>
        <ChangeRefusal problem={problem} save_anyway={() => void save(true)} show_theirs={() => void thing.reload()} />
      </Panel>
      {changed && <SaveBar changed={changed} working={working} />}
    </form>
  );
}
