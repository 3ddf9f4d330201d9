import { defineMetric } from '../metric.ts';
import { buildWords } from '../wording/builds.ts';

export const metric = defineMetric({
  id: 'ci_run_time',
  category: 'ci',
  title: 'CI run time',
  description: 'How long a build runs until it says whether the revision is good.',
  source: 'Bellwether’s own. From the start of the run to its end, as the CI system dates them.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: buildWords.grain,
  at: buildWords.at,
  aggregate: { kind: 'distribution' },
  history: 'window',
  dimensions: buildWords.dimensions,
  gaps: buildWords.gaps,
  basis: buildWords.basis,
  exclusions: [
    {
      what: 'attempts that were cancelled, skipped, or ended without a verdict: counted, without a value',
      why: 'they end early, and would make builds look quick',
      howToSee: "metrics.ci_run_time, where gap IN ('cancelled', 'no-verdict')",
    },
  ],
  coverage: 'of the attempts of the period: those that ran to a verdict, and whose times are known',
  drillDown: buildWords.drillDown,
  requires: buildWords.requires,
  howItMisleads: [
    'A failure often ends early: with many failures the median is short, and nobody is served by it.',
    'Pipelines of two minutes and of two hours have no common median: ask by pipeline.',
    'It is the clock on the wall, not the time of machines: jobs that run side by side count once.',
    'GitHub tells no end of a run. When it last changed stands for that, and can be later.',
  ],
});
