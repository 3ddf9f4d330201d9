import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { computePullRequestFacts } from './compute-pull-request-facts.ts';
import { inputOf } from './testing/worked-example.ts';

/** The page that explains stages. Its numbers were worked out by hand; here the program is held against them. */
const page = readFileSync(new URL('../../../../docs/stages.md', import.meta.url), 'utf8');

interface Example {
  name: string;
  story: string;
  /** `wall (working)` in seconds, or `–`. */
  durations: string[];
  gap: string;
}

const examples: Example[] = page
  .split('\n')
  .filter((line) => line.startsWith('|') && line.includes(' · '))
  .map((line) => {
    const [name = '', story = '', ...rest] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    return { name, story, durations: rest.slice(0, 6), gap: (rest[6] ?? '').replaceAll('`', '') };
  });

describe('the worked examples of docs/stages.md', () => {
  it('are all read', () => {
    expect(examples.length).toBeGreaterThanOrEqual(25);
  });

  it.each(examples)('$name', ({ story, durations, gap }) => {
    const {
      pullRequests: [row],
      findings,
    } = computePullRequestFacts(inputOf(story));
    if (row === undefined) throw new Error('no row');
    const shown = (wall: number | null, working: number | null): string =>
      wall === null || working === null ? '–' : `${String(wall)} (${String(working)})`;
    expect([
      shown(row.coding_seconds, row.coding_business_seconds),
      shown(row.pickup_seconds, row.pickup_business_seconds),
      shown(row.review_seconds, row.review_business_seconds),
      shown(row.merge_wait_seconds, row.merge_wait_business_seconds),
      shown(row.deploy_seconds, row.deploy_business_seconds),
      shown(row.cycle_seconds, row.cycle_business_seconds),
    ]).toEqual(durations);
    expect(row.cycle_gap).toBe(gap);
    expect(findings.map(({ kind }) => kind)).toEqual(gap === 'negative' ? ['negative-stage'] : []);
  });

  it.each(examples.filter(({ durations }) => !durations.includes('–')))(
    '$name: the stages as written add up to the cycle as written',
    ({ durations }) => {
      const numbers = durations.map((cell) => /^(\d+) \((\d+)\)$/.exec(cell)?.slice(1).map(Number) ?? []);
      const cycle = numbers.at(-1);
      const sums = [0, 1].map((clock) =>
        numbers.slice(0, -1).reduce((sum, pair) => sum + (pair[clock] ?? NaN), 0),
      );
      expect(sums).toEqual(cycle);
    },
  );
});
