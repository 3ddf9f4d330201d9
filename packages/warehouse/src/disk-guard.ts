import { statfsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from 'chdb';
import { diskFull } from './engine-errors.ts';

type Connection = Pick<Session, 'queryAsync'>;

/** Room that is left for what the engine writes besides: metadata, merges, its lock. */
const HEADROOM_BYTES = 16 * 1024 * 1024;
const PROBE = Buffer.alloc(256 * 1024);
const PROBE_EVERY_MS = 500;

/**
 * Watches over what the engine writes, because it does not: when the file system refuses a write (no space, a quota,
 * a broken disk), chDB counts that, goes on, and reports success. Rows of such an insert are cut off, and a table or
 * view made then has an empty definition, with which the whole folder cannot be opened again.
 *
 * So there has to be room before anything is written, and nothing counts as written while that counter has moved.
 */
export class DiskGuard {
  readonly #path: string;
  #failures: number | undefined;
  #probedAt = -Infinity;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * @returns for `after`: how many writes had failed
   * @throws BellwetherError `disk-full`
   */
  async before(connection: Connection, bytes: number): Promise<number> {
    this.#failures ??= await countFailures(connection);
    const failures = this.#failures;
    // At once: the few threads of the asynchronous one are what the engine's own queries run on.
    const { bavail, bsize } = statfsSync(this.#path);
    if (bavail * bsize < bytes + HEADROOM_BYTES) throw diskFull(this.#path);
    if (performance.now() - this.#probedAt < PROBE_EVERY_MS) return failures;
    this.#probedAt = performance.now();
    // Quotas do not show in what the file system says is free.
    const probe = join(this.#path, 'probe');
    try {
      await writeFile(probe, PROBE);
    } catch {
      throw diskFull(this.#path);
    } finally {
      await rm(probe, { force: true });
    }
    return failures;
  }

  /**
   * Of writes side by side nobody knows whose it was that failed, so none of them counts.
   *
   * @param before what `before` returned
   * @param table whose new part is taken back when it is cut off
   * @throws BellwetherError `disk-full`
   */
  async after(connection: Connection, before: number, table?: string): Promise<void> {
    const failures = await countFailures(connection);
    if (failures === before) return;
    this.#failures = Math.max(failures, this.#failures ?? 0);
    if (table !== undefined) await dropCutOffParts(connection, table);
    throw diskFull(this.#path);
  }
}

async function countFailures(connection: Connection): Promise<number> {
  const sql = "SELECT value FROM system.events WHERE event = 'WriteBufferFromFileDescriptorWriteFailed'";
  return Number((await connection.queryAsync(sql, { format: 'TSV' })).text());
}

/**
 * Only parts that an insert made (level 0). A merge that could not be written is left to the next opening, which puts
 * the parts back that it was made of.
 */
async function dropCutOffParts(connection: Connection, table: string): Promise<void> {
  const checked = await connection.queryAsync(
    `CHECK TABLE ${table} SETTINGS check_query_single_value_result = 0`,
    { format: 'TSV' },
  );
  for (const line of checked.text().split('\n')) {
    const [part = '', isWhole] = line.split('\t');
    if (isWhole !== '0' || !part.endsWith('_0')) continue;
    await connection.queryAsync(`ALTER TABLE ${table} DROP PART '${part}'`);
  }
}
