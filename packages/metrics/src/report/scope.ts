import { usageError } from '@bellwether/core';
import type { MetricDefinition } from '../metric.ts';
import { askable } from '../query/plan.ts';
import type { QueryRequest } from '../query/request.ts';

/** What a company is divided by, the largest first. */
export const scopeDimensions = ['organisation', 'team_group', 'team', 'service', 'repo'] as const;
export type ScopeDimension = (typeof scopeDimensions)[number];

/** What a report is about: names that hold together. Empty: the whole company. */
export type ReportScope = Readonly<Partial<Record<ScopeDimension, readonly string[]>>>;

/** A scope as filters, whatever the metric knows. */
export function scopeNames(scope: ReportScope): Partial<Record<ScopeDimension, string[]>> {
  return Object.fromEntries(
    scopeDimensions.flatMap((dimension) => {
      const chosen = scope[dimension];
      return chosen === undefined || chosen.length === 0 ? [] : [[dimension, [...chosen]]];
    }),
  );
}

/** The filters of a scope for one metric; null where the metric does not know what it is divided by. */
export function scopeFilters(
  scope: ReportScope,
  metric: Pick<MetricDefinition, 'dimensions'>,
): NonNullable<QueryRequest['filters']> | null {
  const known: readonly string[] = askable(metric);
  const names = scopeNames(scope);
  return Object.keys(names).every((dimension) => known.includes(dimension)) ? names : null;
}

/** The one repository that a report is about; null for anything larger, or a part of it. */
export function onlyRepository({ repo, ...others }: ReportScope): string | null {
  const [only, second] = repo ?? [];
  const isNarrowed = Object.values(others).some((names) => names !== undefined);
  return only !== undefined && second === undefined && !isNarrowed ? only : null;
}

/** By what a scope is shown side by side: the first of these of which it holds several. */
export function partDimensions(scope: ReportScope): readonly ScopeDimension[] {
  if (scope.service !== undefined || scope.repo !== undefined) return ['service'];
  if (scope.team !== undefined) return scope.team.length > 1 ? ['team'] : ['service', 'repo'];
  if (scope.team_group !== undefined) {
    return scope.team_group.length > 1 ? ['team_group'] : ['team', 'service', 'repo'];
  }
  return ['team_group', 'organisation', 'team', 'repo'];
}

const names: Readonly<Record<ScopeDimension, string>> = {
  organisation: 'organisation',
  team_group: 'group',
  team: 'team',
  service: 'service',
  repo: 'repository',
};

/** `team`, `group`, … as people say it. */
export function dimensionName(dimension: ScopeDimension): string {
  return names[dimension];
}

/**
 * Nothing can be shown under a name. Whether it does not exist, did nothing yet or is too small to be shown must not be
 * told from the answer: it is the same for all three.
 */
export function cannotBeShown(dimension: ScopeDimension, name: string, shown: readonly string[]): Error {
  const reason =
    dimension === 'organisation' || dimension === 'repo'
      ? 'nothing is known of it'
      : 'nothing is known of it, or it has too few people to be shown';
  const known = shown.filter((each) => each !== '' && !each.startsWith('('));
  return usageError(
    `${dimension.replaceAll('_', '-')}-unknown`,
    `There is no figure for the ${dimensionName(dimension)} "${name.slice(0, 200)}": ${reason}.`,
    known.length === 0
      ? `Leave --${dimension === 'team_group' ? 'group' : dimension} out.`
      : `Known are: ${known.slice(0, 30).join(', ')}${known.length > 30 ? ` and ${String(known.length - 30)} more` : ''}`,
  );
}
