import { collectorRuns, repositoryFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at, DAY } from '../../test/rows.ts';
import { collectorRun } from '../../test/rows/data-quality.ts';
import { repositoryFact } from '../../test/rows/repositories.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { dataQuality } from '../../test/worlds/data-quality.ts';
import { ofRepository } from '../../test/worlds/repositories.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

describe('source freshness', () => {
  it('is the age of the last run that brought something', async () => {
    const repo = 'fresh/shop';
    const run = { target: repo };
    await warehouse.insert(repositoryFacts, [
      repositoryFact({ repo, observed_at: at('2024-03-04'), service: 'api', team: 'red' }),
    ]);
    await warehouse.insert(collectorRuns, [
      collectorRun({
        ...run,
        run_id: 'f1',
        started_at: at('2024-03-04T11:59'),
        finished_at: at('2024-03-04T12:00'),
      }),
      collectorRun({
        ...run,
        run_id: 'f2',
        started_at: at('2024-03-12T11:00'),
        finished_at: at('2024-03-12T12:00'),
        status: 'partial',
      }),
      collectorRun({ ...run, run_id: 'f3', started_at: at('2024-03-15'), status: 'failed' }),
      collectorRun({ ...run, run_id: 'f4', started_at: at('2024-03-16'), status: 'running' }),
      collectorRun({ ...run, run_id: 'f5', started_at: at('2024-03-06'), source: 'git' }),
    ]);
    const apart = await runQuery(
      warehouse,
      twoWeeks(metric.id, repo, { groupBy: ['source', 'team', 'service'] }),
    );
    // GitHub: 4 March 12:00 to the 11th is 6.5 days, 12 March 12:00 to the 18th 5.5. The clone: a second less than 5, 12.
    expect(
      apart.map((figure) => [
        ...Object.values(figure.group),
        figure.value,
        figure.kind === 'snapshot' && figure.ageSeconds,
        figure.basis,
      ]),
    ).toEqual([
      ['git', 'red', 'api', 1, 5 * DAY - 1, { ok: 1 }],
      ['git', 'red', 'api', 1, 12 * DAY - 1, { ok: 1 }],
      ['github', 'red', 'api', 1, 6.5 * DAY, { ok: 1 }],
      ['github', 'red', 'api', 1, 5.5 * DAY, { partial: 1 }],
    ]);
  });

  it('says what was tried and never read', async () => {
    const run = { target: 'fresh/never', started_at: at('2024-03-05'), status: 'failed' } as const;
    await warehouse.insert(collectorRuns, [collectorRun({ ...run, run_id: 'n1' })]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, 'fresh/never'));
    expect(first).toMatchObject({ value: null, gap: 'never-read', n: 0, total: 1 });
  });

  it('files a run over an organisation under no repository', async () => {
    const run = { target: 'host/acme', source: 'github-organisation' };
    await warehouse.insert(collectorRuns, [
      collectorRun({ ...run, run_id: 'o1', started_at: at('2024-03-05') }),
    ]);
    const filters = { repo: [''], source: ['github-organisation'] };
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, '', { filters }));
    expect(first).toMatchObject({ value: 1, total: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ repo, repository, runs }) => {
      const { dimensions, services } = repository
        ? ofRepository(repository)
        : { dimensions: { repo, service: '', team: '', team_group: '' }, services: [] };
      return [...new Set(runs.map(({ source }) => source))].flatMap((source) => {
        const own = runs.filter((run) => run.source === source);
        const good = own
          .filter(({ status }) => status === 'ok' || status === 'partial')
          .map((run) => ({ ...run, end: run.finished_at ?? NaN }))
          .sort((a, b) => a.end - b.end || (a.status < b.status ? -1 : 1));
        const whose = { dimensions: { ...dimensions, source }, services: services ?? [] };
        return [
          {
            ...whose,
            at: Math.min(...own.map(({ started_at }) => started_at)),
            endsAt: good[0]?.end ?? null,
            value: null,
            gap: 'never-read',
            basis: '',
          },
          ...good.map((run, index) => ({
            ...whose,
            at: run.end,
            endsAt: good[index + 1]?.end ?? null,
            value: 1,
            gap: '',
            basis: run.status,
          })),
        ];
      });
    },
    dataQuality,
  );
});
