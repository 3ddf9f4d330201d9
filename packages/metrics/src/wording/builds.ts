import type { Dimension } from '../metric.ts';

/** What the metrics of builds say alike, so that the same word always means the same. */
export const buildWords = {
  grain: 'one attempt of a build: running it again is another one',
  at: 'when the build was made; of a further attempt too, because that instant never changes',
  dimensions: [
    'repo',
    'service',
    'team',
    'team_group',
    'provider',
    'pipeline',
  ] as const satisfies readonly Dimension[],
  /** Why an attempt has no time, or no verdict about its revision. */
  gaps: {
    unfinished: 'it is still queued or running, or nobody wrote down its end',
    'not-started': 'it ended without having begun, or nobody wrote down when',
    negative: 'its dates run backwards',
    cancelled: 'it was stopped, which says nothing of the revision',
    'no-verdict': 'it was skipped, or ended without saying whether the revision is good',
  },
  basis: {
    first: 'a first attempt',
    retry: 'a further attempt of the same build',
  },
  drillDown: ['build_id', 'attempt', 'sha', 'result'] as const,
  requires: ['github.builds | import.builds'] as const,
} as const;
