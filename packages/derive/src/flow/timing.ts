import type { FindingRow, PullRequestFactRow } from '@bellwether/warehouse';
import { wholeSecond, type WorkingCalendar } from '../working-time/index.ts';
import type { FlowInput } from './flow-input.ts';
import type { FlowEvent, FlowPullRequest, FlowReview } from './read-flow.ts';
import { cutStages, measureStages, overlap, type Span, type Stage } from './stages.ts';
import { stays } from './stays.ts';

/** The first production deployment of a change. */
export type FirstDeployment = FlowInput['changeDeployments'][number];

export interface TimingInput {
  pullRequest: FlowPullRequest;
  /** When work began, if that is known. */
  firstCommitAt: number | null;
  /** By people other than the author until it ended, in order of time. */
  reviews: readonly FlowReview[];
  /** In order of time. */
  events: readonly FlowEvent[];
  deployment: FirstDeployment | undefined;
  hasProduction: boolean;
  /** Of the author's team. */
  calendar: WorkingCalendar;
}

/** Something that would have taken less than no time. */
type NegativeTime = Pick<FindingRow, 'detail' | 'fix'> & { about: 'cycle' | 'merge queue' };

/** A duration by the wall clock and in business hours, in seconds. */
export interface Duration {
  wall: number | null;
  working: number | null;
}

type StageSeconds = Record<Stage, number | null>;

/**
 * What a pull request's dates say, and what is wrong with them. Small objects on purpose: a row put together from large
 * ones by spreading takes several times the memory and the time.
 */
export interface Timing {
  endedAt: number | null;
  approvedAt: number | null;
  wall: StageSeconds;
  working: StageSeconds;
  cycle: Duration;
  cycleGap: PullRequestFactRow['cycle_gap'];
  firstReview: Duration;
  firstReviewGap: PullRequestFactRow['first_review_gap'];
  draftSeconds: number;
  queueSeconds: number | null;
  queueGap: PullRequestFactRow['queue_gap'];
  negative: NegativeTime[];
}

/** When a pull request was merged or closed; null while it stands. One that was reopened stands again. */
export function endOf({
  state,
  merged_at,
  closed_at,
}: Pick<FlowPullRequest, 'state' | 'merged_at' | 'closed_at'>): number | null {
  return state === 'open' ? null : (merged_at ?? closed_at);
}

export function computeTiming(input: TimingInput): Timing {
  const { pullRequest, reviews, events } = input;
  const endedAt = endOf(pullRequest);
  const endSecond = endedAt === null ? Infinity : wholeSecond(endedAt);
  const readySecond = pullRequest.ready_at === null ? null : wholeSecond(pullRequest.ready_at);
  const drafts = stays(events, ['draft', 'ready'], endSecond).filter(
    ({ from, to }) => readySecond !== null && from >= readySecond && from < to,
  );
  const cycle = cycleTime(input, drafts);
  const first = firstReviewTime(input, drafts);
  const queue = queueTime(stays(events, ['queued', 'dequeued'], endSecond));
  return {
    endedAt,
    approvedAt: lastApproval(reviews),
    wall: cycle.wall,
    working: cycle.working,
    cycle: cycle.whole,
    cycleGap: cycle.gap,
    firstReview: first.duration,
    firstReviewGap: first.gap,
    // A draft that nobody ended may still be one: there is no "now" here.
    draftSeconds: drafts.filter(({ to }) => to < Infinity).reduce((sum, { from, to }) => sum + to - from, 0),
    queueSeconds: queue.seconds,
    queueGap: queue.gap,
    negative: [
      ...(cycle.negative === null ? [] : [cycle.negative]),
      ...(queue.gap === 'negative' ? [negativeStage('left the queue')] : []),
    ],
  };
}

interface Cycle {
  wall: StageSeconds;
  working: StageSeconds;
  whole: Duration;
  gap: PullRequestFactRow['cycle_gap'];
  negative: NegativeTime | null;
}

const unknown: Duration = { wall: null, working: null };
const noStages: StageSeconds = { coding: null, pickup: null, review: null, merge_wait: null, deploy: null };

