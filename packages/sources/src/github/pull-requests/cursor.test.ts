import { describe, expect, it } from 'vitest';
import { hintOf } from '../testing/fake-session.ts';
import { firstCursor, isCurrent, PullRequestCursor } from './cursor.ts';

const DAY = 86_400_000;
const CHANGED = Date.parse('2026-01-01T12:00:00Z');
const READ = CHANGED + DAY;

const done: PullRequestCursor = {
  ...firstCursor(null, READ),
  backfill: null,
  watermark: CHANGED,
  readAt: READ,
  count: 10,
};

const hint = hintOf({
  newest: { pullRequest: CHANGED, issue: null, deployment: null, release: null },
  totals: { pullRequests: 10, issues: 0, deployments: 0, releases: 0, tags: 0 },
});

const current = (
  cursor: Partial<PullRequestCursor>,
  changes: Partial<typeof hint> = {},
  when: { since?: number; now?: number } = {},
): boolean =>
  isCurrent({ ...done, ...cursor }, { ...hint, ...changes }, { since: null, now: READ + DAY, ...when });

const newest = (pullRequest: number | null) => ({ newest: { ...hint.newest, pullRequest } });
const total = (pullRequests: number) => ({ totals: { ...hint.totals, pullRequests } });

describe('nothing is to be read', () => {
  it('when the newest change and the count are what they were', () => {
    expect(current({})).toBe(true);
    expect(current({ watermark: null, count: 0 }, { ...newest(null), ...total(0) })).toBe(true);
  });

  it('but something is when it is newer, or can be of the same second', () => {
    expect(current({}, newest(CHANGED + 1000))).toBe(false);
    // Five minutes are the overlap.
    expect(current({ readAt: CHANGED + 299_999 })).toBe(false);
    expect(current({ readAt: CHANGED + 300_000 })).toBe(true);
  });

  it('but something is when the count differs, unless it is off for good', () => {
    expect(current({}, total(11))).toBe(false);
    expect(current({ sweep: { at: READ, difference: 1 } }, total(11))).toBe(true);
    expect(current({ sweep: { at: READ, difference: 1 } }, total(10))).toBe(false);
  });

  it('but something is when the ids were not compared for thirty days', () => {
    expect(current({}, {}, { now: READ + 30 * DAY - 1 })).toBe(true);
    expect(current({}, {}, { now: READ + 30 * DAY })).toBe(false);
  });

  it('but something is when discovery found a change, or the first reading has not ended', () => {
    expect(current({}, { changedPullRequests: ['PR_1'] })).toBe(false);
    expect(current({ backfill: firstCursor(null, READ).backfill })).toBe(false);
  });

  it('with a horizon whatever the count, but not when more of the past is wanted', () => {
    expect(current({ horizon: CHANGED, count: 3 }, {}, { since: CHANGED })).toBe(true);
    expect(current({ horizon: CHANGED, count: 3 }, {}, { since: CHANGED - 1 })).toBe(false);
    expect(current({ horizon: CHANGED, count: 3 })).toBe(false);
  });
});

describe('a stored cursor', () => {
  it('of another mapping or shape counts as none', () => {
    expect(PullRequestCursor.safeParse(done).success).toBe(true);
    expect(PullRequestCursor.safeParse({ ...done, mapping: 0 }).success).toBe(false);
    expect(PullRequestCursor.safeParse({ after: 'x' }).success).toBe(false);
  });
});
