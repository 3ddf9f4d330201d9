import { advance } from '../empty-world.ts';
import { nextDatabaseId, nodeId } from '../ids.ts';
import type { Repository, World } from '../model.ts';

export interface NewRepository {
  readonly name: string;
  readonly visibility?: Repository['visibility'];
  readonly isFork?: boolean;
  readonly defaultBranch?: string;
  readonly primaryLanguage?: string | null;
  /** Default: one service of the repository's name, over all of it. */
  readonly services?: Repository['services'];
}

/** An empty repository. */
export function addRepository(world: World, input: NewRepository, at: number): Repository {
  const createdAt = advance(world, at);
  const databaseId = nextDatabaseId(world);
  const repository: Repository = {
    id: nodeId(world, 'R', databaseId),
    databaseId,
    name: input.name,
    formerNames: [],
    visibility: input.visibility ?? 'PRIVATE',
    isFork: input.isFork ?? false,
    isArchived: false,
    isDeleted: false,
    defaultBranch: input.defaultBranch ?? 'main',
    createdAt,
    updatedAt: createdAt,
    pushedAt: createdAt,
    primaryLanguage: input.primaryLanguage ?? null,
    commits: new Map(),
    branches: new Map(),
    tags: new Map(),
    pullRequests: new Map(),
    issues: new Map(),
    deployments: new Map(),
    releases: new Map(),
    workflows: new Map(),
    workflowRuns: new Map(),
    files: new Map(),
    branchProtections: new Map(),
    rulesets: new Map(),
    services: input.services ?? [{ name: input.name, path: '' }],
  };
  world.repositories.set(repository.id, repository);
  return repository;
}

export function renameRepository(world: World, repository: Repository, name: string, at: number): void {
  repository.formerNames.push(repository.name);
  repository.name = name;
  repository.updatedAt = advance(world, at);
}

/** Read-only from now on. */
export function archiveRepository(world: World, repository: Repository, at: number): void {
  repository.isArchived = true;
  repository.updatedAt = advance(world, at);
}

/** NOT_FOUND everywhere from now on. */
export function deleteRepository(world: World, repository: Repository, at: number): void {
  repository.isDeleted = true;
  repository.updatedAt = advance(world, at);
}
