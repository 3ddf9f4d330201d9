import { defineMetric } from '../metric.ts';

export const metric = defineMetric({
  id: 'truncations',
  category: 'data-quality',
  title: 'Truncations',
  description: 'What the sources could not read in full, by reason, and what to do about it.',
  source: 'Bellwether’s own: what was left out is said.',
  unit: 'findings',
  direction: 'lower-is-better',
  grain: 'one thing that a source could not read in full',
  at: 'when that was last written down',
  aggregate: { kind: 'snapshot' },
  hasManyServices: true,
  dimensions: ['repo', 'service', 'team', 'team_group', 'source', 'finding'],
  gaps: {},
  basis: {
    'shallow-history': 'the clone has only the newest commits: fetch the rest',
    'unrecognised-tag': 'tags match no pattern of git.tags: add one if they are releases',
    'tag-without-commit': 'a tag points to something that is no commit',
    'unreadable-object': 'an object of the repository is missing or damaged: git fsck shows more',
    'cut-list': 'the source lists only part; commits can be read from a clone as well',
    'out-of-reach': 'the source did not answer for part of it: collect again',
    'no-permission': 'the token may not read it: give it the permission that the detail names',
    'count-mismatch': 'the source counts more than it lists: collect again',
  },
  exclusions: [
    {
      what: 'what has been read in full since',
      why: 'the row goes when the gap closes, also for the past',
      howToSee: 'nowhere: it is not kept',
    },
  ],
  coverage: 'always whole: each truncation is one row with a value',
  drillDown: ['source', 'stream', 'entity', 'detail', 'fix'],
  requires: [],
  howItMisleads: [
    'None can mean that nothing was collected: read it beside source_freshness.',
    'One row can stand for one tag, or for a whole history: it counts things, not their size.',
    'The past is what still stands of it today.',
  ],
});
