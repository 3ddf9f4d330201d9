import { type PullRequestFactRow, pullRequestFacts } from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';
import type { ReferenceRow } from '../reference.ts';
import { services, teams } from '../requests.ts';
import { pullRequest } from '../rows/pull-requests.ts';
import { pick, type WorldKind } from '../world.ts';
import { aCycle, business, cycleOf, seconds } from './pull-request-cycles.ts';

/** The pull requests of one repository, at random: rows as derivation may write them, without a history behind. */
export interface PullRequestWorld {
  repo: string;
  pullRequests: PullRequestFactRow[];
}

export const pullRequestFlow: WorldKind<PullRequestWorld> = {
  of: (repo) =>
    fc.array(aPullRequest, { maxLength: 40 }).map((drafts) => ({
      repo,
      pullRequests: drafts.map((draft, index) => rowOf(repo, index + 1, draft)),
    })),
  async insert(warehouse, worlds) {
    await warehouse.insert(
      pullRequestFacts,
      worlds.flatMap(({ pullRequests }) => pullRequests),
    );
  },
};

const verdict = fc.option(fc.boolean(), { freq: 4 });
const few = fc.integer({ min: 0, max: 6 });

/** One service, several, or none that anybody knows. */
const belonging = fc.oneof(
  fc.constantFrom(...services).map((service) => ({ service, services: [service as string] })),
  fc
    .subarray([...services], { minLength: 2 })
    .map((several) => ({ service: '(several)', services: several })),
  fc.constantFrom('(unattributed)', '').map((service) => ({ service, services: [] as string[] })),
);

const aPullRequest = fc.record({
  state: fc.constantFrom('open', 'closed', 'merged', 'merged', 'merged', 'merged'),
  is_to_default_branch: fc.constantFrom(true, true, true, true, false),
  is_bot: fc.boolean(),
  team: fc.constantFrom(...teams),
  team_group: fc.constantFrom('', 'colours'),
  belonging,
  is_draft: fc.boolean(),
  created_at: instant,
  ready_at: fc.option(instant, { freq: 6 }),
  endsAt: instant,
  starts_at: fc.constantFrom('first_commit', 'created'),
  cycle: aCycle,
  firstReview: fc.option(seconds, { freq: 2 }),
  isReviewBeforeReady: fc.boolean(),
  queue: fc.option(seconds, { freq: 2 }),
  isQueueNegative: fc.boolean(),
  review_rounds: few,
  review_count: few,
  approval_count: few,
  review_comment_count: fc.integer({ min: 0, max: 60 }),
  effective_lines: fc.option(fc.integer({ min: 0, max: 3000 }), { freq: 4 }),
  sizeGap: fc.constantFrom('files-cut', 'files-unknown'),
  is_revert: fc.boolean(),
  reverted_at: fc.option(instant, { freq: 1 }),
  is_self_merged: verdict,
  is_silently_approved: verdict,
  is_cross_team_reviewed: verdict,
  reviewGap: fc.constantFrom('reviews-unknown', 'not-approved', 'small', 'team-unknown', 'no-review'),
});
type Draft = typeof aPullRequest extends fc.Arbitrary<infer One> ? One : never;

function rowOf(repo: string, number: number, draft: Draft): PullRequestFactRow {
  const {
    state,
    belonging: of,
    is_to_default_branch,
    is_bot,
    team,
    team_group,
    is_draft,
    created_at,
  } = draft;
  const { starts_at, review_rounds, review_count, approval_count, review_comment_count } = draft;
  const isMerged = state === 'merged';
  return pullRequest({
    ...{ repo, number, ...of, state, is_to_default_branch, is_bot, team, team_group, is_draft },
    ...{ created_at, starts_at, review_rounds, review_count, approval_count, review_comment_count },
    ready_at: draft.ready_at,
    merged_at: isMerged ? draft.endsAt : null,
    ended_at: state === 'open' ? null : draft.endsAt,
    ...(isMerged ? cycleOf(draft.cycle) : { cycle_gap: 'not-merged' }),
    ...firstReviewOf(draft),
    queue_seconds: isMerged && !draft.isQueueNegative ? draft.queue : null,
    queue_gap:
      isMerged && draft.isQueueNegative ? 'negative' : isMerged && draft.queue !== null ? '' : 'not-queued',
    effective_lines: draft.effective_lines,
    size_gap: draft.effective_lines === null ? draft.sizeGap : '',
    is_revert: isMerged && draft.is_revert,
    reverted_at: isMerged ? draft.reverted_at : null,
    ...verdictsOf(draft),
  });
}

function firstReviewOf({ state, firstReview, isReviewBeforeReady }: Draft): Partial<PullRequestFactRow> {
  const first_review_seconds = isReviewBeforeReady ? null : firstReview;
  return {
    first_review_seconds,
    first_review_business_seconds: business(first_review_seconds),
    first_review_gap:
      first_review_seconds !== null
        ? ''
        : isReviewBeforeReady
          ? 'before-ready'
          : state === 'open'
            ? 'not-yet-reviewed'
            : 'no-review',
  };
}

function verdictsOf(draft: Draft): Partial<PullRequestFactRow> {
  if (draft.state !== 'merged') return { review_gap: 'not-merged' };
  const { is_self_merged, is_silently_approved, is_cross_team_reviewed } = draft;
  const isWhole = [is_self_merged, is_silently_approved, is_cross_team_reviewed].every(
    (each) => each !== null,
  );
  return {
    is_self_merged,
    is_silently_approved,
    is_cross_team_reviewed,
    review_gap: isWhole ? '' : draft.reviewGap,
  };
}

/** What every metric of pull requests says of a row. */
export function place(
  row: PullRequestFactRow,
  more: readonly ('starts_at' | 'is_draft')[] = [],
): Pick<ReferenceRow, 'dimensions' | 'services'> {
  return {
    dimensions: pick(row, ['repo', 'service', 'team', 'team_group', 'is_bot', ...more]),
    services: row.services,
  };
}

/** Those whose flow is measured, merged to the default branch, and when. */
export function mergedOf({ pullRequests }: PullRequestWorld): (PullRequestFactRow & { merged_at: number })[] {
  return pullRequests.flatMap((row) =>
    row.merged_at !== null && row.is_to_default_branch ? [{ ...row, merged_at: row.merged_at }] : [],
  );
}

/** Why a stage of a merged pull request has no duration. */
export function whyNoStage(row: PullRequestFactRow, duration: number | null): string {
  if (duration !== null) return '';
  return row.cycle_gap === 'negative' ? 'negative' : 'did-not-happen';
}
