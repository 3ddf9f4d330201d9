import type { Repository, World } from '../world/model.ts';
import type { NodeSource } from './graphql/sources.ts';

/** Finds things of the world again; looked up fresh each time, because the world may change at any moment. */
type Locator = (world: World) => NodeSource | null;

/** How many of what a repository holds, to see when something new came. */
type Sizes = readonly number[];

/**
 * Repositories by name, things by node id. Ids are indexed once and again when a collection has grown; what an id
 * leads to is read from the world each time.
 */
export class WorldIndex {
  readonly #world: World;
  readonly #locators = new Map<string, Locator>();
  readonly #indexed = new Map<string, Sizes>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Former names lead to the repository too, unless a younger one has taken the name. */
  repository(owner: string, name: string, followRenames = true): Repository | null {
    if (owner.toLowerCase() !== this.#world.organisation.login.toLowerCase()) return null;
    const wanted = name.toLowerCase();
    let former: Repository | null = null;
    for (const repository of this.#world.repositories.values()) {
      if (repository.isDeleted) continue;
      if (repository.name.toLowerCase() === wanted) return repository;
      if (repository.formerNames.some((earlier) => earlier.toLowerCase() === wanted)) former = repository;
    }
    return followRenames ? former : null;
  }

  node(id: string): NodeSource | null {
    const organisation = this.#world.organisation;
    if (id === organisation.id) return { typename: 'Organization', value: organisation };
    const account = this.#world.users.get(id);
    if (account !== undefined) {
      return account.isDeleted ? null : { typename: account.type, value: account };
    }
    const team = this.#world.teams.get(id);
    if (team !== undefined) return { typename: 'Team', value: team };
    return (this.#locators.get(id) ?? this.#find(id))?.(this.#world) ?? null;
  }

  #find(id: string): Locator | undefined {
    for (const [key, repository] of this.#world.repositories) {
      const sizes = sizesOf(repository);
      const known = this.#indexed.get(key);
      if (known?.every((size, at) => size === sizes[at]) === true) continue;
      this.#indexed.set(key, sizes);
      this.#indexRepository(key, repository);
    }
    return this.#locators.get(id) ?? this.#findCommit(id) ?? this.#findReview(id);
  }

  #indexRepository(key: string, repository: Repository): void {
    const found = (world: World): Repository | null => {
      const current = world.repositories.get(key);
      return current === undefined || current.isDeleted ? null : current;
    };
    const add = (id: string, locate: (repository: Repository) => NodeSource | null): void => {
      this.#locators.set(id, (world) => {
        const current = found(world);
        return current === null ? null : locate(current);
      });
    };
    add(repository.id, (value) => ({ typename: 'Repository', value }));
    addAll(add, repository.pullRequests, (map) => map.pullRequests, 'PullRequest');
    addAll(add, repository.issues, (map) => map.issues, 'Issue');
    addAll(add, repository.deployments, (map) => map.deployments, 'Deployment');
    addAll(add, repository.releases, (map) => map.releases, 'Release');
    addAll(add, repository.branchProtections, (map) => map.branchProtections, 'BranchProtectionRule');
    addAll(add, repository.rulesets, (map) => map.rulesets, 'RepositoryRuleset');
    addAll(add, repository.workflowRuns, (map) => map.workflowRuns, 'WorkflowRun');
    for (const [runKey, run] of repository.workflowRuns) {
      add(run.checkSuiteId, (current) => {
        const value = current.workflowRuns.get(runKey);
        return value === undefined ? null : { typename: 'CheckSuite', repository: current, value };
      });
    }
  }

  /** Commits have no id in the world: theirs is made from the repository and the sha. */
  #findCommit(id: string): Locator | undefined {
    const parsed = parseCommitId(id);
    if (parsed === null) return undefined;
    return (world) => {
      for (const repository of world.repositories.values()) {
        if (repository.databaseId !== parsed.databaseId || repository.isDeleted) continue;
        const value = repository.commits.get(parsed.sha);
        return value === undefined ? null : { typename: 'Commit', repository, value };
      }
      return null;
    };
  }

  /** Reviews come and go inside a pull request; asked for by id they are rare enough for a search. */
  #findReview(id: string): Locator | undefined {
    if (!id.startsWith('PRR_')) return undefined;
    return (world) => {
      for (const repository of world.repositories.values()) {
        if (repository.isDeleted) continue;
        for (const pullRequest of repository.pullRequests.values()) {
          const value = pullRequest.reviews.find((review) => review.id === id);
          if (value !== undefined) return { typename: 'PullRequestReview', repository, pullRequest, value };
        }
      }
      return null;
    };
  }
}

type Add = (id: string, locate: (repository: Repository) => NodeSource | null) => void;

function addAll<Key, Value extends { readonly id: string }>(
  add: Add,
  rows: ReadonlyMap<Key, Value>,
  rowsOf: (repository: Repository) => ReadonlyMap<Key, Value>,
  typename: NodeSource['typename'],
): void {
  for (const [key, { id }] of rows) {
    add(id, (repository) => {
      const value = rowsOf(repository).get(key);
      // The pairs of type name and collection are written out above, one by one.
      return value === undefined ? null : ({ typename, repository, value } as unknown as NodeSource);
    });
  }
}

function sizesOf(repository: Repository): Sizes {
  const { pullRequests, issues, deployments, releases, workflowRuns, branchProtections, rulesets } =
    repository;
  return [pullRequests, issues, deployments, releases, workflowRuns, branchProtections, rulesets].map(
    ({ size }) => size,
  );
}

/** Opaque to clients. */
export function commitId(repository: Repository, sha: string): string {
  return `C_${Buffer.from(`${repository.databaseId}:${sha}`).toString('base64url')}`;
}

function parseCommitId(id: string): { databaseId: number; sha: string } | null {
  if (!id.startsWith('C_')) return null;
  const [databaseId, sha] = Buffer.from(id.slice(2), 'base64url').toString('utf8').split(':');
  return databaseId === undefined || sha === undefined ? null : { databaseId: Number(databaseId), sha };
}
