import type { ChangedFile, PullRequest, User } from '../model.ts';
import { addCommit } from '../mutations/commits.ts';
import { addLabel, openPullRequest } from '../mutations/pull-requests.ts';
import { submitReview } from '../mutations/reviews.ts';
import { changeTitle, slug } from '../names.ts';
import { checkHead, makeFiles } from './branch-work.ts';
import { type Life, members, minute } from './context.ts';
import { entryOf, land } from './main-line.ts';
import { deploy, releaseHead, type ReleaseLine } from './release-line.ts';
import { changesOf, type ProductionRecord, type Recorded } from './truth-recorder.ts';

/** Takes back a change that the broken release had brought, by GitHub's "Revert" button, and releases that. */
export function planRevert(
  line: ReleaseLine,
  broken: Recorded,
  repaired: (at: number) => void,
  at: number,
): void {
  const { life } = line;
  const production = line.productions.find(({ history }) => history.includes(broken))!;
  const reverted = life.repository.pullRequests.get(life.random.pick(changesOf(production, broken)))!;
  const title = `Revert "${reverted.title}"`;
  const fullName = `${life.world.organisation.login}/${life.repository.name}`;
  const commitLine = reverted.mergeCommitSha && `\n\nThis reverts commit ${reverted.mergeCommitSha}.`;
  const pullRequest = openRepair(
    life,
    {
      title,
      message: `${title}${commitLine ?? ''}`,
      body: `Reverts ${fullName}#${reverted.number}`,
      branch: `revert-${reverted.number}-${reverted.headBranch}`,
      base: life.repository.branches.get(life.repository.defaultBranch)!,
      files: reverted.files,
    },
    at,
  );
  hurry(life, pullRequest, at, (actor, when) => {
    land(life, pullRequest, { actor, reverts: reverted.number }, when);
    releaseHead(line, { isRepair: true, onDone: repaired }, when + minute);
  });
}

/** Repairs forwards: on the default branch, or at once from a branch on what is deployed, which is merged later. */
export function planHotfix(
  line: ReleaseLine,
  broken: Recorded,
  production: ProductionRecord,
  repaired: (at: number) => void,
  at: number,
): void {
  const { life } = line;
  const { world, repository, random, parameters } = life;
  const isFromBranch = random.chance(parameters.failures.hotfixFromBranchShare);
  const title = `Hotfix: ${changeTitle(random).toLowerCase()}`;
  const { path } = repository.services.find(({ name }) => name === line.service)!;
  const branch = `hotfix/${slug(title)}-${repository.pullRequests.size + 1}`;
  const main = repository.branches.get(repository.defaultBranch)!;
  const base = isFromBranch ? broken.revision.sha : main;
  const files = makeFiles(life, [path], 1);
  const pullRequest = openRepair(life, { title, message: title, body: '', branch, base, files }, at);
  addLabel(world, pullRequest, 'hotfix', world.users.get(pullRequest.authorId)!, at);

  hurry(life, pullRequest, at, (actor, when) => {
    if (!isFromBranch) {
      land(life, pullRequest, { actor }, when);
      releaseHead(line, { isRepair: true, onDone: repaired }, when + minute);
      return;
    }
    const revision = {
      sha: pullRequest.headSha,
      position: broken.revision.position,
      hotfix: entryOf(life, pullRequest),
    };
    deploy(line, production, { revision, ref: branch }, when, (_recorded, then) => {
      // A true merge keeps the commit that production runs in the history of the default branch.
      land(life, pullRequest, { actor, method: 'merge' }, then);
      repaired(then);
    });
  });
}

interface Repair {
  readonly title: string;
  readonly message: string;
  readonly body: string;
  readonly branch: string;
  readonly base: string;
  readonly files: readonly ChangedFile[];
}

function openRepair(life: Life, repair: Repair, at: number): PullRequest {
  const { world, repository, random } = life;
  const author = random.pick(members(life));
  const { title, message, body, branch: headBranch, files } = repair;
  const { sha } = addCommit(world, repository, { parents: [repair.base], author, authoredAt: at, message });
  const opened = { title, body, author, headBranch, commitShas: [sha], files };
  const pullRequest = openPullRequest(world, repository, opened, at);
  checkHead(life, pullRequest, author, at);
  return pullRequest;
}

/** Somebody looks at it at once, at whatever hour. */
function hurry(
  life: Life,
  pullRequest: PullRequest,
  at: number,
  onApproved: (actor: User, at: number) => void,
): void {
  const { world, random, schedule } = life;
  const author = world.users.get(pullRequest.authorId)!;
  const reviewer = members(life).find((user) => user !== author);
  schedule.at(at + random.integer(4, 30) * minute, (reviewedAt) => {
    if (reviewer) submitReview(world, pullRequest, { author: reviewer, state: 'APPROVED' }, reviewedAt);
    schedule.at(reviewedAt + random.integer(1, 10) * minute, (when) => onApproved(author, when));
  });
}
