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
    organisations: flags.org?.map(parseOrganisation) ?? (isNamed ? [] : config.github.organisations),
    repositories: flags.repo ?? [],
    since: flags.since === undefined ? null : parseSince(flags.since, clock.now(), config.timeZone),
    reserve: parseReserve(flags.reserve),
    mirrorRoot: config.github.commits === 'api' ? null : mirrorRoot(target, terminal),
    clock,
    talk,
    signal,
  };
}

/**
 * The name of an organisation or user as GitHub gives them out; those of managed users hold an underscore.
 *
 * @throws BellwetherError `usage`
 */
export function parseOrganisation(text: string): string {
  if (/^\w[\w-]{0,99}$/.test(text)) return text;
  throw usageError(
    'usage',
    `--org cannot be "${text.slice(0, 100)}".`,
    'Name it as in its address: --org acme',
  );
}

/**
 * A day or a span, as `parseDay` takes it, that is not ahead of us: nothing would be read.
 *
 * @throws BellwetherError `usage`
 */
export function parseSince(text: string, now: number, timeZone: string): number {
  const since = parseDay('--since', text, now, timeZone);
  if (since <= now) return since;
  throw usageError(
    'usage',
    `--since cannot be "${text}": that is in the future.`,
    'Use a date such as 2026-01-31, or a span such as 90d, 12w, 6m or 2y.',
  );
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
