import { BellwetherError } from '@bellwether/core';
import { collect, type CollectResult, type TargetResult } from '../engine/collect.ts';
import type { RepositoryMove } from '../engine/move-repository.ts';
import type { GitHubApi, Usage } from './api.ts';
import { Moves } from './discovery/apply-moves.ts';
import { connectGitHub } from './connect-github.ts';
import { discover, type Discovery, type Failure } from './discovery/discover.ts';
import { noteMissing } from './discovery/gone.ts';
import { nameOf } from './discovery/hint.ts';
import { planMoves, type PlannedMove } from './discovery/moves.ts';
import { fetchOpenItems, type OpenItems, type OpenItemsOptions } from './discovery/open-items.ts';
import { refusedOf } from './discovery/permissions.ts';
import { ownerEmpty } from './discovery/probe.ts';
import {
  completeRun,
  type GitHubConnection,
  type GitHubRun,
  type GitHubRunOptions,
  targetsOf,
} from './github-run.ts';
import { source } from './github-source.ts';
import { loadKnownPeople } from './known-people.ts';
import { organisationSource } from './organisation/organisation-source.ts';
import { describePlan, planTargets } from './plan.ts';
import type { Permission } from './session.ts';
import { tellTimeLeft } from './time-left.ts';

export interface CollectGitHubResult extends CollectResult {
  readonly usage: Usage;
  /** Points of GraphQL that are left of this hour; null where GitHub has not said, or has no limit. */
  readonly pointsLeft: number | null;
  /** Repositories that stand under another name now: the facts of both names have to be derived. */
  readonly moves: readonly RepositoryMove[];
  /** Repositories that from now on count as gone. */
  readonly gone: readonly string[];
}

/** More than requests at a time: while one target stores or clones, another one asks. */
const CONCURRENT_TARGETS = 8;

/**
 * Collects organisations and repositories of a GitHub: finds out what there is, moves what was renamed, notes what is
 * gone, then reads teams and whatever is new in each repository. What goes wrong with one target stands in the result
 * and leaves the others unharmed.
 *
 * @throws BellwetherError where nothing can be asked at all (no credentials, wrong address), or `cancelled`
 */
export async function collectGitHub(options: GitHubRunOptions): Promise<CollectGitHubResult> {
  const run = completeRun(options);
  const connection = await (options.makeConnection ?? connectGitHub)(run);
  try {
    return await collectThrough(connection, run);
  } finally {
    await connection.close();
  }
}

async function collectThrough(connection: GitHubConnection, run: GitHubRun): Promise<CollectGitHubResult> {
  const { api } = connection;
  const { warehouse, clock, talk } = run;
  const moves = new Moves(warehouse);
  const finished = await moves.finish();
  const found = await discover({ ...run, api });
  const planned = planMoves(found.known.names, found.names);
  for (const { from, to } of planned) talk.info(`${from} is ${to} now.`);
  await moves.apply(planned);
  const missed = underCurrentNames(found.missed, planned);
  const gone = await noteMissing(warehouse, { missed, seen: new Set(found.names.keys()) }, clock.now());
  for (const repo of [...missed.values()].filter((each) => !gone.includes(each))) {
    talk.info(`${repo} is no longer listed. If it stays so for an hour, it counts as gone.`);
  }
  for (const repo of gone) {
    talk.warn(`${repo} is gone, or no longer shown to this token. What was collected stays.`);
  }
  const repos = {
    pullRequests: shown(api, found, 'pull-requests'),
    deployments: shown(api, found, 'deployments'),
  };
  const failures = [...found.failures];
  const items = await openItemsOf({ api, warehouse, repos, now: clock.now() }, failures);

  const known = loadKnownPeople(warehouse, api.host);
  // Whoever needs it meets its failure; until then nobody may.
  known.catch(() => {});
  const targets = targetsOf(found, { api, run, items, known });
  const plan = await planTargets({ ...run, targets, pointsPerHour: connection.pointsPerHour() });
  if (targets.length > 0) talk.info(`${describePlan(plan)}.`);
  const telling = tellTimeLeft(talk, {
    points: plan.points,
    pointsPerHour: connection.pointsPerHour(),
    usage: () => api.usage(),
    clock,
  });
  const organisations = await collect({
    ...run,
    source: organisationSource,
    targets: found.owners
      .filter(({ isOrganisation }) => isOrganisation)
      .map(({ login }) => ({ api, login, known })),
  });
  const collected = await collect({
    ...run,
    talk: telling,
    source,
    targets,
    concurrency: CONCURRENT_TARGETS,
  });
  if (collected.status === 'ok') await items.settle();
  const results = [
    ...[...failures, ...emptyOwners(api, found)].map(failed),
    ...organisations.targets,
    ...collected.targets,
  ];
  return {
    status: statusOf(results),
    targets: results,
    usage: api.usage(),
    pointsLeft: connection.pointsLeft?.() ?? null,
    moves: [...finished, ...planned].map(({ from, to }) => ({ from, to })),
    gone,
  };
}

/** The repositories of which the token may see that. */
function shown({ host }: GitHubApi, { names, wanted }: Discovery, permission: Permission): Set<string> {
  const all = new Set(names.values());
  for (const probe of wanted) if (refusedOf(probe).includes(permission)) all.delete(nameOf(host, probe));
  return all;
}

/** Without them everything that the probe shows is read all the same. */
async function openItemsOf(options: OpenItemsOptions, failures: Failure[]): Promise<OpenItems> {
  try {
    return await fetchOpenItems(options);
  } catch (error) {
    if (!(error instanceof BellwetherError) || error.code === 'cancelled') throw error;
    failures.push({ target: options.api.host, error });
    return { changedPullRequests: new Map(), changedDeployments: new Map(), settle: async () => {} };
  }
}

/** One that was missed may have had to leave its name to another one. */
function underCurrentNames(
  missed: ReadonlyMap<string, string>,
  moves: readonly PlannedMove[],
): Map<string, string> {
  const latest = new Map(moves.map(({ id, to }) => [id, to]));
  return new Map([...missed].map(([id, repo]) => [id, latest.get(id) ?? repo]));
}

function emptyOwners({ host }: GitHubApi, { owners }: Discovery): Failure[] {
  return owners
    .filter(({ repositories }) => repositories.length === 0)
    .map(({ login }) => ({
      target: `${host}/${login}`,
      error: ownerEmpty(host, login),
    }));
}

function failed({ target, error }: Failure): TargetResult {
  return { target, repo: null, status: 'failed', rowCount: 0, streams: [], error };
}

function statusOf(results: readonly TargetResult[]): CollectResult['status'] {
  const statuses = new Set(results.map(({ status }) => status));
  if (statuses.has('cancelled')) return 'cancelled';
  if (!statuses.has('partial') && !statuses.has('failed')) return 'ok';
  return statuses.has('partial') || statuses.has('ok') ? 'partial' : 'failed';
}
