import { advance } from '../empty-world.ts';
import { nextDatabaseId, nodeId } from '../ids.ts';
import type { Deployment, DeploymentStatus, Repository, User, World } from '../model.ts';

export interface NewDeployment {
  readonly commitSha: string;
  readonly ref: string;
  readonly environment: string;
  readonly creator: User;
  readonly task?: string;
  /** JSON text. */
  readonly payload?: string;
}

/** Without any status yet. */
export function createDeployment(
  world: World,
  repository: Repository,
  { commitSha, ref, environment, creator, task = 'deploy', payload = '' }: NewDeployment,
  at: number,
): Deployment {
  const createdAt = advance(world, at);
  const databaseId = nextDatabaseId(world);
  const deployment: Deployment = {
    id: nodeId(world, 'DE', databaseId),
    databaseId,
    commitSha,
    ref,
    environment,
    originalEnvironment: environment,
    task,
    payload,
    creatorId: creator.id,
    createdAt,
    updatedAt: createdAt,
    statuses: [],
  };
  repository.deployments.set(deployment.id, deployment);
  return deployment;
}

export function addDeploymentStatus(
  world: World,
  deployment: Deployment,
  state: DeploymentStatus['state'],
  creatorId: string,
  at: number,
): DeploymentStatus {
  const createdAt = advance(world, at);
  const environmentUrl = state === 'SUCCESS' ? `https://${deployment.environment}.example.test` : '';
  const status = { id: nodeId(world, 'DES'), state, createdAt, creatorId, environmentUrl };
  deployment.statuses.push(status);
  deployment.updatedAt = createdAt;
  return status;
}

const finalStates: readonly string[] = ['SUCCESS', 'FAILURE', 'ERROR', 'INACTIVE'];

export function isFinished(deployment: Deployment): boolean {
  return deployment.statuses.some(({ state }) => finalStates.includes(state));
}
