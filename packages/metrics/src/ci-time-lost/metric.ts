import { defineMetric } from '../metric.ts';
import { buildWords } from '../wording/builds.ts';

const { unfinished, 'not-started': notStarted, negative } = buildWords.gaps;

export const metric = defineMetric({
  id: 'ci_time_lost',
  category: 'ci',
  title: 'CI time lost',
  description: 'Run time of builds that told nothing: flaky failures, and attempts that only failed again.',
  source: 'Bellwether’s own.',
  unit: 'seconds',
  direction: 'lower-is-better',
  grain: buildWords.grain,
  at: buildWords.at,
  aggregate: { kind: 'sum' },
  history: 'window',
  dimensions: buildWords.dimensions,
  gaps: { unfinished, 'not-started': notStarted, negative },
  basis: {
    flaky: 'it failed, and the same pipeline succeeded on the same revision',
    'failed-again': 'a further attempt that failed as well',
    'not-lost': 'it told something, so nothing of it is lost: 0 s',
  },
  exclusions: [
    {
      what: 'the attempt that succeeds after a flaky failure',
      why: 'without the flake it would have been the only one: counting both would count the loss twice',
      howToSee: "facts.builds, where is_retry and result = 'success'",
    },
    {
      what: 'cancelled attempts: 0 s',
      why: 'most are cancelled because a newer revision was pushed, which is saving, not loss',
      howToSee: "facts.builds, where result = 'cancelled'",
    },
  ],
  coverage: 'of the attempts of the period: those of which it is known how much was lost, mostly nothing',
  drillDown: buildWords.drillDown,
  requires: buildWords.requires,
  howItMisleads: [
    'It is a floor, as the flaky run rate is: a flaky failure that nobody ran again does not count.',
    'It is the time that builds ran, not that people waited: at night nobody does.',
    'It grows with the number of builds. For a comparison of teams or years ask for the flaky run rate.',
    'Jobs that run side by side count once, so it is less than the time of the machines.',
  ],
});
