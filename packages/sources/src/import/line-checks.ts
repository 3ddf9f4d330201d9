import { type Instant, isRealistic } from '@bellwether/core';
import { cleanSubject } from '../git/commit-message.ts';
import type { FieldProblem, MapContext } from './import-kind.ts';

/** The repository of a line: the one it names, the one given for all lines, else the one whose service it names. */
export function repoOfLine(
  line: { repo?: string | undefined; service?: string | undefined },
  { places, defaultRepo }: MapContext,
): string | FieldProblem {
  if (line.repo !== undefined) {
    return (
      places.repoOf(line.repo) ?? {
        field: 'repo',
        problem: 'names no repository for certain; write <host>/<owner>/<name>',
      }
    );
  }
  if (defaultRepo !== null) return defaultRepo;
  const owner = line.service === undefined ? null : places.repoOfService(line.service);
  return (
    owner ?? {
      field: 'repo',
      problem: 'is missing; name it, give --repo, or put the service into the catalogue of bellwether.yaml',
    }
  );
}

/** Dates that nobody can believe, and those that end before they begin. */
export function dateProblems(
  dates: readonly (readonly [field: string, at: Instant | undefined])[],
  now: Instant,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  let before: readonly [field: string, at: Instant] | null = null;
  for (const [field, at] of dates) {
    if (at === undefined) continue;
    if (!isRealistic(at, now)) problems.push({ field, problem: 'is before 1970 or in the future' });
    else if (before !== null && at < before[1]) problems.push({ field, problem: `is before ${before[0]}` });
    before = [field, at];
  }
  return problems;
}

/** A title as it may be stored: one line, no control characters, no addresses of people. */
export function cleanTitle(text: string): string {
  return cleanSubject(text.replace(/\s+/g, ' ').trim());
}
