import { expect, it } from 'vitest';
import { doraFigures } from './true-figures.ts';

const day = 86_400_000;
const deployment = {
  repository: 'shop',
  service: 'shop',
  isFailure: false,
  isRework: false,
  recoverySeconds: null,
};

it('counts, sorts and divides', () => {
  const figures = doraFigures({
    deployments: [
      { ...deployment, finishedAt: 3 * day, isRework: true },
      { ...deployment, finishedAt: 1 * day },
      { ...deployment, finishedAt: 2 * day, isFailure: true, recoverySeconds: 43_200 },
      { ...deployment, finishedAt: 4 * day, isFailure: true },
    ],
    deliveries: [1, 2, 6].map((days) => ({
      repository: 'shop',
      change: `#${String(days)}`,
      service: 'shop',
      deployedAt: 9 * day,
      leadSeconds: days * 86_400,
    })),
  });
  // 2 of 4 failed, 1 of 4 was rework; of 1, 2 and 6 days the middle one is 2; half a day, 12 hours, for the one recovery.
  expect(figures).toMatchObject({
    'Deployment frequency': { figure: '4 deployments' },
    'Change lead time': { figure: '2.00 d (n 3)' },
    'Change fail rate': { figure: '50.00% (2 of 4)' },
    'Failed deployment recovery time': {
      figure: '12.00 h (n 1)',
      items: ['shop shop 1970-01-03T00:00:00.000Z 43200 s', 'shop shop 1970-01-05T00:00:00.000Z open'],
    },
    'Deployment rework rate': { figure: '25.00% (1 of 4)', items: ['shop shop 1970-01-04T00:00:00.000Z'] },
  });
});
