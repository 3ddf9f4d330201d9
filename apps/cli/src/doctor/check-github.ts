import { BellwetherError, type Config, silentTalk } from '@bellwether/core';
import {
  type Access,
  connect,
  fetchQuota,
  type GitHubConnection,
  readCredentials,
} from '@bellwether/sources';
import { formatCount } from '../terminal/format.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { checkOrganisations } from './check-organisations.ts';
import { costOf } from './cost-of-streams.ts';

const NAME = 'GitHub';

/** Dates of a run go by this machine's clock; a minute changes nothing, an hour does. */
const SKEW_SECONDS = 60;

/** Below this share of its limit a credential will not get far. */
const LOW_QUOTA = 0.1;

export interface GitHubChecks {
  readonly config: Config;
  /** Look although nothing is configured. */
  readonly isOnline: boolean;
  /** A repository to try the credentials on, `owner/name`; null: none is known. */
  readonly example: string | null;
}

/** Whether GitHub can be asked, and what cannot be read. Reaches the network only where it is configured or asked for. */
export async function checkGitHub(
  { config, isOnline, example }: GitHubChecks,
  terminal: Terminal,
): Promise<Check[]> {
  const { organisations, url } = config.github;
  const isConfigured = organisations.length > 0;
  if (!isConfigured && !isOnline) return [];
  try {
    const credentials = readCredentials(terminal.env);
    if (credentials === null) {
      return [
        failed(
          NAME,
          'no token in the environment',
          'Set GITHUB_TOKEN, or BELLWETHER_GITHUB_APP_ID and BELLWETHER_GITHUB_APP_KEY; see docs/how-to/connect-github.md',
        ),
      ];
    }
    const { env, clock, signal } = terminal;
    // What a connection warns of is a check of its own here.
    const talk = { ...silentTalk, info: (message: string) => terminal.talk.info(message) };
    const connection = connect({ url, credentials, env, clock, talk, signal });
    try {
      return await checkConnection(connection, { organisations, example, now: clock.now() });
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (error instanceof BellwetherError) return [failed(NAME, error.message, error.next)];
    throw error;
  }
}

async function checkConnection(
  connection: GitHubConnection,
  { organisations, example, now }: { organisations: readonly string[]; example: string | null; now: number },
): Promise<Check[]> {
  // First without a question: a token that is refused altogether is one finding, not one for each organisation.
  await connection.checkAccess();
  const { checks, visible, example: shown } = await checkOrganisations(connection, organisations);
  const tried = shown ?? example;
  const access = await connection.checkAccess({
    organisations: visible,
    repositories: tried === null ? [] : [tried],
  });
  return [
    ok(NAME, `${connection.host} accepts the credentials`),
    ...checks,
    ...checkScopes(access),
    ...checkClock(access),
    ...(await checkQuota(connection, now)),
  ];
}

/** What each missing scope costs, in metrics. */
export function checkScopes({ missing, isPublicOnly }: Pick<Access, 'missing' | 'isPublicOnly'>): Check[] {
  const name = 'GitHub scopes';
  const checks = missing.map(({ scope, streams }) => {
    return warning(
      name,
      `"${scope}" is missing, so ${streams.join(', ')} cannot be read; without it ${costOf(streams)}`,
      `Give the token "${scope}", if you want it`,
    );
  });
  if (isPublicOnly) {
    const next = 'Give the token the scope "repo", if private repositories are to count';
    checks.push(warning(name, 'the token sees public repositories only', next));
  }
  return checks.length === 0 ? [ok(name, 'nothing is missing')] : checks;
}

/** Whether "now" means the same here and there. */
export function checkClock({ clockBehindSeconds }: Pick<Access, 'clockBehindSeconds'>): Check[] {
  const off = Math.abs(clockBehindSeconds);
  if (off <= SKEW_SECONDS) return [ok('Clock', 'agrees with GitHub’s')];
  const direction = clockBehindSeconds > 0 ? 'behind' : 'ahead of';
  return [
    warning(
      'Clock',
      `${formatCount(Math.round(off / 60))} min ${direction} GitHub’s`,
      'Set the clock of this machine; a GitHub App cannot sign in with a wrong one.',
    ),
  ];
}

async function checkQuota(connection: GitHubConnection, now: number): Promise<Check[]> {
  const name = 'GitHub quota';
  const quota = await fetchQuota(connection);
  if (quota === null) return [ok(name, 'the server sets no limits')];
  const { graphql, rest } = quota;
  const minutes = Math.max(0, Math.ceil((graphql.resetAt - now) / 60_000));
  const found =
    `${formatCount(graphql.remaining)} of ${formatCount(graphql.limit)} points and ` +
    `${formatCount(rest.remaining)} of ${formatCount(rest.limit)} REST requests left, anew in ${String(minutes)} min`;
  return graphql.remaining < graphql.limit * LOW_QUOTA
    ? [
        warning(
          name,
          found,
          'collect waits by itself; --reserve leaves others some, several tokens give more.',
        ),
      ]
    : [ok(name, found)];
}
