import { findings, repositoryFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at } from '../../test/rows.ts';
import { findingRow } from '../../test/rows/data-quality.ts';
import { repositoryFact } from '../../test/rows/repositories.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { dataQuality, insertFinding } from '../../test/worlds/data-quality.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

describe('data findings', () => {
  it('are counted as they stand, by kind', async () => {
    const repo = 'findings/shop';
    await warehouse.insert(repositoryFacts, [
      repositoryFact({ repo, observed_at: at('2024-03-04'), team: 'red', service: 'api' }),
    ]);
    await insertFinding(warehouse, at('2024-03-05'), findingRow({ repo, entity: 'a'.repeat(40) }));
    await insertFinding(warehouse, at('2024-03-06'), findingRow({ repo, entity: 'b'.repeat(40) }));
    await insertFinding(
      warehouse,
      at('2024-03-12'),
      findingRow({ repo, entity: 'qa-7', kind: 'unmapped-environment', service: 'api' }),
    );
    const [first, second] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: 2, total: 2 });
    expect(second).toMatchObject({ value: 3, total: 3 });
    const period = { ...twoWeeks('', repo).period, grain: 'whole' } as const;
    const apart = await runQuery(
      warehouse,
      twoWeeks(metric.id, repo, { period, groupBy: ['finding', 'team', 'service'] }),
    );
    expect(apart.map(({ group, value }) => [...Object.values(group), value])).toEqual([
      ['unmapped-environment', 'red', 'api', 1],
      ['unrealistic-commit-date', 'red', '', 2],
    ]);
  });

  it('name nothing that may not be shown', async () => {
    const repo = 'findings/withheld';
    const services = ['(withheld)', 'api'];
    await warehouse.insert(repositoryFacts, [
      repositoryFact({ repo, observed_at: at('2024-03-04'), services }),
    ]);
    const day = at('2024-03-05');
    const dead = { repo, kind: 'globs-match-nothing' } as const;
    await insertFinding(warehouse, day, findingRow({ ...dead, entity: 'api src/**', service: 'api' }));
    await insertFinding(warehouse, day, findingRow({ ...dead, entity: 'tiny lib/**', service: 'tiny' }));
    await insertFinding(
      warehouse,
      day,
      findingRow({ repo: '', entity: 'a-small-team', kind: 'team-in-two-groups' }),
    );
    const rows = await warehouse.query<{ repo: string; service: string; entity: string; fix: string }>(
      "SELECT repo, service, entity, fix FROM metrics.data_findings WHERE repo IN ('', 'findings/withheld') ORDER BY service",
    );
    const fix = 'Mend the clock.';
    expect(rows).toEqual([
      { repo: '', service: '', entity: '', fix },
      { repo, service: '(withheld)', entity: '', fix },
      { repo, service: 'api', entity: 'api src/**', fix },
    ]);
  });

  it('go when they are mended', async () => {
    const repo = 'findings/mended';
    await insertFinding(warehouse, at('2024-03-05'), findingRow({ repo, entity: 'a' }));
    const [before] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(before).toMatchObject({ value: 1 });
    await warehouse.replaceByDifference(findings, { repo }, []);
    const [after] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(after).toMatchObject({ value: null, gap: 'no-data' });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ repo, repository, findings: found }) =>
      found.map(({ at: instant, row }) => ({
        at: instant,
        endsAt: null,
        value: 1,
        gap: '',
        basis: '',
        dimensions: {
          repo,
          service:
            row.service === '' || repository?.services.includes(row.service) ? row.service : '(withheld)',
          team: repository?.team ?? '',
          team_group: repository?.team_group ?? '',
          finding: row.kind,
        },
      })),
    dataQuality,
  );
});
