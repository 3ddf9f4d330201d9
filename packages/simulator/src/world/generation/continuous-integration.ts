import type { RunAttempt, User, WorkflowRun } from '../model.ts';
import { beginAttempt, finishAttempt, rerun, startRun } from '../mutations/workflow-runs.ts';
import { type Life, minute } from './context.ts';

type Conclusion = NonNullable<RunAttempt['conclusion']>;

export interface Push {
  readonly event: WorkflowRun['event'];
  readonly branch: string;
  readonly sha: string;
  readonly actor: User;
}

/** Checks a push. A flaky run fails once and is run again; a broken one stays red. */
export function runChecks(life: Life, { event, branch, sha, actor }: Push, at: number): void {
  const { world, repository, random, parameters, schedule } = life;
  const { jobs, failureShare, flakeShare, cancelledShare } = parameters.ci;
  const run = startRun(
    world,
    repository,
    { workflow: life.ciWorkflow, event, headBranch: branch, headSha: sha, actor, jobNames: jobs },
    at,
  );
  const rest = Math.max(0, 1 - failureShare - flakeShare - cancelledShare);
  const fate = random.weighted({
    success: rest,
    failure: failureShare,
    flake: flakeShare,
    cancelled: cancelledShare,
  });
  if (fate !== 'flake') {
    planAttempt(life, run, fate, at);
    return;
  }
  planAttempt(life, run, 'failure', at, (failedAt) => {
    const againAt = failedAt + random.logNormal(20 * minute, 0.8);
    schedule.at(againAt, (startedAt) => {
      rerun(world, run, startedAt);
      planAttempt(life, run, 'success', startedAt);
    });
  });
}

/** The newest attempt of a run waits, runs, and ends like that. */
function planAttempt(
  { world, random, parameters, schedule }: Life,
  run: WorkflowRun,
  conclusion: Conclusion,
  at: number,
  onFinished: (at: number) => void = () => {},
): void {
  schedule.at(at + random.integer(2, 60) * 1000, (startedAt) => {
    beginAttempt(world, run, startedAt);
    const total = Math.max(20_000, random.logNormal(parameters.ci.minutes * minute, 0.4));
    schedule.at(startedAt + total, (endedAt) => {
      const { jobs } = run.attempts.at(-1)!;
      // One job breaks, and the last one to end is the longest.
      const broken = random.integer(0, jobs.length - 1);
      const longest = random.integer(0, jobs.length - 1);
      const results = jobs.map((_, index) => ({
        conclusion: index === broken ? conclusion : 'success',
        completedAt:
          index === longest ? endedAt : startedAt + Math.floor((total * random.integer(20, 95)) / 100),
      }));
      finishAttempt(world, run, conclusion, results, endedAt);
      onFinished(endedAt);
    });
  });
}
