import type { Dimension, Variables } from '@bellwether/metrics';
import type { VariableName } from './spec.ts';

/** Variables that narrow a dimension, the widest first: each offers what the wider ones leave. */
export const narrowing: readonly { variable: VariableName; dimension: Dimension; label: string }[] = [
  { variable: 'group', dimension: 'team_group', label: 'Group' },
  { variable: 'team', dimension: 'team', label: 'Team' },
  { variable: 'service', dimension: 'service', label: 'Service' },
  { variable: 'repository', dimension: 'repo', label: 'Repository' },
  { variable: 'environment', dimension: 'environment', label: 'Environment' },
];

/** The variables of a dashboard as the compiler takes them. */
export function variablesOf(names: readonly VariableName[]): Variables {
  return Object.fromEntries(
    narrowing.flatMap(({ variable, dimension }) => (names.includes(variable) ? [[dimension, variable]] : [])),
  );
}

/** The variable that a click on a name of this dimension sets. */
export function variableOf(dimension: string): VariableName | undefined {
  return narrowing.find((each) => each.dimension === dimension)?.variable;
}

/** How a column is headed. */
export function dimensionTitle(name: string): string {
  const known = narrowing.find(({ dimension }) => dimension === name);
  if (known) return known.label;
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
