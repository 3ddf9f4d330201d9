import { BellwetherError, type Config, usageError } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import type { GitHubApi } from '../api.ts';
import type { ProbedRepository } from './api-schema.ts';
import { repositoryFilter } from './choose.ts';
import { fetchByIds } from './gone.ts';
import { groupByOwner } from './group-by-owner.ts';
import { idOf, nameOf } from './hint.ts';
import { type KnownRepositories, readKnownRepositories } from './known-repositories.ts';
import { fetchOwner, fetchRepository, type OwnerListing, repositoryMissing } from './probe.ts';

export interface DiscoverOptions {
  readonly api: GitHubApi;
  readonly warehouse: Pick<Warehouse, 'readRows'>;
  readonly config: Config;
  /** Organisations or users, all of whose repositories are wanted that the patterns let through. */
  readonly organisations: readonly string[];
  /** `owner/name`: wanted whatever the patterns say. */
  readonly repositories: readonly string[];
}

/** What is there now, beside what is stored. Nothing is written yet. */
export interface Discovery {
  /** What is to be collected, the largest first: whatever runs at the end runs alone. */
  readonly wanted: readonly ProbedRepository[];
  readonly owners: readonly OwnerListing[];
  readonly known: KnownRepositories;
  /** The name that each repository has now, by id: of all that were seen, wanted or not. */
  readonly names: ReadonlyMap<string, string>;
  /** Names of known repositories, by id, that GitHub does not show any more. */
  readonly missed: ReadonlyMap<string, string>;
  /** What could not be looked at, and why. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  /** `<host>/<owner>` or `<host>/<owner>/<name>`. */
  readonly target: string;
  readonly error: BellwetherError;
}

/** More named repositories of one owner than this, and it is cheaper to list them all. */
const FEW_NAMED = 40;

/**
 * Finds out which repositories there are. One owner or repository that cannot be looked at leaves the others unharmed.
 *
 * @throws BellwetherError `cancelled`; `github-repository-name` for what is no `owner/name`
 */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const { api, warehouse, config } = options;
  const named = options.repositories.map(parseName);
  const known = await readKnownRepositories(warehouse, api.host);
  const failures: Failure[] = [];
  const attempt = attempts(failures);

  const logins = uniqueLogins([...options.organisations, ...crowdedOwners(named)]);
  const listings = await Promise.all(
    logins.map((login) => attempt(`${api.host}/${login}`, () => fetchOwner(api, login))),
  );
  const owners = listings.filter((listing) => listing !== null);
  const listed = new Map(owners.flatMap(({ repositories }) => repositories.map((each) => [each.id, each])));

  const isWholeOwner = new Set(options.organisations.map((login) => login.toLowerCase()));
  const isChosen = repositoryFilter(config.github.repositories);
  const wanted = new Map(
    [...listed].filter(([, each]) => isWholeOwner.has(each.owner.login.toLowerCase()) && isChosen(each)),
  );
  const byName = new Map([...listed.values()].map((each) => [fullName(each), each]));
  await Promise.all(
    named.map(async ({ owner, name }) => {
      const seen = byName.get(`${owner}/${name}`.toLowerCase());
      const probe =
        seen ?? (await attempt(`${api.host}/${owner}/${name}`, () => fetchNamed(api, owner, name)));
      if (probe === null) return;
      wanted.set(probe.id, probe);
      listed.set(probe.id, probe);
    }),
  );

  const names = new Map(
    [...listed.values()].map((each) => [idOf(api.host, each.id), nameOf(api.host, each)]),
  );
  const missed = await findMissed(options, { owners, named, known, names, attempt });
  return {
    wanted: [...wanted.values()].sort(bySize),
    owners: owners.filter(({ login }) => isWholeOwner.has(login.toLowerCase())),
    known,
    names,
    missed,
    failures,
  };
}

interface Seen {
  readonly owners: readonly OwnerListing[];
  readonly named: readonly { readonly owner: string; readonly name: string }[];
  readonly known: KnownRepositories;
  /** Takes in those that turn up under another owner. */
  readonly names: Map<string, string>;
  readonly attempt: ReturnType<typeof attempts>;
}

/** Looks by their ids for the stored repositories that should have been listed and were not. */
async function findMissed({ api }: DiscoverOptions, seen: Seen): Promise<Map<string, string>> {
  // What a token may not see says nothing about what is gone.
  const whole = seen.owners.filter(({ unreadableCount }) => unreadableCount === 0);
  const prefixes = whole.map(({ login }) => `${api.host}/${login}/`.toLowerCase());
  const asked = new Set(seen.named.map(({ owner, name }) => `${api.host}/${owner}/${name}`.toLowerCase()));
  const missed = new Map(
    [...seen.known.names].filter(([id, repo]) => {
      const text = repo.toLowerCase();
      const isExpected = asked.has(text) || prefixes.some((prefix) => text.startsWith(prefix));
      return isExpected && !seen.names.has(id) && !seen.known.gone.has(id);
    }),
  );
  for (const [owner, ids] of groupByOwner(missed)) {
    const nodeIds = ids.map((id) => id.slice(api.host.length + 1));
    const found = await seen.attempt(`${api.host}/${owner}`, () => fetchByIds(api, owner, nodeIds));
    // Nobody could look, so nothing is known.
    if (found === null) for (const id of ids) missed.delete(id);
    for (const [nodeId, repository] of found ?? []) {
      const id = idOf(api.host, nodeId);
      missed.delete(id);
      seen.names.set(id, nameOf(api.host, repository));
    }
  }
  return missed;
}

async function fetchNamed(api: GitHubApi, owner: string, name: string): Promise<ProbedRepository> {
  const probe = await fetchRepository(api, owner, name);
  if (probe === null) throw repositoryMissing(`${api.host}/${owner}/${name}`);
  return probe;
}

/** Keeps what goes wrong with one thing away from the others. */
function attempts(
  failures: Failure[],
): <Result>(target: string, work: () => Promise<Result>) => Promise<Result | null> {
  return async (target, work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BellwetherError) || error.code === 'cancelled') throw error;
      failures.push({ target, error });
      return null;
    }
  };
}

function parseName(text: string): { owner: string; name: string } {
  const [owner, name, ...more] = text.split('/');
  if (!owner || !name || more.length > 0 || !/^[\w.-]+\/[\w.-]+$/.test(text)) {
    throw usageError(
      'github-repository-name',
      'A repository is named otherwise than `owner/name`.',
      'Name it as in its address: --repo acme/app',
    );
  }
  return { owner, name };
}

function crowdedOwners(named: readonly { owner: string }[]): string[] {
  const counts = new Map<string, number>();
  for (const { owner } of named) {
    counts.set(owner.toLowerCase(), (counts.get(owner.toLowerCase()) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > FEW_NAMED).map(([owner]) => owner);
}

function uniqueLogins(logins: readonly string[]): string[] {
  return [...new Map(logins.map((login) => [login.toLowerCase(), login])).values()];
}

function fullName({ owner, name }: ProbedRepository): string {
  return `${owner.login}/${name}`.toLowerCase();
}

function bySize(a: ProbedRepository, b: ProbedRepository): number {
  const difference = (b.pullRequests?.totalCount ?? 0) - (a.pullRequests?.totalCount ?? 0);
  return difference !== 0 ? difference : fullName(a) < fullName(b) ? -1 : 1;
}
