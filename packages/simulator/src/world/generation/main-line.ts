import type { PullRequest } from '../model.ts';
import { type MergeMethod, mergePullRequest } from '../mutations/merges.ts';
import type { User } from '../model.ts';
import type { Life } from './context.ts';
import { runChecks } from './continuous-integration.ts';
import type { MainEntry } from './truth-recorder.ts';

export interface Landing {
  readonly actor: User;
  readonly method?: MergeMethod;
  readonly reverts?: number | null;
}

/** Merges, and notes what the default branch has gained. */
export function land(
  life: Life,
  pullRequest: PullRequest,
  { actor, method = life.style.mergeMethod, reverts = null }: Landing,
  at: number,
): MainEntry {
  const { world, repository, random, parameters, start, end } = life;
  const entry = { ...entryOf(life, pullRequest), reverts };
  const gained = mergePullRequest(
    world,
    repository,
    pullRequest,
    { method, actor, keepsBranch: random.chance(0.1) },
    at,
  );
  const landed = { ...entry, sha: gained.at(-1)! };
  life.main.push(landed);

  // What a squash or rebase left behind could never be found again: only a true merge may lose its commit.
  const isOld = at < start + (end - start) / 10;
  if (isOld && method === 'merge' && random.chance(parameters.pullRequests.lostMergeCommitShare)) {
    pullRequest.mergeCommitSha = null;
  }
  runChecks(life, { event: 'push', branch: repository.defaultBranch, sha: landed.sha, actor }, at);
  for (const notify of life.onMain) notify(at);
  return landed;
}

/** What a pull request would be on the default branch; its sha is the branch's own as yet. */
export function entryOf({ repository }: Life, pullRequest: PullRequest): MainEntry {
  const authored = pullRequest.commitShas.map((sha) => repository.commits.get(sha)!.authoredAt);
  return {
    sha: pullRequest.headSha,
    number: pullRequest.number,
    firstAuthoredAt: Math.min(...authored),
    services: servicesOf(repository.services, pullRequest.files),
    reverts: null,
    isHotfix: pullRequest.headBranch.startsWith('hotfix/'),
  };
}

/** By path; '' is everything. */
function servicesOf(
  services: readonly { readonly name: string; readonly path: string }[],
  files: readonly { readonly path: string }[],
): Set<string> {
  const touched = services.filter(({ path }) => {
    return path === '' || files.some((file) => file.path.startsWith(`${path}/`));
  });
  return new Set(touched.map(({ name }) => name));
}
