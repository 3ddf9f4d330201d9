import { dimensionName, type ReportScope, scopeDimensions } from '@bellwether/metrics';
import { shellWord } from '../terminal/command-name.ts';

/** What a report is about, as its title: `The whole company`, `team acme/web`, `github.com/acme/shop`. */
export function scopeName(scope: ReportScope): string {
  const parts = scopeDimensions.flatMap((dimension) => {
    const names = scope[dimension];
    if (names === undefined) return [];
    return dimension === 'repo' ? [names.join(', ')] : [`${dimensionName(dimension)} ${names.join(', ')}`];
  });
  return parts.length === 0 ? 'The whole company' : parts.join(' · ');
}

/** The flags that ask for a scope again. */
export function scopeFlags(scope: ReportScope): string {
  return scopeDimensions
    .flatMap((dimension) =>
      (scope[dimension] ?? []).map((name) => ` --${flagOf(dimension)} ${shellWord(name)}`),
    )
    .join('');
}

/** `group` for `team_group`. */
export function flagOf(dimension: (typeof scopeDimensions)[number]): string {
  return dimension === 'team_group' ? 'group' : dimension;
}
