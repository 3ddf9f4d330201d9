import {
  addCommit,
  addRepository,
  addUser,
  emptyWorld,
  openPullRequest,
  type PullRequest,
  pushToDefaultBranch,
  type Repository,
  type User,
  type World,
} from '../../index.ts';

export const START = Date.UTC(2026, 0, 5, 9);
export const MINUTE = 60_000;

export interface SmallWorld {
  readonly world: World;
  readonly ada: User;
  readonly bob: User;
  /** Private, with one commit on `main`. */
  readonly shop: Repository;
}

/** The organisation `acme` with two people and one repository. */
export function smallWorld(): SmallWorld {
  const world = emptyWorld({ seed: 7, now: START, organisation: 'acme' });
  const person = (login: string): User =>
    addUser(world, { login, name: login, email: `${login}@example.test`, timeZone: 'UTC' }, START);
  const ada = person('ada');
  const bob = person('bob');
  const shop = addRepository(world, { name: 'shop', visibility: 'PRIVATE' }, START);
  pushToDefaultBranch(world, shop, { author: ada, authoredAt: START, message: 'Begin' }, START);
  return { world, ada, bob, shop };
}

/** Opens pull requests a minute apart, each with one commit and one file. */
export function openPullRequests({ world, ada, shop }: SmallWorld, count: number): PullRequest[] {
  const base = shop.branches.get('main')!;
  return Array.from({ length: count }, (_, index) => {
    const at = START + (index + 1) * MINUTE;
    const message = `Change ${index + 1}`;
    const commit = addCommit(world, shop, { parents: [base], author: ada, authoredAt: at, message });
    return openPullRequest(
      world,
      shop,
      {
        title: message,
        author: ada,
        headBranch: `topic-${index + 1}`,
        commitShas: [commit.sha],
        files: [{ path: 'src/index.ts', additions: 3, deletions: 1, changeType: 'MODIFIED' }],
      },
      at,
    );
  });
}
