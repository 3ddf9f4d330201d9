import { changes, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAgreement } from '../../test/agreement.ts';
import { twoWeeks } from '../../test/ask.ts';
import { at, change } from '../../test/rows.ts';
import { openTestWarehouse } from '../../test/warehouse.ts';
import { belonging, pick } from '../../test/world.ts';
import { runQuery } from '../query/run.ts';
import { metric } from './metric.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTestWarehouse();
});
afterAll(() => warehouse.close());

const merged_at = at('2024-03-05');

describe('team attribution rate', () => {
  it('is the share of changes whose author was in a known team', async () => {
    const repo = 'team/rate';
    await warehouse.insert(changes, [
      change({ repo, change_id: '#1', merged_at, team: 'red' }),
      change({ repo, change_id: '#2', merged_at, team: 'red', kind: 'commit' }),
      // Too small to be shown, and known.
      change({ repo, change_id: '#3', merged_at, team: '(withheld)' }),
      change({ repo, change_id: '#4', merged_at }),
      change({ repo, change_id: '#5', merged_at, is_bot: true }),
      change({ repo, change_id: '#6', merged_at: null }),
    ]);
    const [first] = await runQuery(warehouse, twoWeeks(metric.id, repo));
    expect(first).toMatchObject({ value: 0.75, numerator: 3, denominator: 4, coverage: 1 });
    expect(first?.basis).toEqual({ pull_request: 3, commit: 1 });
  });

  describeAgreement(
    metric,
    () => warehouse,
    ({ changes: merged }) =>
      merged.flatMap((row) =>
        row.merged_at === null
          ? []
          : {
              at: row.merged_at,
              value: row.team === '' ? 0 : 1,
              gap: '',
              basis: row.kind,
              dimensions: {
                ...pick(row, ['repo', 'team', 'team_group', 'is_bot', 'kind']),
                service: belonging(row).service,
              },
              services: row.services,
            },
      ),
  );
});
