import { z } from 'zod';
import { answerSchema } from '../answer-schema.ts';
import type {
  DeploymentsByIdQuery,
  DeploymentsQuery,
  DeploymentStatusesQuery,
  ReleasesQuery,
} from '../queries/generated.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
/** A node of another kind than was asked for comes as an empty object. */
const otherNode = z.strictObject({}).transform(() => null);

const Status = z.object({
  state: z.enum(['ERROR', 'FAILURE', 'INACTIVE', 'IN_PROGRESS', 'PENDING', 'QUEUED', 'SUCCESS', 'WAITING']),
  createdAt: instant,
});
export type DeploymentStatus = z.infer<typeof Status>;

const StatusList = z.object({ pageInfo, nodes: z.array(Status.nullable()).nullable() });

const Deployment = z.object({
  id: z.string().min(1),
  databaseId: z.number().int().nullable(),
  commitOid: z.string(),
  createdAt: instant,
  environment: z.string().nullable(),
  originalEnvironment: z.string().nullable(),
  task: z.string().nullable(),
  payload: z.string().nullable(),
  ref: z.object({ name: z.string() }).nullable(),
  statuses: StatusList.nullable(),
});
export type Deployment = z.infer<typeof Deployment>;

export const Deployments = answerSchema<DeploymentsQuery>()(
  z.object({
    repository: z
      .object({
        deployments: z.object({
          totalCount: z.number().int(),
          pageInfo,
          nodes: z.array(Deployment.nullable()).nullable(),
        }),
      })
      .nullable(),
  }),
);

export const DeploymentsById = answerSchema<DeploymentsByIdQuery>()(
  z.object({ nodes: z.array(z.union([Deployment, otherNode]).nullable()) }),
);

export const DeploymentStatuses = answerSchema<DeploymentStatusesQuery>()(
  z.object({
    node: z.union([z.object({ statuses: StatusList.nullable() }), otherNode]).nullable(),
  }),
);

const Release = z.object({
  id: z.string().min(1),
  tagName: z.string(),
  isDraft: z.boolean(),
  isPrerelease: z.boolean(),
  publishedAt: instant.nullable(),
  updatedAt: instant,
  tagCommit: z.object({ oid: z.string() }).nullable(),
});
export type Release = z.infer<typeof Release>;

export const Releases = answerSchema<ReleasesQuery>()(
  z.object({
    repository: z
      .object({
        releases: z.object({
          totalCount: z.number().int(),
          pageInfo,
          nodes: z.array(Release.nullable()).nullable(),
        }),
      })
      .nullable(),
  }),
);
