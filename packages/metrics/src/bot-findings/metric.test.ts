import { botFindings, repositoryFacts, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at } from '../../test/rows.ts';
import { botFinding, repositoryFact } from '../../test/rows/repositories.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { ofRepository, standards } from '../../test/worlds/repositories.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const found_at = at('2024-03-05');

describe('bot findings', () => {
  it('are unknown, and not zero, until the bot runs', async () => {
    await warehouse.insert(repositoryFacts, [repositoryFact({ repo: 'bot/never', observed_at: found_at })]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, 'bot/never'));
    expect(first).toMatchObject({ value: null, gap: 'no-data', total: 0 });
  });

  it('are counted by rule, with what became of them', async () => {
    const repo = 'bot/rules';
    await warehouse.insert(repositoryFacts, [
      repositoryFact({
        repo,
        observed_at: found_at,
        service: '(several)',
        services: ['api', 'web'],
        team: 'red',
      }),
    ]);
    await warehouse.insert(botFindings, [
      botFinding({ repo, finding_id: '1', found_at, resolution: 'fixed' }),
      botFinding({ repo, finding_id: '2', found_at, resolution: 'fixed' }),
      botFinding({ repo, finding_id: '3', found_at, resolution: 'dismissed', rule: 'limit-size' }),
      botFinding({ repo, finding_id: '4', found_at }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: 4, basis: { fixed: 2, dismissed: 1, open: 1 } });
    const period = { ...twoWeeks('', repo).period, grain: 'whole' } as const;
    const valuesBy = async (name: string) =>
      (await runQuery(warehouse, twoWeeks(metric.id, repo, { period, groupBy: [name] }))).map(
        ({ group, value }) => [group[name], value],
      );
    expect(await valuesBy('rule')).toEqual([
      ['limit-size', 1],
      ['require-linked-issue', 3],
    ]);
    expect(await valuesBy('team')).toEqual([['red', 4]]);
    expect(await valuesBy('service')).toEqual([
      ['api', 4],
      ['web', 4],
    ]);
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ repository, botFindings: found }) =>
      found.map((row) => {
        const { dimensions, services } = ofRepository(repository);
        return {
          at: row.found_at,
          value: 1,
          gap: '',
          basis: row.resolution === '' ? 'open' : row.resolution,
          dimensions: { ...dimensions, rule: row.rule, severity: row.severity },
          ...(services && { services }),
        };
      }),
    standards,
  );
});
