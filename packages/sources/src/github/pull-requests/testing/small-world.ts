import {
  addCommit,
  addRepository,
  addTeam,
  addUser,
  emptyWorld,
  openPullRequest,
  type PullRequest,
  pushToDefaultBranch,
  type Repository,
  type Team,
  type User,
  type World,
} from '@bellwether/simulator';

const START = Date.parse('2026-01-05T09:00:00Z');
export const MINUTE = 60_000;

export interface SmallWorld {
  readonly world: World;
  readonly ada: User;
  readonly bob: User;
  readonly core: Team;
  readonly shop: Repository;
  /** Opens pull requests a minute apart, each with so many commits and files. */
  open(count: number, size?: { readonly commits?: number; readonly files?: number }): PullRequest[];
}

/** An organisation with two people, a team and one repository. */
export function smallWorld(): SmallWorld {
  const world = emptyWorld({ seed: 7, now: START, organisation: 'acme' });
  const person = (login: string): User =>
    addUser(world, { login, name: login, email: `${login}@example.test`, timeZone: 'UTC' }, START);
  const ada = person('ada');
  const bob = person('bob');
  const core = addTeam(world, { slug: 'core', name: 'Core' }, START);
  const shop = addRepository(world, { name: 'shop' }, START);
  pushToDefaultBranch(world, shop, { author: ada, authoredAt: START, message: 'Begin' }, START);
  let opened = 0;
  return {
    ...{ world, ada, bob, core, shop },
    open: (count, { commits = 1, files = 1 } = {}) =>
      Array.from({ length: count }, () => {
        opened += 1;
        const at = Math.max(world.now, START) + MINUTE;
        return openPullRequest(
          world,
          shop,
          {
            title: `Change ${String(opened)}`,
            author: ada,
            headBranch: `topic-${String(opened)}`,
            commitShas: commitsOf(commits, `change ${String(opened)}`, at),
            files: Array.from({ length: files }, (_, n) => ({
              path: `src/file-${String(n)}.ts`,
              additions: 2,
              deletions: 1,
              changeType: 'MODIFIED' as const,
            })),
          },
          at,
        );
      }),
  };

  function commitsOf(count: number, text: string, at: number): string[] {
    const shas: string[] = [];
    for (let n = 0; n < count; n++) {
      const parents = [shas.at(-1) ?? shop.branches.get('main')!];
      const message = `${text}, part ${String(n + 1)}`;
      shas.push(addCommit(world, shop, { parents, author: ada, authoredAt: at, message }).sha);
    }
    return shas;
  }
}
