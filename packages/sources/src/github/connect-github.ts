import { pageSizesIn } from '../engine/budget/page-sizes.ts';
import { connect } from './connection/connect.ts';
import { type Credentials, requireCredentials } from './connection/credentials.ts';
import type { GitHubConnection, GitHubRun } from './github-run.ts';

/** What GitHub grants every token in an hour; an App may have more, and then a run only ends earlier than it said. */
const POINTS_PER_HOUR = 5_000;

/**
 * Connects with what the environment holds, and checks that the credentials work.
 *
 * @throws BellwetherError: exit code 3 for credentials, else `github-url`, `github-proxy`, `github-unreachable`;
 * `usage` where the reserve leaves nothing of the limit
 */
export async function connectGitHub(run: GitHubRun): Promise<GitHubConnection> {
  const { warehouse, config, env, clock, talk, signal, retry } = run;
  const credentials = requireCredentials(env);
  const reserve = run.reserve ?? 0;
  const connection = connect({
    url: config.github.url,
    credentials,
    reserve,
    env,
    clock,
    talk,
    signal,
    tools: retry,
    pageSizes: pageSizesIn(warehouse, 'github'),
  });
  try {
    const { missing } = await connection.checkAccess({
      organisations: run.organisations,
      repositories: run.repositories,
    });
    for (const { scope, streams } of missing) {
      talk.warn(`The token lacks ${scope}; without it these are not read: ${streams.join(', ')}.`);
    }
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    api: connection,
    pointsPerHour: () => pointsPerHour(credentials, reserve),
    pointsLeft: () => connection.pointsLeft(),
    close: () => connection.close(),
  };
}

/** A reserve is a share below 1, else so many points of each token. */
function pointsPerHour(credentials: Credentials, reserve: number): number {
  const own = reserve < 1 ? POINTS_PER_HOUR * (1 - reserve) : POINTS_PER_HOUR - reserve;
  return Math.max(1, own) * (credentials.kind === 'tokens' ? credentials.tokens.length : 1);
}
