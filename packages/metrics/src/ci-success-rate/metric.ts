import { defineMetric } from '../metric.ts';
import { buildWords } from '../wording/builds.ts';

const { unfinished, cancelled, 'no-verdict': noVerdict } = buildWords.gaps;

export const metric = defineMetric({
  id: 'ci_success_rate',
  category: 'ci',
  title: 'CI success rate',
  description:
    'The share of builds of the default branch that succeed: how often what everybody builds on is sound.',
  source: 'Bellwether’s own. Succeeded attempts ÷ attempts that succeeded or failed, on the default branch.',
  unit: 'ratio',
  direction: 'higher-is-better',
  grain: `${buildWords.grain}, on the default branch`,
  at: buildWords.at,
  aggregate: { kind: 'ratio', numerator: 'succeeded attempts', denominator: 'attempts with a verdict' },
  history: 'window',
  dimensions: buildWords.dimensions,
  gaps: { unfinished, cancelled, 'no-verdict': noVerdict },
  basis: buildWords.basis,
  exclusions: [
    {
      what: 'builds of other branches and of pull requests',
      why: 'a failure there is the pipeline doing its work',
      howToSee: 'facts.builds, where not is_default_branch',
    },
    {
      what: 'attempts that were cancelled, skipped, or ended without a verdict: counted, without a value',
      why: 'they say nothing of the revision',
      howToSee: "metrics.ci_success_rate, where gap IN ('cancelled', 'no-verdict')",
    },
  ],
  coverage: 'of the attempts of the period on the default branch: those that ended in a verdict',
  drillDown: buildWords.drillDown,
  requires: buildWords.requires,
  howItMisleads: [
    'A flaky failure and its successful retry are two attempts, one of each: read it with the flaky run rate.',
    'A pipeline that tests nothing always succeeds.',
    'A nightly run that has been broken for a year and a build of every push count alike: ask by pipeline.',
    'A rate of 90% with forty builds a day is a broken branch four times a day: read it with the time to green.',
  ],
});
