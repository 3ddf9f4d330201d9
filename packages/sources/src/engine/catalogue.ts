import { randomUUID } from 'node:crypto';
import { type Config, usageError } from '@bellwether/core';
import { type ServiceRow, services, type Warehouse } from '@bellwether/warehouse';
import { snapshotOf } from '../source.ts';
import { BatchWriter } from './batch-writer.ts';
import { DirtyMark } from './dirty-mark.ts';

export interface CatalogueOptions {
  readonly warehouse: Warehouse;
  readonly config: Config;
  /** A new unique text at each call. */
  readonly makeRunId?: () => string;
}

/**
 * Makes `domain.services` equal the catalogue of the configuration, and marks the repositories whose services
 * changed. No source of its own: the configuration is at hand, knows all repositories at once and cannot fail.
 *
 * @returns the repositories whose services changed
 * @throws BellwetherError `duplicate-service`
 */
export async function storeCatalogue(options: CatalogueOptions): Promise<string[]> {
  const { warehouse, config, makeRunId = randomUUID } = options;
  const wanted = wantedRows(config);
  const stored = await warehouse.readRows(services, ['repo']);
  const repos = [...new Set([...wanted.keys(), ...stored.map((row) => row.repo)])].sort();
  const changed: string[] = [];
  for (const repo of repos) {
    const mark = new DirtyMark(warehouse, repo, makeRunId());
    const snapshot = snapshotOf(services, { repo }, wanted.get(repo) ?? []);
    const count = await new BatchWriter(warehouse, mark).write({ snapshots: [snapshot] });
    await mark.settle();
    if (count > 0) changed.push(repo);
  }
  return changed;
}

function wantedRows(config: Config): Map<string, ServiceRow[]> {
  const wanted = new Map<string, ServiceRow[]>();
  for (const row of config.services.map(toRow)) {
    const rows = wanted.get(row.repo) ?? [];
    if (rows.some(({ service }) => service === row.service)) {
      throw usageError(
        'duplicate-service',
        `The catalogue names the service ${row.service} of ${row.repo} twice.`,
        'Give each service of a repository its own name under `services` in bellwether.yaml.',
      );
    }
    wanted.set(row.repo, [...rows, row]);
  }
  return wanted;
}

function toRow(service: Config['services'][number]): ServiceRow {
  return {
    service: service.name,
    repo: service.repo,
    path_globs: service.paths,
    release_names: service.releases,
    owner_team: service.owner,
    tier: service.tier,
  };
}
