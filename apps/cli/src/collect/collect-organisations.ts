import { addressesOf, applyRawLifetime, collectGitHub, scrubForgotten } from '@bellwether/sources';
import { truncations } from '@bellwether/warehouse';
import type { Session } from '../setup/session.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type GitHubFlags, gitHubOptions } from './github-options.ts';
import type { Collected } from './outcome.ts';

/** Reads what is new in organisations and repositories of GitHub. */
export async function collectOrganisations(
  session: Session,
  flags: GitHubFlags,
  terminal: Terminal,
): Promise<Collected> {
  const { warehouse, config, file } = session;
  const options = await gitHubOptions(session, flags, terminal);
  const { secret } = options;
  const { status, targets, usage, pointsLeft, moves, gone } = await collectGitHub(options);
  const host = addressesOf(config.github.url).host;
  await scrubForgotten({ warehouse, secret, host, now: terminal.clock.now() });
  // Without a configuration there is no lifetime of one's own: that of others in this warehouse stays.
  if (file !== null) await applyRawLifetime(warehouse, config.raw.keepDays);
  const cut = await warehouse.readRows(truncations, ['entity'], { sql: "source = 'github'" });
  const repositories = [
    ...targets.flatMap(({ repo }) => (repo === null ? [] : [repo])),
    ...moves.flatMap(({ from, to }) => [from, to]),
    ...gone,
  ];
  return {
    source: 'github',
    status,
    targets,
    repositories: [...new Set(repositories)],
    usage,
    pointsLeft,
    gaps: cut.length,
  };
}
