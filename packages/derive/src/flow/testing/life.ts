import type { FlowInput } from '../flow-input.ts';
import {
  firstDeployment,
  flowChange,
  flowEvent,
  flowInput,
  flowPullRequest,
  minute,
  monday,
  repo,
} from './flow-input.ts';

/** A pull request's life as a test makes it up; all times in minutes since Monday, 8 January 2024. */
export interface Life {
  commit: number | null;
  opened: number;
  /** When it changed between draft and ready after that, in any order, perhaps twice in a minute. */
  turns: readonly number[];
  startsAsDraft: boolean;
  reviews: readonly { at: number; by: 'author' | 'ben' | 'cleo' | 'bot'; approves: boolean }[];
  merged: number | null;
  deployed: number | null;
}

export function instant(minutes: number): number {
  return monday + minutes * minute;
}

/** Draft or ready from when on, in order; of two turns in one minute the latter holds. */
export function phases({ opened, turns, startsAsDraft }: Life): { at: number; isDraft: boolean }[] {
  let isDraft = startsAsDraft;
  const later = turns.filter((at) => at > opened).sort((a, b) => a - b);
  return [
    { at: opened, isDraft },
    ...[...new Set(later)].map((at) => {
      isDraft = !isDraft;
      return { at, isDraft };
    }),
  ];
}

/** The life as rows. */
export function inputOfLife(life: Life, rest: Partial<FlowInput> = {}): FlowInput {
  const { commit, opened, reviews, merged, deployed } = life;
  const [, ...turns] = phases(life);
  const first = phases(life).find(({ isDraft }) => !isDraft);
  const mergedAt = merged === null ? null : instant(merged);
  return flowInput({
    pullRequests: [
      flowPullRequest({
        state: merged === null ? 'open' : 'merged',
        created_at: instant(opened),
        ready_at: first === undefined ? null : instant(first.at),
        merged_at: mergedAt,
        commit_authored_at: commit === null ? [] : [instant(commit)],
      }),
    ],
    events: turns.map(({ at, isDraft }) => flowEvent(isDraft ? 'draft' : 'ready', instant(at))),
    reviews: reviews.map(({ at, by, approves }, index) => ({
      repo,
      number: 1,
      review_id: String(index),
      author_key: by === 'author' ? 'ann' : by,
      author_is_bot: by === 'bot',
      state: approves ? 'approved' : 'commented',
      submitted_at: instant(at),
      comment_count: 0,
      has_body: false,
    })),
    changes:
      merged === null
        ? []
        : [
            flowChange({
              number: 1,
              merged_at: mergedAt,
              first_authored_at: commit === null ? null : instant(commit),
              starts_at: commit === null ? 'merge' : 'first_commit',
            }),
          ],
    changeDeployments: deployed === null ? [] : [firstDeployment(instant(deployed))],
    ...rest,
  });
}
