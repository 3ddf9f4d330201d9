import type { WorkflowRun } from '../model.ts';
import { beginAttempt, finishAttempt, rerun, startRun } from '../mutations/workflow-runs.ts';
import { type Change, type Occasion, pickOne, pickOpen } from './change.ts';

const jobNames = ['lint', 'test', 'build'];

export const workflowRunChanges = {
  'run.started': startOne,
  'run.finished': finishOne,
  'run.rerun': rerunOne,
} satisfies Record<string, Change>;

function startOne(occasion: Occasion): string | null {
  const { world, random, repository, at } = occasion;
  const workflow = pickOne(random, repository.workflows.values(), () => true);
  const actor = pickOne(random, world.users.values(), ({ isDeleted }) => !isDeleted);
  if (!workflow || !actor) return null;
  const pullRequest = pickOpen(occasion);
  const head = pullRequest
    ? ({ event: 'pull_request', headBranch: pullRequest.headBranch, headSha: pullRequest.headSha } as const)
    : ({
        event: 'push',
        headBranch: repository.defaultBranch,
        headSha: repository.branches.get(repository.defaultBranch)!,
      } as const);
  const run = startRun(world, repository, { workflow, actor, jobNames, ...head }, at);
  if (random.chance(0.5)) beginAttempt(world, run, at);
  return run.id;
}

function finishOne({ world, random, repository, at }: Occasion): string | null {
  const run = pickOne(random, repository.workflowRuns.values(), (each) => !isCompleted(each));
  if (!run) return null;
  const conclusion = random.weighted({ success: 8, failure: 2, cancelled: 1, timed_out: 0.3 });
  finishAttempt(world, run, conclusion, [{ conclusion, completedAt: at }], at);
  return run.id;
}

/** GitHub runs nothing again that is older. */
const RERUN_MS = 30 * 86_400_000;

function rerunOne({ world, random, repository, at }: Occasion): string | null {
  const isYoung = ({ createdAt }: WorkflowRun): boolean => at - createdAt <= RERUN_MS;
  const run = pickOne(random, repository.workflowRuns.values(), (each) => isYoung(each) && isCompleted(each));
  if (!run) return null;
  rerun(world, run, at);
  return run.id;
}

function isCompleted(run: WorkflowRun): boolean {
  return run.attempts.at(-1)!.status === 'completed';
}
