import { readFileSync } from 'node:fs';
import { WITHHELD } from '@bellwether/core';
import { reviewLoad, type ReviewLoadRow, type Warehouse } from '@bellwether/warehouse';
import type { TeamDirectory } from '../team-directory.ts';
import type { Written } from '../write-facts.ts';
import { nextPeriod } from './calendar-period.ts';
import { busiestTenthShare, gini } from './inequality.ts';

const query = readFileSync(new URL('../../sql/review-load.sql', import.meta.url), 'utf8');

/** The reviews of one team, group or the organisation in one period, by who gave them. */
export interface ReviewCounts {
  level: ReviewLoadRow['level'];
  name: string;
  team_group: string;
  grain: ReviewLoadRow['grain'];
  period_start: number;
  reviewers: readonly (readonly [person: string, reviews: number])[];
}

export interface LoadRules {
  timeZone: string;
  minimumGroupSize: number;
}

/** Writes how evenly reviewing was spread; facts of reviews must be written before. */
export async function writeReviewLoad(
  warehouse: Warehouse,
  directory: TeamDirectory,
  rules: LoadRules,
): Promise<Written> {
  const params = { zone: rules.timeZone, withheld: WITHHELD };
  const counts = await warehouse.query<ReviewCounts>(query, params);
  const rows = counts.flatMap((each) => loadOf(each, directory, rules));
  return warehouse.replaceByDifference(reviewLoad, {}, rows);
}

/**
 * Everybody who was in the team during the period holds a share, whether they reviewed or not; in the organisation also
 * who reviewed and is in no team. None where the team was at any time in it, or is by its number of holders, too small.
 */
export function loadOf(counts: ReviewCounts, directory: TeamDirectory, rules: LoadRules): ReviewLoadRow[] {
  const { level, name, grain, period_start: from } = counts;
  const to = nextPeriod(grain, from, rules.timeZone);
  if (level !== 'organisation' && directory.wasSmall(level, name, from, to)) return [];
  const reviews = new Map(counts.reviewers);
  const holders = new Set([...directory.membersDuring(level, name, from, to), ...reviews.keys()]);
  if (holders.size < rules.minimumGroupSize) return [];
  const shares = [...holders].map((person) => reviews.get(person) ?? 0);
  const inequality = gini(shares);
  return [
    {
      level,
      name,
      grain,
      period_start: from,
      time_zone: rules.timeZone,
      team: level === 'team' ? name : '',
      team_group: counts.team_group,
      review_count: shares.reduce((sum, count) => sum + count, 0),
      reviewer_count: reviews.size,
      member_count: holders.size,
      gini: inequality,
      busiest_tenth_share: inequality === null ? null : busiestTenthShare(shares),
      gap: inequality === null ? 'too-few-reviewers' : '',
    },
  ];
}
