import { defineMetric } from '../metric.ts';
import { buildWords } from '../wording/builds.ts';

const { unfinished, 'not-started': notStarted, negative } = buildWords.gaps;

export const metric = defineMetric({
  id: 'ci_cost',
  category: 'ci',
  title: 'CI cost',
  description: 'What builds cost: their minutes times the configured price of a minute.',
  source:
    'Bellwether’s own. Prices stand in the configuration under `ci.prices`, the currency in `ci.currency`.',
  unit: 'money',
  direction: 'neither',
  grain: buildWords.grain,
  at: buildWords.at,
  aggregate: { kind: 'sum' },
  history: 'window',
  dimensions: buildWords.dimensions,
  gaps: {
    'no-price': 'no price per minute is configured for its provider and pipeline',
    unfinished,
    'not-started': notStarted,
    negative,
  },
  basis: buildWords.basis,
  exclusions: [
    {
      what: 'builds without a price: counted, without a value',
      why: 'not known is not free; a price of 0 says free',
      howToSee: "metrics.ci_cost, where gap = 'no-price'",
    },
  ],
  coverage: 'of the attempts of the period: those with a price and a known run time',
  drillDown: buildWords.drillDown,
  requires: buildWords.requires,
  howItMisleads: [
    'It multiplies the run time of a build by one price. Ten jobs side by side are billed ten times, rounded up to ' +
      'minutes each: choose the price accordingly, or read the bill.',
    'Where only some pipelines have a price the sum is a part that looks like the whole: look at the coverage.',
    'Today’s prices are taken for all years.',
    'Waiting people cost more than machines; that is not in it.',
  ],
});
