import type { Repository, World } from '../../world/model.ts';

/** Where GitHub shows a repository. */
export function repositoryUrl(origin: string, world: World, repository: Repository): string {
  return `${origin}/${world.organisation.login}/${repository.name}`;
}
