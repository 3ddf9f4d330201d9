import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, silentTalk } from '@bellwether/core';
import type { CheckedWarehouse } from '@bellwether/dashboards';
import { deriveChanged, deriveRules } from '@bellwether/derive';
import { metricViews } from '@bellwether/metrics';
import { migrate, openServedWarehouse, openWarehouse } from '@bellwether/warehouse';
import type { Terminal } from '../terminal/terminal.ts';

/** Of the company of two million pull requests; its hundreds are enough to ask everything. */
const FACTOR = 0.001;
const SEED = 7;

const DAY = 86_400_000;

/**
 * Makes a small company in a folder that goes away again, and has it asked as Grafana would: through the gate, in the
 * role of dashboards.
 *
 * @param timeZone of the organisation: some facts are computed for its weeks
 */
export async function withCheckedCompany<Result>(
  timeZone: string,
  { signal }: Pick<Terminal, 'signal'>,
  work: (company: CheckedWarehouse) => Promise<Result>,
): Promise<Result> {
  // Loaded here: no other command needs it.
  const { buildOrganisation, readTruths, scaleBeginning } = await import('@bellwether/simulator');
  const root = await mkdtemp(join(tmpdir(), 'bellwether-dashboards-'));
  try {
    const organisation = await buildOrganisation({ factor: FACTOR, seed: SEED, root });
    const { folder, until } = organisation;
    const warehouse = await openWarehouse({ path: folder });
    const truths = await (async () => {
      try {
        await migrate(warehouse, { views: metricViews() });
        const rules = deriveRules(Config.parse({ timeZone }));
        await deriveChanged({ warehouse, rules, talk: silentTalk, signal });
        return await readTruths(warehouse, organisation);
      } finally {
        await warehouse.close();
      }
    })();
    const served = await openServedWarehouse({ path: folder }, { readers: 1 });
    try {
      return await work({
        run: async (sql) => {
          const admitted = await served.admit({ sql, role: 'dashboards', database: 'metrics', params: {} });
          return served.warehouse.query(admitted.sql);
        },
        warehouse: served.warehouse,
        whole: { from: scaleBeginning, to: until },
        busy: { from: until - 365 * DAY, to: until },
        names: {
          team: 'bellwether-sim/team-01',
          repository: 'github.com/bellwether-sim/repo-0002',
        },
        known: [{ metric: 'deployment_frequency', column: 'n', expected: truths.production_deployments }],
      });
    } finally {
      await served.close();
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
