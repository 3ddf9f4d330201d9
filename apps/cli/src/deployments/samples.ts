import { existsSync } from 'node:fs';
import { usageError } from '@bellwether/core';
import {
  connect,
  type DeploymentSample,
  fetchSamples,
  readSamples,
  requireCredentials,
} from '@bellwether/sources';
import { records } from '@bellwether/warehouse';
import { type LoadedConfig } from '../setup/config-file.ts';
import { withWarehouse } from '../setup/session.ts';
import { warehouseTarget } from '../setup/warehouse-target.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface SampleOptions {
  readonly data?: string;
  /** `owner/name`; undefined: all that were collected. */
  readonly repo?: readonly string[];
  /** Ask GitHub although it was collected. */
  readonly live?: boolean;
}

export interface Samples {
  readonly samples: readonly DeploymentSample[];
  /** Repositories that GitHub was asked about; of the others everything that is stored was looked at. */
  readonly live: readonly string[];
}

/**
 * Looks at what announces deployments: in what was collected, else at GitHub itself, and then at the newest hundred of
 * each kind. Stores nothing.
 *
 * @throws BellwetherError `repository-needed`, or what reaching GitHub throws
 */
export async function findSamples(
  loaded: LoadedConfig,
  options: SampleOptions,
  terminal: Terminal,
): Promise<Samples> {
  const stored = options.live === true ? [] : await readStored(loaded, options, terminal);
  const known = new Set(stored.map(({ name }) => name.toLowerCase()));
  const live = (options.repo ?? []).filter((name) => !known.has(name.toLowerCase()));
  if (stored.length === 0 && live.length === 0) {
    throw usageError(
      'repository-needed',
      'Nothing was collected from GitHub yet, and no repository is named.',
      'bellwether deployments preview --repo owner/name',
    );
  }
  const samples = stored.flatMap((each) => each.samples);
  return { samples: [...samples, ...(await fetchLive(loaded, live, terminal))], live };
}

/** Of repositories that GitHub answers are stored of, by `owner/name`. */
async function readStored(
  loaded: LoadedConfig,
  { data, repo }: SampleOptions,
  terminal: Terminal,
): Promise<{ name: string; samples: DeploymentSample[] }[]> {
  const target = warehouseTarget(loaded, data, terminal.env, terminal.cwd);
  // A look must not make an empty warehouse.
  if ('path' in target && !existsSync(target.path)) return [];
  const wanted = repo === undefined ? null : new Set(repo.map((name) => name.toLowerCase()));
  return withWarehouse(terminal, loaded, target, { mustExist: true }, async ({ warehouse }) => {
    const found = await warehouse.readRows(records, ['repo'], {
      sql: "source = 'github' AND repo != '' LIMIT 1 BY repo",
    });
    const repos = [...new Set(found.map((row) => row.repo))]
      .map((full) => ({ full, name: full.slice(full.indexOf('/') + 1) }))
      .filter(({ name }) => wanted?.has(name.toLowerCase()) ?? true);
    const all = [];
    for (const { full, name } of repos) all.push({ name, samples: await readSamples(warehouse, full) });
    return all;
  });
}

async function fetchLive(
  { config }: LoadedConfig,
  names: readonly string[],
  terminal: Terminal,
): Promise<DeploymentSample[]> {
  if (names.length === 0) return [];
  const { env, clock, talk, signal } = terminal;
  const credentials = requireCredentials(env);
  const api = connect({ url: config.github.url, credentials, env, clock, talk, signal });
  try {
    const samples: DeploymentSample[] = [];
    for (const full of names) {
      const [owner = '', name = '', ...rest] = full.split('/');
      if (owner === '' || name === '' || rest.length > 0) {
        throw usageError(
          'usage',
          `--repo cannot be "${full}".`,
          'Name it as in its address: --repo acme/shop',
        );
      }
      samples.push(...(await fetchSamples({ api, owner, name, repo: `${api.host}/${full}` })));
    }
    return samples;
  } finally {
    await api.close();
  }
}
