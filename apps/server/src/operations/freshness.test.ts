import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CollectorRunRow,
  collectorRuns,
  migrate,
  openWarehouse,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLastStart } from '../schedules/last-runs.ts';
import { readFreshness } from './freshness.ts';

let folder: string;
let warehouse: Warehouse;
let runs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-freshness-'));
  warehouse = await openWarehouse({ path: join(folder, 'data') });
  await migrate(warehouse);
});

afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true });
});

const at = (text: string): number => Date.parse(`2026-03-02T${text}Z`);

function run(row: Partial<CollectorRunRow>): CollectorRunRow {
  const run_id = `run-${String(runs++)}`;
  const times = { started_at: at('08:00:00'), finished_at: at('08:10:00') };
  return {
    run_id,
    source: 'git',
    target: 'acme/shop',
    status: 'ok',
    row_count: 1,
    error_code: '',
    ...times,
    ...row,
  };
}

describe('readFreshness', () => {
  it('knows nothing of an empty warehouse', async () => {
    expect(await readFreshness(warehouse)).toEqual([]);
    expect(await readLastStart(warehouse, 'git')).toBeNull();
  });

  it('says when each source was last read, and what did not end well', async () => {
    const begun = run({ status: 'running', finished_at: null, started_at: at('09:00:00') });
    await warehouse.insert(collectorRuns, [begun]);
    await warehouse.insert(collectorRuns, [
      { ...begun, status: 'ok', finished_at: at('09:05:00') },
      run({ target: 'acme/pay', status: 'failed', started_at: at('10:00:00'), finished_at: at('10:01:00') }),
      // A run that was killed says nothing about its target but that it was tried.
      run({ target: 'acme/shop', status: 'running', started_at: at('11:00:00'), finished_at: null }),
      run({ source: 'github', target: 'acme', status: 'failed', started_at: at('07:00:00') }),
      run({ source: 'github-organisation', target: 'acme', status: 'partial', started_at: at('07:30:00') }),
    ]);
    expect(await readFreshness(warehouse)).toEqual([
      { source: 'git', readAt: at('09:05:00'), triedAt: at('11:00:00'), targets: 2, failing: 1 },
      { source: 'github', readAt: null, triedAt: at('07:00:00'), targets: 1, failing: 1 },
      {
        source: 'github-organisation',
        readAt: at('08:10:00'),
        triedAt: at('07:30:00'),
        targets: 1,
        failing: 1,
      },
    ]);
  });

  it('finds when a source was last begun, teams of an organisation included', async () => {
    expect(await readLastStart(warehouse, 'git')).toBe(at('11:00:00'));
    expect(await readLastStart(warehouse, 'github')).toBe(at('07:30:00'));
  });
});
