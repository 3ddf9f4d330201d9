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
  const stored = byRepo(await warehouse.readRows(services, columns));
  const repos = [...new Set([...wanted.keys(), ...stored.keys()])].sort();
  // Compared all at once: a query for each of some thousand repositories would take seconds to find nothing.
  const changed = repos.filter((repo) => textOf(wanted.get(repo)) !== textOf(stored.get(repo)));
  for (const repo of changed) {
    const mark = new DirtyMark(warehouse, repo, makeRunId());
    const snapshot = snapshotOf(services, { repo }, wanted.get(repo) ?? []);
    await new BatchWriter(warehouse, mark).write({ snapshots: [snapshot] });
    await mark.settle();
  }
  return changed;
}

const columns = Object.keys(services.columns) as (keyof ServiceRow)[];

function byRepo(rows: readonly ServiceRow[]): Map<string, ServiceRow[]> {
  const grouped = new Map<string, ServiceRow[]>();
  for (const row of rows) grouped.set(row.repo, [...(grouped.get(row.repo) ?? []), row]);
  return grouped;
}

function textOf(rows: readonly ServiceRow[] = []): string {
  return JSON.stringify(rows.map((row) => JSON.stringify(columns.map((column) => row[column]))).sort());
}

/** The rows of the configuration by repository. */
function wantedRows(config: Config): Map<string, ServiceRow[]> {
  const wanted = byRepo(config.services.map(toRow));
  for (const [repo, rows] of wanted) {
    const names = rows.map(({ service }) => service);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice === undefined) continue;
    throw usageError(
      'duplicate-service',
      `The catalogue names the service ${twice} of ${repo} twice.`,
      'Give each service of a repository its own name under `services` in bellwether.yaml.',
    );
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
