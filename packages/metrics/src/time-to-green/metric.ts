import { defineMetric } from '../metric.ts';
import { buildWords } from '../wording/builds.ts';

export const metric = defineMetric({
  id: 'time_to_green',
  category: 'ci',
  title: 'Time to green',
  description: 'How long a pipeline stays red on the default branch before it succeeds again.',
  source:
    'Bellwether’s own. From the end of the first failure after a success to the next success of the same pipeline.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: 'one time that a pipeline of the default branch turned red, however many failures followed',
  at: 'when the build was made that turned it red, so recent periods still gain values',
  aggregate: { kind: 'distribution' },
  history: 'window',
  dimensions: buildWords.dimensions,
  gaps: {
    'still-red': 'no build of the pipeline has succeeded since',
    negative: buildWords.gaps.negative,
  },
  pending: { gaps: ['still-red'], since: 'red_at' },
  basis: { 'next-success': 'the next build of the same pipeline on the default branch that succeeded' },
  exclusions: [
    {
      what: 'further failures while it is red',
      why: 'they belong to the same red time',
      howToSee: "facts.builds, where is_default_branch and result = 'failure'",
    },
    {
      what: 'builds of other branches and of pull requests',
      why: 'they stop their author, not everybody',
      howToSee: 'facts.builds, where not is_default_branch',
    },
  ],
  coverage: 'of the red times that began in the period: those that are over',
  drillDown: ['build_id', 'attempt', 'sha', 'red_at'],
  requires: buildWords.requires,
  howItMisleads: [
    'A nightly pipeline is green again the next night at the earliest, however quickly it was mended.',
    'A flaky failure is "mended" by the next run that nobody changed anything for: read it with the flaky run rate.',
    'Nobody may have looked: weekends and nights count, as for every clock on the wall.',
    'A pipeline that was given up stays red for ever. It lowers the coverage of the period it turned red in, no more.',
  ],
});
