/** The parts of a pull request's life, in order. */
export const stages = ['coding', 'pickup', 'review', 'merge_wait', 'deploy'] as const;
export type Stage = (typeof stages)[number];

/** When the stages of a merged pull request end, in whole seconds since 1970; null for what did not happen. */
export interface StageBoundaries {
  /** First commit; not after the merge. */
  start: number;
  ready: number | null;
  firstReview: number | null;
  lastApproval: number | null;
  merge: number;
  /** Not before the first commit. Null: not deployed, or nobody knows when. */
  deploy: number | null;
}

/** A stretch of time in whole seconds, `to` not before `from`. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Cuts the time from the first commit to the deployment (to the merge, where there is none) into stages without a hole
 * or an overlap, as `docs/stages.md` shows by examples.
 *
 * A boundary is never earlier than the one before. One that is missing, or comes after the merge, gives its time to the
 * stage that follows, and its stage is absent. Where the deployment came before the merge, the stage then under way
 * ends with it, those after it are absent, and the deploy stage is empty.
 */
export function cutStages(boundaries: StageBoundaries): Map<Stage, Span> {
  const { start, merge, deploy } = boundaries;
  const ends: readonly (readonly [Stage, number | null])[] = [
    ['coding', boundaries.ready],
    ['pickup', boundaries.firstReview],
    ['review', boundaries.lastApproval],
    ['merge_wait', merge],
  ];
  const cutAt = deploy !== null && deploy < merge ? deploy : null;
  const spans = new Map<Stage, Span>();
  let from = start;
  for (const [stage, end] of ends) {
    if (end === null || end > merge) continue;
    const to = Math.max(from, end);
    if (cutAt !== null && to >= cutAt) {
      spans.set(stage, { from, to: cutAt });
      from = cutAt;
      break;
    }
    spans.set(stage, { from, to });
    from = to;
  }
  if (deploy !== null) spans.set('deploy', { from, to: deploy });
  return spans;
}

/**
 * How long each stage took by a clock. Time back in draft counts as coding, whatever stage it fell into, except after
 * the merge.
 *
 * @param between the clock: whole seconds from one second to another, additive
 * @param drafts  stretches in draft after the pull request was first ready, in order and apart from each other
 */
export function measureStages(
  spans: ReadonlyMap<Stage, Span>,
  drafts: readonly Span[],
  between: (span: Span) => number,
): Record<Stage, number | null> {
  const seconds: Record<Stage, number | null> = {
    coding: null,
    pickup: null,
    review: null,
    merge_wait: null,
    deploy: null,
  };
  // Without a coding stage there is nowhere to take it to.
  const taken = spans.has('coding') ? drafts : [];
  let inDraft = 0;
  for (const [stage, span] of spans) {
    const back = stage === 'coding' || stage === 'deploy' ? 0 : overlap(span, taken, between);
    seconds[stage] = between(span) - back;
    inDraft += back;
  }
  if (seconds.coding !== null) seconds.coding += inDraft;
  return seconds;
}

/** The part of a span that lies in some of the stretches, by a clock. */
export function overlap(
  { from, to }: Span,
  stretches: readonly Span[],
  between: (span: Span) => number,
): number {
  let sum = 0;
  for (const stretch of stretches) {
    const shared = { from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) };
    if (shared.from < shared.to) sum += between(shared);
  }
  return sum;
}
