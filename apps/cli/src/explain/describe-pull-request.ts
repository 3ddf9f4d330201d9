import { WITHHELD } from '@bellwether/core';
import type { PullRequestFactRow } from '@bellwether/warehouse';
import { formatAmount, formatDuration } from '../terminal/format.ts';
import { formatTable } from '../terminal/table.ts';
import { instantText } from './instant-text.ts';
import type { CountedReview } from './load-entity.ts';

type Gap = Exclude<PullRequestFactRow['cycle_gap'], ''>;

const cycleGaps: Record<Gap, string> = {
  'not-merged': 'it is not merged',
  'not-deployed': 'no deployment has carried it yet',
  'never-deployed': 'nothing of this repository was ever deployed to production',
  baseline: 'it was carried by the first deployment that is known, so when it really got there is unknown',
  negative: 'its dates run backwards',
};

const responses: Record<CountedReview['basis'], string> = {
  requested: 'after it was asked for',
  ready: 'after it was ready',
  updated: 'after the author came back',
  '': '',
};

/** How a pull request went: its stages, which sum to the whole, and the reviews that count. No person is named. */
export function describePullRequest(pull: PullRequestFactRow, reviews: readonly CountedReview[]): string[] {
  return [
    `Its team is ${teamText(pull)}.`,
    ...stages(pull),
    ...reviewLines(pull, reviews),
    sizeText(pull),
    ...(pull.reverted_at === null ? [] : [`A later change took it back, ${instantText(pull.reverted_at)}.`]),
  ];
}

/** One that did not land, or not yet. */
export function describeOpenPullRequest(
  pull: PullRequestFactRow,
  reviews: readonly CountedReview[],
): string[] {
  const ended = pull.ended_at === null ? '' : `, ${instantText(pull.ended_at)}`;
  const state =
    pull.state === 'open' ? `open since ${instantText(pull.created_at)}` : `${pull.state}${ended}`;
  return [
    `${pull.repo}#${String(pull.number)}: a pull request, ${state}${pull.is_draft ? ', a draft' : ''}.`,
    '',
    ...(pull.is_bot ? ['It is by a bot: left out of the figures unless bots are asked for.'] : []),
    ...(pull.is_to_default_branch
      ? []
      : ['It is into another branch than the default one, so the flow metrics leave it out.']),
    ...describePullRequest(pull, reviews),
  ];
}

function teamText({ team, team_group: group }: PullRequestFactRow): string {
  if (team === '') return 'not known: nobody knows of a team that its author belonged to at that time';
  const name = team === WITHHELD ? 'withheld: it had too few people at that time' : team;
  return group === '' ? name : `${name}, of ${group}`;
}

function stages(pull: PullRequestFactRow): string[] {
  const rows: [string, number | null, number | null][] = [
    ['coding', pull.coding_seconds, pull.coding_business_seconds],
    ['pickup', pull.pickup_seconds, pull.pickup_business_seconds],
    ['review', pull.review_seconds, pull.review_business_seconds],
    ['merge wait', pull.merge_wait_seconds, pull.merge_wait_business_seconds],
    ['deploy', pull.deploy_seconds, pull.deploy_business_seconds],
  ];
  const whole =
    pull.cycle_gap === ''
      ? [['all of them: cycle time', pull.cycle_seconds, pull.cycle_business_seconds] as const]
      : [];
  const text = (seconds: number | null): string => (seconds === null ? '–' : formatDuration(seconds));
  const table = formatTable(
    [
      { title: 'stage', align: 'left' },
      { title: 'wall clock', align: 'right' },
      { title: 'in seconds', align: 'right' },
      { title: 'business hours', align: 'right' },
    ],
    [...rows, ...whole].map(([name, wall, business]) => [
      name,
      text(wall),
      wall === null ? '' : String(wall),
      text(business),
    ]),
  );
  return [
    'Its stages (– did not happen; its time is in the stage that follows):',
    ...table.map((line) => `  ${line}`),
    ...(pull.cycle_gap === '' ? [] : [`  It has no cycle time: ${cycleGaps[pull.cycle_gap]}.`]),
    ...(pull.draft_seconds > 0
      ? [`  ${formatDuration(pull.draft_seconds)} of the coding was back in draft.`]
      : []),
  ];
}

function reviewLines(pull: PullRequestFactRow, reviews: readonly CountedReview[]): string[] {
  if (reviews.length === 0) return ['No review by another person is known.'];
  const counts = [
    formatAmount(pull.review_count, 'review', 'reviews'),
    `by ${formatAmount(pull.reviewer_count, 'person', 'people')}`,
    `in ${formatAmount(pull.review_rounds, 'round', 'rounds')}`,
  ];
  return [
    `Reviews that count: ${counts.join(' ')}, ${formatAmount(pull.review_comment_count, 'comment', 'comments')}.`,
    ...reviews.map(({ submitted_at, state, response_seconds: seconds, basis, team }) => {
      const response = seconds === null ? '' : `, ${formatDuration(seconds)} ${responses[basis]}`;
      return `  ${instantText(submitted_at)}  ${state}${response}${team === '' ? '' : `, team ${team}`}`;
    }),
  ];
}

function sizeText({ additions, deletions, effective_lines: lines, size_gap }: PullRequestFactRow): string {
  const all = `${String(additions)} added and ${String(deletions)} deleted lines`;
  if (lines !== null) {
    return `Its size: ${formatAmount(lines, 'effective line', 'effective lines')}, of ${all}.`;
  }
  const why = size_gap === 'files-cut' ? 'its list of files was cut' : 'its files are not known';
  return `Its size in effective lines is not known, because ${why}; ${all}.`;
}
