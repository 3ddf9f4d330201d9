import { defineMetric } from '../metric.ts';

export const metric = defineMetric({
  id: 'source_freshness',
  category: 'data-quality',
  title: 'Source freshness',
  description: 'How long ago each source was last read, for each repository.',
  source:
    'Bellwether’s own: a quiet week and a week that nobody collected look the same in every other figure.',
  unit: 'sources',
  direction: 'neither',
  grain:
    'one run of a source over a repository or organisation, standing until the next one that brought something',
  at: 'when the run finished; so the age at the end of a period is how old the data were',
  aggregate: { kind: 'snapshot' },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'source'],
  gaps: { 'never-read': 'no run has brought anything yet; it was first tried at that time' },
  basis: {
    ok: 'everything was read',
    partial: 'some of it could not be read, so part of it is older',
  },
  exclusions: [
    {
      what: 'runs that failed, were cancelled or never ended',
      why: 'they made nothing fresher',
      howToSee: "ops.collector_runs, where status not in ('ok', 'partial')",
    },
  ],
  coverage: 'of the sources and repositories that were tried: those that were read at least once',
  drillDown: ['target', 'source'],
  requires: [],
  howItMisleads: [
    'A repository that was deleted or is no longer collected gets older for ever.',
    'A run that found nothing new makes data fresh as well: it looked.',
    'A clone is only as fresh as its last fetch, which no run can know.',
    'A run of an organisation belongs to no repository: it stands under the source alone.',
  ],
});
