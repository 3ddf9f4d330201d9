import type { RepositoryStory } from './repository-story.ts';

/** V1 is the first, V2 carries change 1, V3 carries change 2: at noon of the 1st, 2nd and 3rd of March. */
export function threeReleases(
  { commit, squash, deploy }: RepositoryStory,
  second: Parameters<RepositoryStory['squash']>[3] = {},
): void {
  commit('root', '2026-03-01 00:00');
  deploy('V1', 'root', '2026-03-01 12:00');
  squash(1, '2026-03-02 08:00', '2026-03-02 10:00');
  deploy('V2', 'm1', '2026-03-02 12:00');
  squash(2, '2026-03-03 08:00', '2026-03-03 10:00', second);
  deploy('V3', 'm2', '2026-03-03 12:00');
}
