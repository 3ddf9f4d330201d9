import { reviewLoad, type ReviewLoadRow } from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';
import { periods } from '../reference-calendar.ts';
import { load } from '../rows/reviews.ts';
import type { WorldKind } from '../world.ts';

/** The spreads of a few teams and groups, and in one of the worlds of the organisation, at random. */
export interface ReviewLoadWorld {
  repo: string;
  loads: ReviewLoadRow[];
}

/** The metric knows no repository; that of a world only tells its teams from those of others. */
export const reviewLoads: WorldKind<ReviewLoadWorld> = {
  of: (repo) =>
    fc.array(aLoad, { maxLength: 20 }).map((drafts) => {
      const rows = drafts.map((draft) => loadOf(repo, draft));
      return { repo, loads: [...new Map(rows.map((row) => [keyOf(row), row])).values()] };
    }),
  async insert(warehouse, worlds) {
    await warehouse.insert(
      reviewLoad,
      worlds.flatMap(({ loads }) => loads),
    );
  },
  clear: (warehouse) => warehouse.command('TRUNCATE TABLE facts.review_load'),
};

const aLoad = fc.record({
  name: fc.constantFrom('red', 'blue', 'organisation'),
  isGroup: fc.boolean(),
  group: fc.constantFrom('', 'colours'),
  grain: fc.constantFrom('week', 'month', 'quarter'),
  near: instant,
  time_zone: fc.constantFrom('UTC', 'Europe/Berlin'),
  member_count: fc.integer({ min: 5, max: 40 }),
  hundredths: fc.option(fc.integer({ min: 0, max: 99 }), { freq: 3 }),
});
type Draft = typeof aLoad extends fc.Arbitrary<infer One> ? One : never;

function loadOf(repo: string, { name, isGroup, group, near, hundredths, ...draft }: Draft): ReviewLoadRow {
  const grain = draft.grain;
  const period_start = periods(near, near + 1, grain, draft.time_zone)[0]!.start;
  const spread = {
    ...draft,
    grain,
    period_start,
    gini: hundredths === null ? null : hundredths / 100,
    busiest_tenth_share: hundredths === null ? null : Math.min(1, hundredths / 50),
    gap: hundredths === null ? ('too-few-reviewers' as const) : ('' as const),
  };
  if (name === 'organisation' && repo.endsWith('/0')) {
    return load({ ...spread, level: 'organisation', name: '' });
  }
  const own = `${name} of ${repo}`;
  return isGroup
    ? load({ ...spread, level: 'team_group', name: own })
    : load({ ...spread, level: 'team', name: own, team_group: group });
}

function keyOf({ level, name, grain, period_start }: ReviewLoadRow): string {
  return [level, name, grain, period_start].join(' ');
}
