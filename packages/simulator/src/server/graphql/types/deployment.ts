import type { Deployment, DeploymentStatus, Repository } from '../../../world/model.ts';
import { formatTime } from '../../time-format.ts';
import { type Connection, type PageArguments, pageOfList, pageOfOrdered } from '../connection.ts';
import type { Context } from '../context.ts';
import { defineType } from '../define-type.ts';
import { byDatabaseId, orderedView } from '../ordered-view.ts';
import type { AccountSource, DeploymentSource, DeploymentStatusSource } from '../sources.ts';
import { actorOf } from './actor.ts';
import { commitOf } from './commit.ts';
import { BRANCHES, refOf, TAGS } from './ref.ts';

export interface DeploymentArguments extends PageArguments {
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
  readonly environments?: readonly string[] | null;
}

export function pageOfDeployments(repository: Repository, args: DeploymentArguments): Connection {
  const { environments } = args;
  const view = orderedView(repository.deployments, 'CREATED_AT', ({ createdAt }) => createdAt, byDatabaseId);
  return pageOfOrdered(view, args, {
    isDescending: args.orderBy?.direction === 'DESC',
    ...(environments != null && {
      accepts: ({ environment }: Deployment) => environments.includes(environment),
    }),
    map: (value): DeploymentSource => ({ typename: 'Deployment', repository, value }),
  });
}

/** The schema wants a creator; of a deleted account only the ghost is left. */
function creatorOf(context: Context, id: string): AccountSource {
  return (
    actorOf(context, id) ?? {
      typename: 'User',
      value: {
        id: 'U_ghost',
        databaseId: 10137,
        login: 'ghost',
        name: 'Deleted user',
        email: '',
        type: 'User',
        timeZone: 'UTC',
        isDeleted: false,
      },
    }
  );
}

export const deployment = defineType<DeploymentSource>('Deployment', {
  id: ({ value }) => value.id,
  databaseId: ({ value }) => value.databaseId,
  commitOid: ({ value }) => value.commitSha,
  commit: ({ repository, value }) => commitOf(repository, value.commitSha),
  environment: ({ value }) => value.environment,
  latestEnvironment: ({ value }) => value.environment,
  originalEnvironment: ({ value }) => value.originalEnvironment,
  task: ({ value }) => value.task,
  payload: ({ value }) => value.payload || null,
  description: () => null,
  ref: ({ repository, value }) =>
    refOf(repository, BRANCHES, value.ref) ?? refOf(repository, TAGS, value.ref),
  state: ({ value }) => stateOf(value),
  createdAt: ({ value }) => formatTime(value.createdAt),
  updatedAt: ({ value }) => formatTime(value.updatedAt),
  creator: ({ value }, _, context) => creatorOf(context, value.creatorId),
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
  latestStatus: (source) => {
    const latest = source.value.statuses.at(-1);
    return latest === undefined ? null : statusOf(source, latest);
  },
  statuses: (source, page: PageArguments) =>
    pageOfList(source.value.statuses.toReversed(), page, {
      idOf: ({ id }) => id,
      map: (status) => statusOf(source, status),
    }),
});

function statusOf({ repository, value }: DeploymentSource, status: DeploymentStatus): DeploymentStatusSource {
  return { typename: 'DeploymentStatus', repository, deployment: value, value: status };
}

/** ACTIVE for a success that nothing replaced yet; a deployment without a status is PENDING. */
function stateOf({ statuses }: Deployment): string {
  const latest = statuses.at(-1)?.state ?? 'PENDING';
  return latest === 'SUCCESS' ? 'ACTIVE' : latest;
}

export const deploymentStatus = defineType<DeploymentStatusSource>('DeploymentStatus', {
  id: ({ value }) => value.id,
  state: ({ value }) => value.state,
  createdAt: ({ value }) => formatTime(value.createdAt),
  updatedAt: ({ value }) => formatTime(value.createdAt),
  description: () => null,
  environment: ({ deployment: { environment } }) => environment,
  environmentUrl: ({ value }) => value.environmentUrl || null,
  logUrl: () => null,
  creator: ({ value }, _, context) => creatorOf(context, value.creatorId),
  deployment: ({ repository, deployment: value }) => ({ typename: 'Deployment', repository, value }),
});
