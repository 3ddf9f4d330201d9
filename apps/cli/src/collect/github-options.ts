import { usageError } from '@bellwether/core';
import { parseDay } from '../report/parse-day.ts';
import { mirrorRoot } from '../setup/mirror-root.ts';
import { type Session, sessionSecret } from '../setup/session.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What the command line says about collecting from GitHub. */
export interface GitHubFlags {
  org?: string[];
  repo?: string[];
  since?: string;
  reserve?: string;
}

/** What collecting and planning take, from the flags, else from the configuration. */
export async function gitHubOptions(session: Session, flags: GitHubFlags, terminal: Terminal) {
  const { warehouse, config, target } = session;
  const { clock, talk, signal, env } = terminal;
  const isNamed = flags.org !== undefined || flags.repo !== undefined;
  return {
    warehouse,
    config,
    secret: await sessionSecret(session, terminal),
    env,
    organisations: flags.org ?? (isNamed ? [] : config.github.organisations),
    repositories: flags.repo ?? [],
    since: flags.since === undefined ? null : parseDay('--since', flags.since, clock.now(), config.timeZone),
    reserve: parseReserve(flags.reserve),
    mirrorRoot: config.github.commits === 'api' ? null : mirrorRoot(target, terminal),
    clock,
    talk,
    signal,
  };
}

/**
 * `20%` as 0.2, `500` as 500 points, nothing as 0.
 *
 * @throws BellwetherError `usage`
 */
export function parseReserve(text: string | undefined): number {
  if (text === undefined) return 0;
  const [, digits = '', sign = ''] = /^(\d{1,6}(?:\.\d{1,2})?)(%?)$/.exec(text.trim()) ?? [];
  const amount = digits === '' ? Number.NaN : Number(digits);
  if (sign === '%' && amount < 100) return amount / 100;
  if (sign === '' && Number.isInteger(amount)) return amount;
  throw usageError(
    'usage',
    `--reserve cannot be "${text}".`,
    'Give a share below 100% such as 20%, or a number of points such as 1000.',
  );
}
