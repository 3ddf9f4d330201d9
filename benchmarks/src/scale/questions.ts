import type { CompiledQuery, MetricDefinition, QueryRequest } from '@bellwether/metrics';
import { compileQuery } from '@bellwether/metrics';
import { scaleBeginning, type StoredOrganisation } from '@bellwether/simulator';

/** Facts are computed and questions asked in this one: calendar facts hold for no other. */
export const organisationZone = 'Europe/Berlin';

/** A question that a dashboard asks of every metric, and how long the answer may take. */
export interface Question {
  name: string;
  limitMs: number;
  query: CompiledQuery;
}

const DAY = 86_400_000;

/** Half a year of the company by week, ten years of it by month, half a year of one team by week. */
export function questionsTo(
  metric: MetricDefinition,
  { until }: StoredOrganisation,
  team: string,
): Question[] {
  const halfYear = { since: until - 182 * DAY, until, grain: 'week', timeZone: organisationZone } as const;
  const tenYears = { since: scaleBeginning, until, grain: 'month', timeZone: organisationZone } as const;
  const ask = (name: string, limitMs: number, request: Omit<QueryRequest, 'metric'>): Question => ({
    name,
    limitMs,
    query: compileQuery({ metric: metric.id, ...request }),
  });
  const ofTeam = metric.dimensions.includes('team')
    ? [ask('team', 100, { period: halfYear, filters: { team: [team] } })]
    : [];
  return [
    ask('half a year', 300, { period: halfYear }),
    ask('ten years', metric.category === 'ci' ? 3000 : 1000, { period: tenYears }),
    ...ofTeam,
  ];
}
