import { BellwetherError } from '@bellwether/core';
import type { Engine, InsertTarget, Limits, RunOptions } from '../engine.ts';
import { ServerEngine } from '../server-engine.ts';
import type { BackupRequest } from '../backup/backup-statement.ts';
import { askBackup } from './ask-backup.ts';
import { endpointUser, LEASE_HEADER } from './endpoint-proof.ts';
import type { Endpoint } from './find-endpoint.ts';
import { type Lease, type LeaseOptions, serverEnded, takeLease } from './take-lease.ts';

export interface ServedOptions {
  /** Absolute; for messages. */
  folder: string;
  /** Asks as an analyst would: the server refuses everything but reading. */
  readOnly?: Limits | undefined;
  /** Left out: nothing is written that only one may write at a time. */
  lease?: LeaseOptions | undefined;
}

/**
 * The folder of a running server, for another command of the same account. What the embedded engine promises holds:
 * behind it is one, and whoever has the lease is the only one that writes.
 */
export class ServedEngine implements Engine {
  readonly kind = 'served';
  readonly #engine: ServerEngine;
  readonly #endpoint: Endpoint;
  readonly #lease: Lease | undefined;

  private constructor(engine: ServerEngine, endpoint: Endpoint, lease: Lease | undefined) {
    this.#engine = engine;
    this.#endpoint = endpoint;
    this.#lease = lease;
  }

  /** @throws BellwetherError `warehouse-locked` when another command writes, `server-ended` */
  static async open(endpoint: Endpoint, { folder, readOnly, lease }: ServedOptions): Promise<ServedEngine> {
    const held = lease && (await inWords(() => takeLease(endpoint, lease)));
    try {
      const engine = await inWords(() =>
        ServerEngine.open({
          url: endpoint.url,
          user: endpointUser(readOnly ? 'analyst' : 'operator'),
          password: endpoint.key,
          readOnly,
          servedFolder: folder,
          headers: held && { [LEASE_HEADER]: held.id },
        }),
      );
      return new ServedEngine(engine, endpoint, held);
    } catch (error) {
      held?.release();
      throw error;
    }
  }

  run(sql: string, options: RunOptions): Promise<Uint8Array> {
    return this.#during(() => this.#engine.run(sql, options));
  }

  async *stream(sql: string, options: RunOptions): AsyncIterable<Uint8Array> {
    try {
      this.#assertHeld();
      yield* this.#engine.stream(sql, options);
    } catch (error) {
      throw explained(error);
    }
  }

  insert(target: InsertTarget, body: Buffer): Promise<void> {
    return this.#during(() => this.#engine.insert(target, body));
  }

  /** Has the server run BACKUP. */
  backup(request: BackupRequest): Promise<void> {
    const lease = this.#lease;
    if (!lease) throw new Error('a backup needs the lease: nobody may write meanwhile');
    return this.#during(() => askBackup(this.#endpoint, lease.id, request));
  }

  async close(): Promise<void> {
    await this.#engine.close();
    this.#lease?.release();
  }

  #during<T>(work: () => Promise<T>): Promise<T> {
    return inWords(() => {
      this.#assertHeld();
      return work();
    });
  }

  /** Without the lease another command may be writing by now. */
  #assertHeld(): void {
    if (this.#lease?.lost.aborted === true) throw serverEnded();
  }
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(error);
  }
}

const GONE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** A server that was started again listens at the same address, but takes another key. */
function explained(error: unknown): unknown {
  if (error instanceof BellwetherError) {
    return error.code === 'server-unreachable' || error.code === 'server-auth' ? serverEnded(error) : error;
  }
  return GONE.has(String((error as NodeJS.ErrnoException).code)) ? serverEnded(error) : error;
}
