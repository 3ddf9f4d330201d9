import { defineMetric } from '../metric.ts';
import { buildWords } from '../wording/builds.ts';

export const metric = defineMetric({
  id: 'ci_retry_rate',
  category: 'ci',
  title: 'CI retry rate',
  description:
    'The share of the attempts of builds that run one again: how often people do not believe the first answer.',
  source: 'Bellwether’s own. Attempts after the first ÷ all attempts.',
  unit: 'ratio',
  direction: 'lower-is-better',
  grain: buildWords.grain,
  at: buildWords.at,
  aggregate: { kind: 'ratio', numerator: 'further attempts', denominator: 'attempts' },
  history: 'window',
  dimensions: buildWords.dimensions,
  gaps: {},
  basis: buildWords.basis,
  exclusions: [
    {
      what: 'a new run of the same revision, where the CI system does not call it an attempt of the first',
      why: 'a push to two branches, a tag and a schedule make such runs as well',
      howToSee: 'facts.builds, by pipeline and sha',
    },
  ],
  coverage: 'all attempts of the period: each is either the first or not',
  drillDown: buildWords.drillDown,
  requires: buildWords.requires,
  howItMisleads: [
    'Running again only the jobs that failed is one attempt, as is running all of them.',
    'A retry inside a job (a test that is tried three times) is not seen at all.',
    'Not every retry is distrust: a secret was missing, a machine went away.',
    'It is a share of attempts: one build that was tried five times weighs as much as four that were tried twice.',
  ],
});
