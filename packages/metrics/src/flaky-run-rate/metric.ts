import { defineMetric } from '../metric.ts';
import { buildWords } from '../wording/builds.ts';

const { unfinished, cancelled, 'no-verdict': noVerdict } = buildWords.gaps;

export const metric = defineMetric({
  id: 'flaky_run_rate',
  category: 'ci',
  title: 'Flaky run rate',
  description: 'The share of builds that failed although the same pipeline succeeded on the same revision.',
  source:
    'Bellwether’s own. Same revision, other result; any attempt or run of the pipeline can be the witness.',
  unit: 'ratio',
  direction: 'lower-is-better',
  grain: buildWords.grain,
  at: `${buildWords.at}; the witness can come later, so a period’s rate can still rise`,
  aggregate: { kind: 'ratio', numerator: 'flaky attempts', denominator: 'attempts with a verdict' },
  history: 'window',
  dimensions: buildWords.dimensions,
  gaps: { unfinished, cancelled, 'no-verdict': noVerdict },
  basis: buildWords.basis,
  exclusions: [
    {
      what: 'attempts that were cancelled, skipped, or ended without a verdict: counted, without a value',
      why: 'they say nothing of the revision',
      howToSee: "metrics.flaky_run_rate, where gap IN ('cancelled', 'no-verdict')",
    },
  ],
  coverage: 'of the attempts of the period: those that ended in a verdict',
  drillDown: buildWords.drillDown,
  requires: buildWords.requires,
  howItMisleads: [
    'It is a floor: a flaky failure that nobody ran again on the same revision looks like any other.',
    'A team that pushes an empty commit instead of running again has no flakes here.',
    'Not only tests are flaky. A registry that does not answer, or a secret that was put right between two attempts, ' +
      'looks the same.',
    'One flaky test in a large suite makes many runs flaky: it counts runs, not causes.',
  ],
});
