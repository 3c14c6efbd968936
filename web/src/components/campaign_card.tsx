// A campaign in a list and on the home page: its benefit, clock and count.

import { useEffect } from 'preact/hooks';
import type { Campaign, CampaignList } from '../api_types';
import { text, words } from '../i18n';
import { moment, rule_benefit, rule_conditions } from '../i18n/format';
import { client } from '../state/shop';
import type { Resource } from '../state/resource';
import { Countdown, useNow } from './ui';

/** The remaining count as it changes; asked again where there is no stream. */
export function useLiveCampaigns(list: Resource<CampaignList>): void {
  useEffect(() => client.live.on('campaign', ({ campaign_id, remaining_quantity }) => {
    if (!list.data) return;
    list.replace({ items: list.data.items.map((c) => (c.id === campaign_id ? { ...c, remaining_quantity } : c)) });
  }), [list.data]);
  useEffect(() => client.live.on('poll', list.reload), []);
}

/** The phase by the server's clock, also between two answers. */
export function phase_now(campaign: Campaign, now: number): Campaign['phase'] {
  if (now < campaign.starts_at) return 'coming';
  if (now >= campaign.ends_at) return 'ended';
  return campaign.remaining_quantity > 0 ? 'open' : 'exhausted';
}

export function Remaining({ campaign }: { campaign: Campaign }) {
  const say = words().campaigns;
  return (
    <div class="remaining">
      <div class="remaining-words">
        <span>{say.remaining}</span>
        <strong aria-live="polite">{say.of(campaign.remaining_quantity, campaign.total_quantity)}</strong>
      </div>
      <progress max={campaign.total_quantity} value={campaign.remaining_quantity} aria-label={say.remaining} />
    </div>
  );
}

export function CampaignCard({ campaign, teaser }: { campaign: Campaign; teaser?: boolean }) {
  const say = words().campaigns;
  const phase = phase_now(campaign, useNow(campaign.ends_at));
  const live = phase === 'open' || phase === 'coming';
  return (
    <a href={`/campaigns/${campaign.id}`} class={`campaign campaign-${phase} ${teaser ? 'campaign-teaser' : ''}`}>
      <div class="campaign-main">
        <span class={`chip chip-${phase}`}>{words().phase[phase]}</span>
        <p class="campaign-benefit">{rule_benefit(campaign.rule)}</p>
        <p class="campaign-name">{text(campaign.name)}</p>
        <p class="campaign-conditions">{rule_conditions(campaign.rule).join(' · ')}</p>
      </div>
      <div class="campaign-side">
        {live ? (
          <>
            <p class="campaign-clock">{phase === 'open' ? say.ends_in : say.starts_in}</p>
            <Countdown to={phase === 'open' ? campaign.ends_at : campaign.starts_at}
              label={phase === 'open' ? say.ends_in : say.starts_in} />
            <Remaining campaign={campaign} />
          </>
        ) : (
          <p class="campaign-over">{phase === 'exhausted' ? say.exhausted : say.ended_at(moment(campaign.ends_at))}</p>
        )}
      </div>
    </a>
  );
}
