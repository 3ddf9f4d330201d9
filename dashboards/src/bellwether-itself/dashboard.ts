import { parts, rows, stat, text, trend } from '../lib/panels.ts';
import { defineDashboard } from '../lib/spec.ts';

const HERE = 'bellwether-itself';

export const dashboard = defineDashboard(() => ({
  id: HERE,
  title: 'Bellwether itself',
  question: 'Does Bellwether collect what it should, and soon enough?',
  audience: 'those who run it',
  from: 'now-7d',
  variables: ['repository'],
  annotations: [],
  rows: [
    {
      key: 'lag',
      title: 'Collectors and their lag',
      panels: [
        stat('source_freshness', {
          width: 4,
          title: 'Sources read',
          about: 'Repositories and organisations times sources.',
        }),
        stat('source_freshness', {
          key: 'source_freshness-age',
          title: 'Half of them were read within',
          width: 4,
          measure: 'age',
        }),
        stat('source_freshness', {
          key: 'source_freshness-age-p90',
          title: 'Nine in ten were read within',
          width: 4,
          measure: 'age',
          percentile: 'p90',
        }),
        trend('source_freshness', {
          width: 12,
          title: 'Age of the data at the end of each week',
          measure: 'age',
          isSpread: true,
        }),
        parts('source_freshness', 'source', { width: 12, measure: 'age', leadsTo: HERE }),
        rows('source_freshness', { width: 12, title: 'When each was last read' }),
      ],
    },
    {
      key: 'errors',
      title: 'What went wrong',
      panels: [
        stat('truncations', { width: 4 }),
        parts('truncations', 'finding', { width: 20, height: 7, leadsTo: 'trust-in-the-numbers' }),
        rows('truncations', { width: 24, title: 'What could not be read in full, and how to mend it' }),
      ],
    },
    {
      key: 'server',
      title: 'Quota, queries and memory',
      panels: [
        text(
          'server-metrics',
          'Where the rest is',
          'The quota of GitHub, schedules, queries, errors and memory change by the second and are not in the ' +
            'warehouse. `bellwether serve` has them at `/metrics` for Prometheus, and `bellwether doctor` says them once.',
          { width: 24, height: 4 },
        ),
      ],
    },
  ],
}));
