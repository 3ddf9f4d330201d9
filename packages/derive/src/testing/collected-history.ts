import { Config, silentTalk } from '@bellwether/core';
import {
  type CommitRow,
  commits,
  deploymentOutcomes,
  type DeploymentRow,
  deployments,
  derivations,
  repositories,
  type Warehouse,
} from '@bellwether/warehouse';
import { deriveRules } from '../compute/facts.ts';
import { deriveChanged } from '../derive.ts';
import { repositoryRow } from './builds.ts';
import { commit, day, release, sha, start } from './snapshot.ts';

/** Of so few people that every team would be withheld otherwise. */
export const rules = deriveRules(Config.parse({ privacy: { minimumGroupSize: 1 } }));

/** Puts a small history with a failed release into the domain tables, as a collector would. */
export async function collect(warehouse: Warehouse, repo: string, mark: string): Promise<void> {
  await warehouse.insert(derivations, [{ repo, side: 'domain', mark }]);
  const history = [
    commit({ name: 'root' }),
    commit({ name: 'a', parents: ['root'], at: start + day, number: 1 }),
    commit({ name: 'b', parents: ['a'], at: start + 2 * day, number: 2, reverts_number: 1 }),
  ];
  const releases = [
    release(`${repo}/v1`, 'root', start),
    release(`${repo}/v2`, 'a', start + day),
    release(`${repo}/v3`, 'b', start + 2 * day),
  ];
  await warehouse.insert(repositories, [{ ...repositoryRow(repo), head_sha: sha('b') }]);
  await warehouse.insert(
    commits,
    history.map((each): CommitRow => ({ ...each, repo, author_key: 'k', paths: [] })),
  );
  await warehouse.insert(
    deployments,
    releases.map((each): DeploymentRow => ({
      ...each,
      repo,
      status: 'success',
      started_at: null,
    })),
  );
}

/** Derives all that is stale. */
export function derive(warehouse: Warehouse, config = rules): ReturnType<typeof deriveChanged> {
  return deriveChanged({
    warehouse,
    rules: config,
    talk: silentTalk,
    signal: new AbortController().signal,
  });
}

/** What is said of each deployment: its evidence, its incident, and what that rests on. */
export async function outcomesOf(warehouse: Warehouse, repo: string): Promise<Record<string, string>> {
  const rows = await warehouse.readRows(
    deploymentOutcomes,
    ['deployment_id', 'evidence', 'incident_id', 'failure_basis'],
    { sql: 'repo = {repo:String}', params: { repo } },
  );
  return Object.fromEntries(
    rows.map((row) => [
      row.deployment_id.replace(`${repo}/`, ''),
      [row.evidence, row.incident_id, row.failure_basis].join(' '),
    ]),
  );
}
