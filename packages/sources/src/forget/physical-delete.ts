import { setTimeout as sleep } from 'node:timers/promises';
import { BellwetherError } from '@bellwether/core';
import type { QueryParams, Table, Warehouse } from '@bellwether/warehouse';

const POLL_MS = 100;
const LONGEST_MS = 10 * 60_000;

/**
 * Deletes rows so that they are gone from the parts, older versions and tombstones included. A tombstone would only
 * hide them, and the engine keeps what is hidden until it happens to merge.
 *
 * @throws BellwetherError `delete-slow` when the engine has not done it after ten minutes; it goes on by itself
 */
export async function deleteForGood(
  warehouse: Warehouse,
  { database, name, qualified }: Table,
  condition: string,
  params: QueryParams,
): Promise<void> {
  const cluster =
    warehouse.cluster === undefined ? '' : ` ON CLUSTER '${warehouse.cluster.replace(/[\\']/g, '\\$&')}'`;
  await warehouse.command(`ALTER TABLE ${qualified}${cluster} DELETE WHERE ${condition}`, params);
  const mutations =
    warehouse.cluster === undefined
      ? 'system.mutations'
      : `clusterAllReplicas('${warehouse.cluster.replace(/[\\']/g, '\\$&')}', system.mutations)`;
  for (let waited = 0; ; waited += POLL_MS) {
    const [row] = await warehouse.query<{ open: number }>(
      `SELECT count() AS open FROM ${mutations}
       WHERE database = {database:String} AND table = {name:String} AND NOT is_done`,
      { database, name },
    );
    if (row?.open === 0) return;
    if (waited >= LONGEST_MS) throw slow();
    await sleep(POLL_MS);
  }
}

function slow(): BellwetherError {
  return new BellwetherError({
    code: 'delete-slow',
    message:
      'The warehouse has not deleted the rows within ten minutes. It was told to, and goes on by itself.',
    retry: 'later',
    next: 'Run the same command again; it waits for the rest.',
  });
}
