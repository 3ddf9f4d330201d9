import type { Deployment } from '../model.ts';
import { addDeploymentStatus, createDeployment, isFinished } from '../mutations/deployments.ts';
import { type Change, type Occasion, pickOne } from './change.ts';

export const deploymentChanges = {
  'deployment.created': createOne,
  'deployment.status-added': continueOne,
  'deployment.inactivated': inactivateOne,
} satisfies Record<string, Change>;

function createOne({ world, random, repository, at }: Occasion): string | null {
  const creator = pickOne(random, world.users.values(), ({ isDeleted }) => !isDeleted);
  if (!creator) return null;
  // Like one before it, where there is one: the environments of a repository do not change.
  const like = pickOne(random, repository.deployments.values(), () => true);
  const environment = like?.environment ?? 'production';
  const payload = like?.payload ?? '';
  const commitSha = repository.branches.get(repository.defaultBranch)!;
  const ref = repository.defaultBranch;
  const created = createDeployment(world, repository, { commitSha, ref, environment, creator, payload }, at);
  if (random.chance(0.7)) addDeploymentStatus(world, created, 'QUEUED', creator.id, at);
  return created.id;
}

function continueOne({ world, random, repository, at }: Occasion): string | null {
  const deployment = pickOne(random, repository.deployments.values(), (each) => !isFinished(each));
  if (!deployment) return null;
  const isRunning = deployment.statuses.at(-1)?.state === 'IN_PROGRESS';
  const state = isRunning ? random.weighted({ SUCCESS: 8, FAILURE: 1, ERROR: 1 }) : 'IN_PROGRESS';
  addDeploymentStatus(world, deployment, state, deployment.creatorId, at);
  return deployment.id;
}

/** It stays the success that it was. */
function inactivateOne({ world, random, repository, at }: Occasion): string | null {
  const isActive = ({ statuses }: Deployment) => statuses.at(-1)?.state === 'SUCCESS';
  const deployment = pickOne(random, repository.deployments.values(), isActive);
  if (!deployment) return null;
  addDeploymentStatus(world, deployment, 'INACTIVE', deployment.creatorId, at);
  return deployment.id;
}
