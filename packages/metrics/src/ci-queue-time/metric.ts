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
    'not-recorded':
      'GitHub dates the start of a run like its making and lets its jobs wait for a machine: their waiting is in CI run time',
    retry: 'a further attempt keeps the date of the first, so when it was asked for is not known',
  },
  basis: { first: buildWords.basis.first },
  exclusions: [
    {
      what: 'runs of GitHub Actions that began in the second in which they were made: counted, without a value',
      why: 'the run waited for nothing, its jobs may have; zero would say that there are machines enough',
      howToSee: "metrics.ci_queue_time, where gap = 'not-recorded'",
    },
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
    'It ends when the run begins. GitHub Actions mostly begins a run at once and lets its jobs wait for a machine: such ' +
      'runs have no value here, and the waiting is in the run time.',
    'A build that waits for another of its concurrency group, or for an approval, waits on purpose.',
    'Waiting comes in bursts: look at p90 in the busy hours’ pipelines, not at the median of all.',
  ],
});
