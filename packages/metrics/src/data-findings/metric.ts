import { defineMetric } from '../metric.ts';

export const metric = defineMetric({
  id: 'data_findings',
  category: 'data-quality',
  title: 'Data findings',
  description:
    'What is wrong with the data, by kind: whatever a figure had to leave out. Each one says how to mend it.',
  source: 'Bellwether’s own: nothing that was left out stays silent.',
  unit: 'findings',
  direction: 'lower-is-better',
  grain: 'one thing that is wrong with the data',
  at: 'when it was found, or when what is said of it last changed',
  aggregate: { kind: 'snapshot' },
  dimensions: ['repo', 'service', 'team', 'team_group', 'finding'],
  gaps: {},
  basis: {},
  exclusions: [
    {
      what: 'what has been mended since',
      why: 'facts are computed anew, and the finding goes, also for the past',
      howToSee: 'nowhere: it is not kept',
    },
    {
      what: 'what could not be read at all',
      why: 'that is known before anything is computed',
      howToSee: 'the metric truncations',
    },
  ],
  coverage: 'always whole: each finding is one row with a value',
  drillDown: ['finding', 'entity', 'fix'],
  requires: [],
  howItMisleads: [
    'None can mean that nothing was computed: read it beside source_freshness.',
    'One finding can stand for one commit, or for every author without a team: it counts things, not their weight.',
    'The past is what still stands of it today.',
  ],
});
