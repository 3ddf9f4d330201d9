import type { PullRequestFactRow } from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';

export const seconds = fc.integer({ min: 0, max: 5_000_000 });
/** A stage, or null: it did not happen. */
const stage = fc.option(seconds, { freq: 3 });

/** The cycle of a merged pull request, before it is put into columns. */
export const aCycle = fc.record({
  stages: fc.record({ coding: stage, pickup: stage, review: stage, merge_wait: stage, deploy: seconds }),
  /** What the cycle lacks; mostly nothing. */
  cycleGap: fc.constantFrom('', '', '', '', 'not-deployed', 'never-deployed', 'baseline', 'negative'),
  deployedAt: instant,
  is_deployed_before_merge: fc.boolean(),
});
type Cycle = typeof aCycle extends fc.Arbitrary<infer One> ? One : never;

/** Stages that sum to the cycle; where its end is unknown the last one is, too, and nothing of a negative one is. */
export function cycleOf({
  cycleGap,
  stages,
  deployedAt,
  is_deployed_before_merge,
}: Cycle): Partial<PullRequestFactRow> {
  const isArrived = cycleGap === '' || cycleGap === 'baseline';
  const known = cycleGap === 'negative' ? null : stages;
  const deploy = cycleGap === '' ? (is_deployed_before_merge ? 0 : stages.deploy) : null;
  const parts = [stages.coding, stages.pickup, stages.review, stages.merge_wait, deploy];
  const happened = cycleGap === '' ? parts.filter((part) => part !== null) : null;
  const row = {
    coding_seconds: known?.coding ?? null,
    pickup_seconds: known?.pickup ?? null,
    review_seconds: known?.review ?? null,
    merge_wait_seconds: known?.merge_wait ?? null,
    deploy_seconds: deploy,
    cycle_seconds: happened && sum(happened),
  };
  return {
    ...row,
    coding_business_seconds: business(row.coding_seconds),
    pickup_business_seconds: business(row.pickup_seconds),
    review_business_seconds: business(row.review_seconds),
    merge_wait_business_seconds: business(row.merge_wait_seconds),
    deploy_business_seconds: business(row.deploy_seconds),
    cycle_business_seconds: happened && sum(happened.map(business)),
    cycle_gap: cycleGap,
    deployed_at: isArrived || cycleGap === 'negative' ? deployedAt : null,
    deployment_id: isArrived || cycleGap === 'negative' ? `v@${String(deployedAt)}` : '',
    is_deployed_before_merge: cycleGap === '' && is_deployed_before_merge,
  };
}

/** Null where one of them is. */
function sum(parts: readonly (number | null)[]): number | null {
  return parts.reduce<number | null>(
    (total, part) => (total === null || part === null ? null : total + part),
    0,
  );
}

/** Something else than the wall clock that no rounding can hide; now and then unknown. */
export function business(wall: number | null): number | null {
  return wall === null || wall % 11 === 3 ? null : Math.floor(wall / 3) + 1;
}
