import type { MetricDefinition } from '../metric.ts';
import { column } from './columns.ts';

/**
 * A concentration was computed for each team, each group and the organisation. Which of them a question is about
 * follows from what it names; rows of different levels hold the same load and never stand together.
 */
export function levelConditions(metric: MetricDefinition, asked: readonly string[]): string[] {
  if (metric.aggregate.kind !== 'concentration') return [];
  const level = ['team', 'team_group'].find((name) => asked.includes(name)) ?? 'organisation';
  return [`${column('level')} = '${level}'`];
}
