import fc from 'fast-check';
import type { MetricDefinition } from '../src/metric.ts';
import { instant, timeZone } from './instants.ts';
import type { ReferenceRequest } from './reference.ts';

export const services = ['api', "o'web\\", 'jobs\n'] as const;
export const teams = ['', 'red', 'blue'] as const;
export const environments = ['production', 'production-eu'] as const;

const some = (names: readonly string[]): fc.Arbitrary<string[] | undefined> =>
  fc.option(fc.subarray([...names, 'nobody'], { minLength: 1 }), { nil: undefined, freq: 2 });

/**
 * Any question that the metric can answer about one or two of the repositories.
 *
 * @param instantsOf a repository's rows: a window that ends exactly with one of them is where mistakes show
 */
export function requestFor(
  metric: MetricDefinition,
  repos: readonly string[],
  instantsOf: (repo: string) => readonly number[],
): fc.Arbitrary<ReferenceRequest> {
  const knows = (name: string): boolean => metric.dimensions.some((each) => each === name);
  return fc
    .subarray([...repos], { minLength: 1, maxLength: 2 })
    .chain((repo) =>
      fc.record({
        repo: fc.constant(repo),
        ends: windowAround(repo.flatMap(instantsOf)),
        grain: fc.constantFrom('week', 'month', 'quarter', 'whole'),
        timeZone,
        service: knows('service') ? some(services) : fc.constant(undefined),
        team: some(teams),
        environment: knows('environment') ? some(environments) : fc.constant(undefined),
        bots: fc.constantFrom('exclude', 'include', ...(knows('is_bot') ? (['only'] as const) : [])),
        groupBy: fc.shuffledSubarray([...metric.dimensions], { maxLength: 3 }),
      }),
    )
    .map(({ ends, grain, timeZone: zone, repo, service, team, environment, bots, groupBy }) => ({
      period: { since: Math.min(...ends), until: Math.max(...ends), grain, timeZone: zone },
      filters: {
        repo,
        ...(service && { service }),
        ...(team && { team }),
        ...(environment && { environment }),
        bots,
      },
      groupBy: [...groupBy],
    }));
}

function windowAround(instants: readonly number[]): fc.Arbitrary<[number, number]> {
  const end = instants.length === 0 ? instant : fc.oneof(instant, fc.constantFrom(...instants));
  return fc.tuple(end, end).filter(([one, other]) => one !== other);
}