function cycleTime(
  { pullRequest, firstCommitAt, reviews, deployment, hasProduction, calendar }: TimingInput,
  drafts: readonly Span[],
): Cycle {
  const none = { wall: noStages, working: noStages, whole: unknown, negative: null };
  if (pullRequest.merged_at === null) return { ...none, gap: 'not-merged' };
  const start = wholeSecond(firstCommitAt ?? pullRequest.created_at);
  const merge = wholeSecond(pullRequest.merged_at);
  const isDated = deployment !== undefined && !deployment.is_baseline;
  const deploy = isDated ? wholeSecond(deployment.deployed_at) : null;
  if (merge < start || (deploy !== null && deploy < start)) {
    return { ...none, gap: 'negative', negative: negativeStage(merge < start ? 'merged' : 'deployed') };
  }
  const approval = lastApproval(reviews);
  const spans = cutStages({
    start,
    ready: pullRequest.ready_at === null ? null : wholeSecond(pullRequest.ready_at),
    firstReview: reviews[0] === undefined ? null : wholeSecond(reviews[0].submitted_at),
    lastApproval: approval === null ? null : wholeSecond(approval),
    merge,
    deploy,
  });
  const gap = deployment === undefined ? (hasProduction ? 'not-deployed' : 'never-deployed') : 'baseline';
  const byWork = workingSeconds(calendar);
  const cycle = deploy === null ? null : { from: start, to: deploy };
  return {
    wall: measureStages(spans, drafts, wallSeconds),
    working: measureStages(spans, drafts, byWork),
    whole: cycle === null ? unknown : { wall: wallSeconds(cycle), working: byWork(cycle) },
    gap: cycle === null ? gap : '',
    negative: null,
  };
}

/** From ready to the first review, time back in draft taken out; also of what was never merged. */
function firstReviewTime(
  { pullRequest: { state, ready_at }, reviews, calendar }: TimingInput,
  drafts: readonly Span[],
): { duration: Duration; gap: PullRequestFactRow['first_review_gap'] } {
  const [review] = reviews;
  if (review === undefined) {
    return { duration: unknown, gap: state === 'open' ? 'not-yet-reviewed' : 'no-review' };
  }
  if (ready_at === null || review.submitted_at < ready_at) return { duration: unknown, gap: 'before-ready' };
  const span = { from: wholeSecond(ready_at), to: wholeSecond(review.submitted_at) };
  const awake = (between: (span: Span) => number): number => between(span) - overlap(span, drafts, between);
  return { duration: { wall: awake(wallSeconds), working: awake(workingSeconds(calendar)) }, gap: '' };
}

/** All stays in the merge queue. One that has not ended has no length yet. */
function queueTime(queued: readonly Span[]): {
  seconds: number | null;
  gap: PullRequestFactRow['queue_gap'];
} {
  const ended = queued.filter(({ to }) => to < Infinity);
  if (ended.length === 0) return { seconds: null, gap: 'not-queued' };
  if (ended.some(({ from, to }) => to < from)) return { seconds: null, gap: 'negative' };
  return { seconds: ended.reduce((sum, { from, to }) => sum + to - from, 0), gap: '' };
}

function negativeStage(what: 'merged' | 'deployed' | 'left the queue'): NegativeTime {
  if (what === 'left the queue') {
    return {
      about: 'merge queue',
      detail: 'left the merge queue before it entered it, by the recorded times',
      fix: 'Look at the times of its queue events where they were recorded, and collect it again.',
    };
  }
  return {
    about: 'cycle',
    detail: `${what} before its first commit was made, by the recorded dates`,
    fix:
      what === 'merged'
        ? 'Set the clock of the machine that made the commit; the author date of what is merged cannot be changed.'
        : 'Look at the finish of the deployment and at the author dates of the commits; one of the clocks is wrong.',
  };
}

function lastApproval(reviews: readonly FlowReview[]): number | null {
  return reviews.findLast(({ state }) => state === 'approved')?.submitted_at ?? null;
}

function wallSeconds({ from, to }: Span): number {
  return to - from;
}

function workingSeconds(calendar: WorkingCalendar): (span: Span) => number {
  return ({ from, to }) => calendar.secondsUntil(to) - calendar.secondsUntil(from);
}
