import { type Clock, fixedClock, parseConfig, type Talk } from '@bellwether/core';
import { truncations, type TruncationRow } from '@bellwether/warehouse';
import { collect, type CollectResult, type TargetResult } from '../../engine/collect.ts';
import { openTestWarehouse, readAll, type TestWarehouse } from '../../testing/test-warehouse.ts';
import { createGitSource } from '../git-source.ts';
import type { GitTarget } from '../session.ts';

export interface GitRunOptions {
  /** Text of a bellwether.yaml. */
  readonly yaml?: string;
  readonly clock?: Clock;
  readonly talk?: Talk;
  readonly executable?: string;
}

/** A warehouse, and clones that are collected into it. */
export class GitCollector {
  readonly test: TestWarehouse;

  private constructor(test: TestWarehouse) {
    this.test = test;
  }

  static async open(): Promise<GitCollector> {
    return new GitCollector(await openTestWarehouse());
  }

  async all(targets: readonly GitTarget[], options: GitRunOptions = {}): Promise<CollectResult> {
    const { yaml = '', clock = fixedClock(Date.parse('2026-06-01T00:00:00Z')), talk, executable } = options;
    return collect({
      source: createGitSource({ batchRows: 3, ...(executable === undefined ? {} : { executable }) }),
      warehouse: this.test.warehouse,
      targets,
      config: parseConfig(yaml, 'bellwether.yaml'),
      secret: 'a secret of the tests',
      clock,
      ...(talk ? { talk } : {}),
      retry: { sleep: async () => {}, random: () => 0 },
    });
  }

  async one(target: GitTarget, options: GitRunOptions = {}): Promise<TargetResult> {
    return (await this.all([target], options)).targets[0]!;
  }

  /** The gaps that were recorded, without what is the same in all. */
  async gaps(): Promise<Pick<TruncationRow, 'stream' | 'entity' | 'reason' | 'detail'>[]> {
    const rows = await readAll(this.test.warehouse, truncations);
    return rows.map(({ stream, entity, reason, detail }) => ({ stream, entity, reason, detail }));
  }

  close(): Promise<void> {
    return Promise.resolve(this.test[Symbol.asyncDispose]());
  }
}
