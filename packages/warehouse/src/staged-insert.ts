import type { Engine, InsertTarget } from './engine.ts';

/** From here on one insert would hold hundreds of megabytes at once, in this program and in the engine. */
export const STAGE_FROM_ROWS = 200_000;

const BATCH_ROWS = 50_000;

let counter = 0;
const swept = new WeakMap<Engine, Promise<void>>();

/**
 * Stores any number of rows in bounded memory so that readers see all of them or none: they go to a table beside the
 * real one batch by batch, and their parts are then attached together. Embedded engine only: on a cluster the table
 * beside would have to exist on every replica.
 *
 * @param batches yields encoded batches of about the size it is given
 */
export async function insertStaged(
  engine: Engine,
  target: InsertTarget,
  batches: (size: number) => Iterable<Buffer>,
): Promise<void> {
  await withStaging(engine, target.table, async (staging, attach) => {
    for (const batch of batches(BATCH_ROWS)) await engine.insert({ ...target, table: staging }, batch);
    await attach(staging);
  });
}

/**
 * Gives a table like `table` for as long as `work` lasts.
 *
 * @param work is told its name, and how to make the rows of such a table part of the real one, all at once on the
 *   embedded engine
 */
export async function withStaging<Result>(
  engine: Engine,
  table: string,
  work: (staging: string, attach: (from: string) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  // One sweep for all that begin at once: a later one would take the table from under an insert that runs.
  const sweep = swept.get(engine) ?? dropStagingTables(engine);
  swept.set(engine, sweep);
  await sweep;
  const staging = `ops.${STAGING_PREFIX}${table.replace('.', '_')}_${String(++counter)}`;
  const run = async (sql: string): Promise<void> => {
    await engine.run(sql, { lane: 'write', format: 'TSV' });
  };
  await run(`CREATE OR REPLACE TABLE ${staging} AS ${table}`);
  let result: Result;
  try {
    result = await work(staging, (from) => run(`ALTER TABLE ${table} ATTACH PARTITION ALL FROM ${from}`));
  } catch (error) {
    // On a full disk dropping can fail too, and would hide why.
    await run(`DROP TABLE ${staging} SYNC`).catch(() => {});
    throw error;
  }
  await run(`DROP TABLE ${staging} SYNC`);
  return result;
}

/** A process that was killed leaves its staging table behind, for the next one to clear away. */
const STAGING_PREFIX = 'staging_';

/** An embedded folder belongs to this process: what is there before its first staged insert is nobody's. */
async function dropStagingTables(engine: Engine): Promise<void> {
  const bytes = await engine.run(
    `SELECT name FROM system.tables WHERE database = 'ops' AND startsWith(name, '${STAGING_PREFIX}')`,
    { lane: 'write', format: 'TSV' },
  );
  for (const name of Buffer.from(bytes).toString().split('\n').filter(Boolean)) {
    await engine.run(`DROP TABLE ops.${name} SYNC`, { lane: 'write', format: 'TSV' });
  }
}
