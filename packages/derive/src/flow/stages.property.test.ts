import { Config } from '@bellwether/core';
import type { PullRequestFactRow } from '@bellwether/warehouse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workingCalendars } from '../working-time/index.ts';
import { computePullRequestFacts } from './compute-pull-request-facts.ts';
import { type Stage, stages } from './stages.ts';
import { inputOfLife, instant, type Life, phases } from './testing/life.ts';

/** Kept for all runs, as derivation does. */
const calendarOf = workingCalendars(Config.parse({}).businessHours);
const working = calendarOf('UTC');

const twoWeeks = 14 * 24 * 60;
/** Often the same moments, so that boundaries meet. */
const moment = fc.oneof(
  fc.integer({ min: 0, max: twoWeeks }),
  fc.integer({ min: 0, max: 12 }).map((quarters) => quarters * 360),
);

const life: fc.Arbitrary<Life> = fc.record({
  commit: fc.option(moment, { freq: 5 }),
  opened: moment,
  turns: fc.array(moment, { maxLength: 5 }),
  startsAsDraft: fc.boolean(),
  reviews: fc.array(
    fc.record({
      at: moment,
      by: fc.constantFrom('author', 'ben', 'cleo', 'bot'),
      approves: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
  merged: fc.option(moment, { freq: 8 }),
  deployed: fc.option(moment, { freq: 3 }),
});

function rowOf(each: Life): PullRequestFactRow {
  const [row] = computePullRequestFacts(inputOfLife(each, { calendarOf })).pullRequests;
  if (row === undefined) throw new Error('no row');
  return row;
}

const wall = (row: PullRequestFactRow): Record<Stage | 'cycle', number | null> => ({
  coding: row.coding_seconds,
  pickup: row.pickup_seconds,
  review: row.review_seconds,
  merge_wait: row.merge_wait_seconds,
  deploy: row.deploy_seconds,
  cycle: row.cycle_seconds,
});
const business = (row: PullRequestFactRow): Record<Stage | 'cycle', number | null> => ({
  coding: row.coding_business_seconds,
  pickup: row.pickup_business_seconds,
  review: row.review_business_seconds,
  merge_wait: row.merge_wait_business_seconds,
  deploy: row.deploy_business_seconds,
  cycle: row.cycle_business_seconds,
});

/**
 * The same told minute by minute: at every minute the pull request waits for the first thing in order that is still to
 * come, or is in draft once more. Null where there are no stages.
 */
function watched(each: Life, counts: (minutes: number) => boolean): Record<Stage, number | null> | null {
  const { commit, opened, reviews, merged, deployed } = each;
  const start = commit ?? opened;
  if (merged === null || merged < start || (deployed !== null && deployed < start)) return null;
  const history = phases(each);
  const others = reviews.filter(({ by, at }) => (by === 'ben' || by === 'cleo') && at <= merged);
  const approvals = others.filter(({ approves }) => approves);
  const ready = history.find(({ isDraft }) => !isDraft)?.at ?? Infinity;
  const comes: Record<Stage, number> = {
    coding: ready <= merged ? ready : Infinity,
    pickup: Math.min(...others.map(({ at }) => at)),
    review: approvals.length === 0 ? Infinity : Math.max(...approvals.map(({ at }) => at)),
    merge_wait: merged,
    deploy: deployed ?? Infinity,
  };
  const end = deployed ?? merged;
  const isCut = end < merged;
  const seconds: Record<Stage, number | null> = {
    coding: null,
    pickup: null,
    review: null,
    merge_wait: null,
    deploy: null,
  };
  let isOver = false;
  for (const stage of stages) {
    if (comes[stage] === Infinity) continue;
    if (!isOver || stage === 'deploy') seconds[stage] = 0;
    if (isCut && Math.max(start, comes[stage]) >= end) isOver = true;
  }
  for (let now = start; now < end; now += 1) {
    if (!counts(now)) continue;
    const waitsFor = stages.find((stage) => comes[stage] !== Infinity && comes[stage] > now) ?? 'deploy';
    const isBack =
      now >= ready && now < merged && (history.findLast(({ at }) => at <= now)?.isDraft ?? false);
    const stage = isBack && seconds.coding !== null ? 'coding' : waitsFor;
    seconds[stage] = (seconds[stage] ?? NaN) + 60;
  }
  return seconds;
}

describe('the stages of any pull request', () => {
  it('add up to the cycle exactly, by the wall clock and in business hours, and none is negative', () => {
    fc.assert(
      fc.property(life, (each) => {
        const row = rowOf(each);
        for (const clock of [wall(row), business(row)]) {
          const known = stages.map((stage) => clock[stage]).filter((seconds) => seconds !== null);
          expect(known.every((seconds) => seconds >= 0)).toBe(true);
          if (clock.cycle !== null) {
            expect(known.reduce((sum, seconds) => sum + seconds, 0)).toBe(clock.cycle);
          }
          expect(clock.cycle === null).toBe(row.cycle_gap !== '');
        }
        for (const stage of stages) expect(wall(row)[stage] === null).toBe(business(row)[stage] === null);
      }),
      { numRuns: 1000 },
    );
  });

  it('are what one sees who looks every minute', () => {
    fc.assert(
      fc.property(life, (each) => {
        const row = rowOf(each);
        const none = { coding: null, pickup: null, review: null, merge_wait: null, deploy: null };
        const { cycle: _wall, ...byWall } = wall(row);
        const { cycle: _business, ...byBusiness } = business(row);
        expect(byWall).toEqual(watched(each, () => true) ?? none);
        expect(byBusiness).toEqual(watched(each, (now) => working.isWorkingTime(instant(now))) ?? none);
      }),
      { numRuns: 600 },
    );
  });

  it('begin with the first review that another person gave, as one finds it who reads them all', () => {
    fc.assert(
      fc.property(life, (each) => {
        const row = rowOf(each);
        const history = phases(each);
        const ready = history.find(({ isDraft }) => !isDraft)?.at;
        let first = Infinity;
        for (const { at, by } of each.reviews) {
          if ((by === 'ben' || by === 'cleo') && at <= (each.merged ?? Infinity) && at < first) first = at;
        }
        expect(row.first_review_at).toBe(first === Infinity ? null : instant(first));
        if (ready === undefined || first === Infinity || first < ready) {
          expect(row.first_review_seconds).toBeNull();
          return;
        }
        let seconds = 0;
        for (let now = ready; now < first; now += 1) {
          if (history.findLast(({ at }) => at <= now)?.isDraft === false) seconds += 60;
        }
        expect(row.first_review_seconds).toBe(seconds);
      }),
      { numRuns: 500 },
    );
  });

  it('stay the same whatever order the rows come in', () => {
    fc.assert(
      fc.property(life, (each) => {
        const input = inputOfLife(each, { calendarOf });
        const turned = { ...input, events: input.events.toReversed(), reviews: input.reviews.toReversed() };
        expect(computePullRequestFacts(turned)).toEqual(computePullRequestFacts(input));
      }),
      { numRuns: 300 },
    );
  });
});
