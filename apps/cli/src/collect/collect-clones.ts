import { resolve } from 'node:path';
import { usageError } from '@bellwether/core';
import { collect, gitSource, type GitTarget } from '@bellwether/sources';
import type { LoadedConfig } from '../setup/config-file.ts';
import { type Session, sessionSecret } from '../setup/session.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Collected } from './outcome.ts';

/** Reads what is new in clones on this disk. */
export async function collectClones(
  session: Session,
  targets: readonly GitTarget[],
  terminal: Terminal,
): Promise<Collected> {
  const { warehouse, config } = session;
  const { talk, signal, clock } = terminal;
  const secret = await sessionSecret(session, terminal);
  const { status, targets: results } = await collect({
    warehouse,
    source: gitSource,
    targets,
    config,
    secret,
    clock,
    talk,
    signal,
  });
  const repositories = results.flatMap(({ repo }) => (repo === null ? [] : [repo]));
  return { source: 'git', status, targets: results, repositories, usage: null, gaps: 0 };
}

/** The clones that were named, else those of the configuration. */
export function cloneTargets(
  named: readonly string[] | undefined,
  { config, folder }: LoadedConfig,
  cwd: string,
): GitTarget[] {
  if (named !== undefined) return named.map((path) => ({ path: resolve(cwd, path) }));
  return config.repositories.map(({ path, repo }) => ({
    path: resolve(folder, path),
    ...(repo === undefined ? {} : { repo }),
  }));
}

/** Nothing says what to read. */
export function nothingConfigured({ file }: LoadedConfig): Error {
  return usageError(
    'no-repositories',
    file === null ? 'There is no bellwether.yaml here.' : `${file} names nothing to collect.`,
    file === null
      ? 'bellwether init (or name something: bellwether collect --path <folder>, bellwether collect --org <organisation>)'
      : `Add \`repositories\` (clones) or \`github.organisations\` to ${file}`,
  );
}
