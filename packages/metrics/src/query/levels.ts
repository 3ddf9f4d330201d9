import type { Dimension, MetricDefinition } from '../metric.ts';
import type { Choice } from './choice.ts';
import { column } from './columns.ts';

/** The levels that a concentration is known for besides the organisation, the narrowest first. */
const levels = ['team', 'team_group'] as const;

/**
 * A concentration was computed for each team, each group and the organisation. Which of them a question is about
 * follows from what it names; rows of different levels hold the same load and never stand together.
 */
export function levelConditions(
  metric: MetricDefinition,
  groups: readonly Dimension[],
  choices: ReadonlyMap<Dimension, Choice>,
): string[] {
  if (metric.aggregate.kind !== 'concentration') return [];
  let level = "'organisation'";
  // From the widest to the narrowest, so that the narrowest that is named decides.
  for (const name of [...levels].reverse()) {
    const choice = choices.get(name);
    if (groups.includes(name) || choice?.isOpen === false) level = `'${name}'`;
    else if (choice) level = `if(${choice.isAll}, ${level}, '${name}')`;
  }
  return [`${column('level')} = ${level}`];
}
