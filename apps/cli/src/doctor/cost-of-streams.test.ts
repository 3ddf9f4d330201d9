import { type MetricDefinition, metrics } from '@bellwether/metrics';
import { githubSource, gitSource, importKinds, streamNeeds } from '@bellwether/sources';
import { describe, expect, it } from 'vitest';
import { costOf } from './cost-of-streams.ts';

/** Places in the catalogue that nothing fills yet. */
const planned = ['bot.findings', 'lint.reports'];

describe('what a metric requires', () => {
  it('is a stream that some source has', () => {
    const streams = new Set([
      ...[gitSource, githubSource].flatMap(({ name, streams }) =>
        streams.map((stream) => `${name}.${stream.name}`),
      ),
      'github-organisation.teams',
      ...Object.keys(importKinds).map((kind) => `import.${kind}`),
      ...planned,
    ]);
    const definitions: readonly MetricDefinition[] = metrics;
    const unknown = definitions.flatMap(({ id, requires }) =>
      requires
        .flatMap((oneOf) => oneOf.split(' | '))
        .filter((stream) => !streams.has(stream))
        .map((stream) => `${id}: ${stream}`),
    );
    expect(unknown).toEqual([]);
  });
});

it('knows for each stream of GitHub which metrics lack data without it', () => {
  for (const { stream } of streamNeeds) expect(costOf([stream]), stream).toMatch(/lack data/);
  expect(costOf(['nothing-such'])).toBe('no metric lacks data');
});
