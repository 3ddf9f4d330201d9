import type { Deployment, WorkflowRun, Workflow } from '../model.ts';
import { addDeploymentStatus, createDeployment } from '../mutations/deployments.ts';
import { createRelease, setTag } from '../mutations/releases.ts';
import { beginAttempt, finishAttempt, rerun, startRun } from '../mutations/workflow-runs.ts';
import { isMonorepo, type Life, minute } from './context.ts';

/** How one service tells the world that it was deployed. */
export interface Announcer {
  readonly life: Life;
  readonly service: string;
  /** Of repositories that announce by workflow runs. */
  readonly workflow: Workflow | null;
  /** The one that is active in each environment. */
  readonly active: Map<string, Deployment>;
  /** The production whose successes are released under a version. */
  readonly releasesOf: string | null;
  version: [major: number, minor: number, patch: number];
}

export interface Attempt {
  readonly environment: string;
  readonly sha: string;
  /** What is deployed: a branch, usually the default one. */
  readonly ref: string;
  readonly succeeds: boolean;
  /** The run that failed before, where this is another attempt of it. */
  readonly retried?: WorkflowRun | null;
}

export interface Ended {
  /** As in `TrueDeployment`. */
  readonly id: string;
  readonly at: number;
  readonly run: WorkflowRun | null;
}

/** One attempt to deploy, in the repository's own way; calls back when it has ended, well or not. */
export function announce(
  announcer: Announcer,
  attempt: Attempt,
  at: number,
  onEnded: (ended: Ended) => void,
): void {
  switch (announcer.life.style.signal) {
    case 'deployment':
      announceByDeployment(announcer, attempt, at, onEnded);
      break;
    case 'workflow':
      announceByRun(announcer, attempt, at, onEnded);
      break;
    case 'release':
    case 'tag':
      // There is no release of what could not be built, so nothing is seen of a failed attempt.
      onEnded(attempt.succeeds ? announceByTag(announcer, attempt, at) : { id: '', at, run: null });
      break;
  }
}

function announceByDeployment(
  announcer: Announcer,
  attempt: Attempt,
  at: number,
  onEnded: (ended: Ended) => void,
): void {
  const { life, service, active } = announcer;
  const { environment, sha, ref, succeeds } = attempt;
  const { world, repository, random, parameters, schedule, style, bots } = life;
  const creator = bots.deploys;
  const inPayload = isMonorepo(repository) && style.serviceIsIn === 'payload';
  const payload = inPayload ? JSON.stringify({ service }) : '';
  const deployment = createDeployment(
    world,
    repository,
    { commitSha: sha, ref, environment, creator, payload },
    at,
  );
  addDeploymentStatus(world, deployment, 'QUEUED', creator.id, at);
  schedule.at(at + random.integer(3, 50) * 1000, (startedAt) => {
    addDeploymentStatus(world, deployment, 'IN_PROGRESS', creator.id, startedAt);
    schedule.at(startedAt + random.logNormal(parameters.deployments.minutes * minute, 0.4), (endedAt) => {
      const state = succeeds ? 'SUCCESS' : random.pick(['FAILURE', 'ERROR'] as const);
      addDeploymentStatus(world, deployment, state, creator.id, endedAt);
      const previous = active.get(environment);
      if (succeeds) {
        // GitHub does this to all others of the environment; with several services in one, tools do it themselves.
        if (previous) addDeploymentStatus(world, previous, 'INACTIVE', creator.id, endedAt);
        active.set(environment, deployment);
        if (announcer.releasesOf === environment) announceByTag(announcer, attempt, endedAt);
      }
      onEnded({ id: deployment.id, at: endedAt, run: null });
    });
  });
}

function announceByRun(
  { life, workflow }: Announcer,
  { sha, ref, succeeds, retried = null }: Attempt,
  at: number,
  onEnded: (ended: Ended) => void,
): void {
  const { world, repository, random, parameters, schedule, bots } = life;
  if (workflow === null) throw new RangeError('a repository that deploys by workflow has one');
  let run = retried;
  if (run) rerun(world, run, at);
  else {
    const start = {
      workflow,
      event: 'workflow_dispatch',
      headBranch: ref,
      headSha: sha,
      actor: bots.deploys,
    } as const;
    run = startRun(world, repository, { ...start, jobNames: ['deploy'] }, at);
  }
  const started = run;
  schedule.at(at + random.integer(3, 50) * 1000, (startedAt) => {
    beginAttempt(world, started, startedAt);
    schedule.at(startedAt + random.logNormal(parameters.deployments.minutes * minute, 0.4), (endedAt) => {
      const conclusion = succeeds ? 'success' : 'failure';
      finishAttempt(world, started, conclusion, [{ conclusion, completedAt: endedAt }], endedAt);
      onEnded({ id: started.id, at: endedAt, run: started });
    });
  });
}

function announceByTag(announcer: Announcer, { sha }: Attempt, at: number): Ended {
  const { life, service, version } = announcer;
  const { world, repository, random, style, bots } = life;
  if (random.chance(0.4)) announcer.version = [version[0], version[1] + 1, 0];
  else announcer.version = [version[0], version[1], version[2] + 1];
  const number = announcer.version.join('.');
  const name = isMonorepo(repository) ? `${service}@${number}` : `v${number}`;

  const annotation = { tagger: bots.deploys, message: `Release ${name}` };
  setTag(world, repository, { name, commitSha: sha, annotation }, at);
  if (style.signal !== 'tag') {
    createRelease(world, repository, { tagName: name, author: bots.deploys }, at);
  }
  return { id: name, at, run: null };
}
