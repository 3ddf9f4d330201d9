import type { ChangedFile, PullRequest, User } from '../model.ts';
import { addCommit, type Author } from '../mutations/commits.ts';
import { changeTitle, filePath } from '../names.ts';
import { isMonorepo, type Life } from './context.ts';
import { runChecks } from './continuous-integration.ts';

/** Checks what the branch now holds. */
export function checkHead(life: Life, pullRequest: PullRequest, actor: User, at: number): void {
  const { headBranch: branch, headSha: sha } = pullRequest;
  runChecks(life, { event: 'pull_request', branch, sha, actor }, at);
}

export interface Writing {
  readonly base: string;
  readonly title: string;
  readonly from: number;
  readonly to: number;
  /** Default: as many as the parameters make likely. */
  readonly count?: number;
}

/** Commits of a branch, authored between two instants; the first at the first. */
export function writeCommits(life: Life, author: User, writing: Writing): string[] {
  const { world, repository, random, parameters } = life;
  const { base, title, from, to } = writing;
  const mean = parameters.pullRequests.commits;
  const count =
    writing.count ?? (author.type === 'Bot' ? 1 : Math.min(40, 1 + Math.floor(random.exponential(mean - 1))));
  const shas: string[] = [];
  for (let index = 0; index < count; index++) {
    const by: Author = random.chance(parameters.pullRequests.unknownEmailShare)
      ? { name: author.name, email: `${author.login}@laptop.invalid` }
      : author;
    const authoredAt = from + ((to - from) * index) / count;
    const message = index === 0 ? title : changeTitle(random);
    shas.push(
      addCommit(world, repository, { parents: [shas.at(-1) ?? base], author: by, authoredAt, message }).sha,
    );
  }
  return shas;
}

/** In a monorepo mostly of one service, at times of two, now and then of none. */
export function changedFiles(life: Life): ChangedFile[] {
  const { repository, random, parameters } = life;
  const count = 1 + Math.floor(random.exponential(parameters.pullRequests.files - 1));
  if (!isMonorepo(repository)) return makeFiles(life, [''], count);
  if (random.chance(0.05)) return [{ path: 'README.md', additions: 3, deletions: 1, changeType: 'MODIFIED' }];
  const paths = repository.services.map(({ path }) => path);
  const first = random.pick(paths);
  return makeFiles(life, random.chance(0.12) ? [first, random.pick(paths)] : [first], Math.max(2, count));
}

export function makeFiles({ random }: Life, folders: readonly string[], count: number): ChangedFile[] {
  const files = new Map<string, ChangedFile>();
  for (let index = 0; files.size < count; index++) {
    const drawn = filePath(random, folders[index % folders.length]!);
    const path = files.has(drawn) ? drawn.replace(/\.ts$/, `-${index}.ts`) : drawn;
    const changeType = random.weighted({ MODIFIED: 7, ADDED: 2, DELETED: 0.5, RENAMED: 0.5 });
    const additions = changeType === 'DELETED' ? 0 : Math.ceil(random.logNormal(12, 1));
    const deletions = changeType === 'ADDED' ? 0 : Math.floor(random.logNormal(6, 1));
    files.set(path, { path, additions, deletions, changeType });
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
