import fc from 'fast-check';
import type { MetricDefinition } from '../src/metric.ts';
import { instant, timeZone } from './instants.ts';
import { type ReferenceRequest, type ReferenceRow, wordsOf } from './reference.ts';

export const services = ['api', "o'web\\", 'jobs\n'] as const;
export const teams = ['', 'red', 'blue', '(withheld)'] as const;
export const teamGroups = ['', 'makers', 'menders'] as const;
export const environments = ['production', 'production-eu'] as const;

/**
 * Any question that the metric can answer about one or two of the repositories; about all where it knows none.
 *
 * @param rowsOf a repository's rows: names to filter by come from them, and a window that ends exactly with one of
 *   them is where mistakes show
 */
export function requestFor(
  metric: MetricDefinition,
  repos: readonly string[],
  rowsOf: (repo: string) => readonly ReferenceRow[],
): fc.Arbitrary<ReferenceRequest> {
  const knows = (name: string): boolean => metric.dimensions.some((each) => each === name);
  const names = knows('repo') ? [...metric.dimensions, 'organisation'] : [...metric.dimensions];
  const chosen = knows('repo') ? fc.subarray([...repos], { minLength: 1, maxLength: 2 }) : fc.constant(null);
  return chosen
    .chain((repo) => {
      const rows = (repo ?? repos).flatMap(rowsOf);
      return fc.record({
        repo: fc.constant(repo),
        ends: windowAround(rows.flatMap(({ at, endsAt }) => (endsAt == null ? [at] : [at, endsAt]))),
        grain: fc.constantFrom('week', 'month', 'quarter', 'whole'),
        timeZone,
        choices: someChoices(
          names.filter((name) => !['repo', 'is_bot', 'is_draft'].includes(name)),
          rows,
        ),
        bots: fc.constantFrom('exclude', 'include', ...(knows('is_bot') ? (['only'] as const) : [])),
        groupBy: fc.shuffledSubarray([...new Set(names)], { maxLength: Math.min(3, names.length) }),
        clock: fc.constantFrom('wall', ...(metric.hasBusinessHours ? (['business'] as const) : [])),
        keeps: someLimit(metric, rows),
      });
    })
    .map(({ ends, grain, timeZone: zone, repo, choices, keeps, ...rest }) => ({
      period: { since: Math.min(...ends), until: Math.max(...ends), grain, timeZone: zone },
      filters: { ...(repo && { repo }), ...choices, bots: rest.bots },
      groupBy: rest.groupBy,
      clock: rest.clock,
      ...(keeps && { keeps }),
    }));
}

/** Filters on at most two dimensions, each on some of the names that there are and on one that nobody has. */
function someChoices(
  dimensions: readonly string[],
  rows: readonly ReferenceRow[],
): fc.Arbitrary<Record<string, string[]>> {
  return fc.subarray([...dimensions], { maxLength: Math.min(2, dimensions.length) }).chain((names) =>
    fc.record(
      Object.fromEntries(
        names.map((name) => [
          name,
          fc.subarray([...new Set([...rows.flatMap((row) => wordsOf(row, name)), 'nobody'])], {
            minLength: 1,
          }),
        ]),
      ),
    ),
  );
}

/** A limit that could be kept, often one that a row meets exactly. */
function someLimit(
  { aggregate }: MetricDefinition,
  rows: readonly ReferenceRow[],
): fc.Arbitrary<ReferenceRequest['keeps']> {
  if (aggregate.kind !== 'distribution' && aggregate.kind !== 'snapshot') return fc.constant(undefined);
  const values = rows.flatMap(({ value }) => (value === null || value < 0 ? [] : [value]));
  const limit = fc.oneof(
    fc.integer({ min: 0, max: 20_000_000 }),
    ...(values.length > 0 ? [fc.constantFrom(...values)] : []),
  );
  return fc.option(
    fc.oneof(
      limit.map((atMost) => ({ atMost })),
      fc.tuple(limit, fc.integer({ min: 0, max: 40_000_000 })).map(([atMost, more]) => ({
        ...{ atMost, overdueAfter: atMost + more },
      })),
    ),
    { nil: undefined, freq: 1 },
  );
}

function windowAround(instants: readonly number[]): fc.Arbitrary<[number, number]> {
  const end = instants.length === 0 ? instant : fc.oneof(instant, fc.constantFrom(...instants));
  return fc.tuple(end, end).filter(([one, other]) => one !== other);
}
