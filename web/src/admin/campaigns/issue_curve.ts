// How a campaign went: coupons issued over time, from the server's steps and what the live stream has said since.

import type { CampaignReport } from '../../api_types';

export interface CurvePoint { at: number; issued: number }

export interface Curve {
  points: CurvePoint[];
  from: number;
  to: number;
  total: number;
}

/**
 * Sums up to the end of each step, from the campaign's start to `now` or its end. `live`: what the stream said after
 * the report, which counts from the report's last point on.
 */
export function issue_curve({ campaign, step_ms, steps }: CampaignReport, live: CurvePoint[], now: number): Curve {
  const heard = live.filter((point) => point.issued > campaign.issued);
  const first = steps[0]?.at;
  const from = Math.min(campaign.starts_at, first ?? Infinity, Math.max(campaign.starts_at, now));
  const is_coming = now < campaign.starts_at && steps.length === 0; // then the window that it will have
  const over = is_coming ? campaign.ends_at : Math.min(now, campaign.ends_at);
  const newest = heard.at(-1)?.at ?? 0;
  const to = Math.max(over, newest, from + step_ms);
  const points: CurvePoint[] = [{ at: from, issued: 0 }];
  let issued = 0;
  for (const step of steps) {
    if (step.at > (points.at(-1) as CurvePoint).at) points.push({ at: step.at, issued }); // flat until the step begins
    issued += step.issued;
    const end = Math.min(step.at + step_ms, to);
    points.push({ at: Math.max(end, (points.at(-1) as CurvePoint).at), issued });
  }
  for (const point of heard) {
    if (point.at >= (points.at(-1) as CurvePoint).at) points.push(point);
    else (points.at(-1) as CurvePoint).issued = point.issued;
  }
  const last = points.at(-1) as CurvePoint;
  if (last.at < to) points.push({ at: to, issued: last.issued });
  return { points, from, to, total: campaign.total_quantity };
}

/** Coupons a minute over the last minutes that the curve knows. */
export function pace({ points }: Curve, now: number, minutes: number): number {
  const begin = now - minutes * 60_000;
  const before = points.findLast((point) => point.at <= begin) ?? points[0];
  const last = points.at(-1);
  return before && last ? (last.issued - before.issued) / minutes : 0;
}

/** The curve at `count` moments, evenly from its start to its end; straight between what is known. */
export function sampled({ points, from, to }: Curve, count: number): CurvePoint[] {
  return Array.from({ length: count }, (_, i) => {
    const at = Math.round(from + ((to - from) * i) / (count - 1));
    const next = points.findIndex((point) => point.at >= at);
    const right = points[next] ?? (points.at(-1) as CurvePoint);
    const left = points[next - 1] ?? right;
    const part = right.at > left.at ? (at - left.at) / (right.at - left.at) : 1;
    return { at, issued: Math.floor(left.issued + (right.issued - left.issued) * part) };
  });
}
