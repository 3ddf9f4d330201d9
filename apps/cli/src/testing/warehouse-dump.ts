import { openWarehouse } from '@bellwether/warehouse';

/** What two undisturbed runs may differ in: when they ran. Versions are left out everywhere. */
const runTables = new Set(['ops.collector_runs', 'ops.derivations', 'ops.migrations']);

/** When a repository was last looked at: a fact that rests on the time of collecting. */
const runColumns = new Map([['facts.repositories', ', observed_at']]);

/** Every current row of every table, as text that can be compared; the warehouse must not be open elsewhere. */
export async function dumpWarehouse(path: string): Promise<Map<string, string[]>> {
  const warehouse = await openWarehouse({ path });
  try {
    const tables = await warehouse.query<{ name: string }>(
      `SELECT concat(database, '.', name) AS name FROM system.tables
       WHERE database IN ('raw', 'domain', 'facts', 'ops', 'private') AND engine LIKE '%MergeTree' ORDER BY name`,
    );
    const dump = new Map<string, string[]>();
    for (const { name } of tables.filter((table) => !runTables.has(table.name))) {
      const rows = await warehouse.query(
        `SELECT * EXCEPT (_version, _deleted${runColumns.get(name) ?? ''}) FROM ${name} FINAL WHERE NOT _deleted ORDER BY ALL`,
      );
      dump.set(
        name,
        rows.map((row) => JSON.stringify(row)),
      );
    }
    return dump;
  } finally {
    await warehouse.close();
  }
}
