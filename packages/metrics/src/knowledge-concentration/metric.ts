import { defineMetric } from '../metric.ts';
import { commitStreams } from '../wording/deployments.ts';

export const metric = defineMetric({
  id: 'knowledge_concentration',
  category: 'review',
  title: 'Knowledge concentration',
  description:
    'The bus factor of the paths of a repository: how few people made more than half of the changes of a year.',
  source:
    'Bellwether’s own, after the bus factor of the literature; counted in merged changes, not in lines.',
  unit: 'people',
  direction: 'higher-is-better',
  grain:
    'one path and quarter: the whole repository (/), the directories of its first two levels, and the paths of services',
  at: 'a day into the quarter at whose end it holds; ask by quarter',
  aggregate: { kind: 'distribution' },
  dimensions: ['repo', 'service', 'team', 'team_group', 'path'],
  gaps: {},
  basis: { changes: 'the changes of the year before the end of the quarter' },
  exclusions: [
    {
      what: 'paths with fewer than ten changes in the year',
      why: 'of three changes two by one person say nothing',
      howToSee: 'facts.changes and the paths of domain.commits',
    },
    {
      what: 'changes by bots, and changes of which the paths are not known',
      why: 'a bot knows nothing; and nobody can say where the others belong',
      howToSee: 'facts.changes, where is_bot',
    },
  ],
  coverage: 'all paths that people changed ten times or more in the year',
  drillDown: ['quarter_start', 'path', 'change_count', 'contributor_count'],
  requires: [commitStreams],
  howItMisleads: [
    'In a small team everybody knows who stands behind a path of one: it is the path that needs help, not the person.',
    'Whoever changes much need not know it best, and whoever reviewed everything is not counted.',
    'A directory and the one below it are both rows: the same people stand behind both.',
    'A median of three hides the path of one. Ask which share of the paths is at most 1, or look at the list.',
    'A window of several quarters holds each path once per quarter: ask by quarter.',
    'A path that is finished has no changes, and so no row, however few people still know it.',
  ],
});
