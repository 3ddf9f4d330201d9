import { defineMetric } from '../metric.ts';
import { buildWords } from '../wording/builds.ts';

const { unfinished, 'not-started': notStarted, negative } = buildWords.gaps;

export const metric = defineMetric({
  id: 'ci_queue_time',
  category: 'ci',
  title: 'CI queue time',
  description: 'How long a build waits before it begins.',
  source: 'Bellwether’s own. From the creation of the run to its start, as the CI system dates them.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: buildWords.grain,
  at: buildWords.at,
  aggregate: { kind: 'distribution' },
  history: 'window',
  dimensions: buildWords.dimensions,
  gaps: {
    unfinished,
    'not-started': notStarted,
    negative,
    retry: 'a further attempt keeps the date of the first, so when it was asked for is not known',
  },
  basis: { first: buildWords.basis.first },
  exclusions: [
    {
      what: 'further attempts: counted, without a value',
      why: 'they would seem to have waited since the first attempt was made',
      howToSee: "metrics.ci_queue_time, where gap = 'retry'",
    },
  ],
  coverage: 'of the attempts of the period: those that began and are dated so that their waiting is known',
  drillDown: buildWords.drillDown,
  requires: buildWords.requires,
  howItMisleads: [
    'It ends when the run begins. A system that begins a run at once and lets its jobs wait for a machine, as GitHub ' +
      'Actions mostly does, shows seconds here; the waiting is then in the run time.',
    'A build that waits for another of its concurrency group, or for an approval, waits on purpose.',
    'Waiting comes in bursts: look at p90 in the busy hours’ pipelines, not at the median of all.',
  ],
});
