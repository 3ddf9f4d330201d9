import { z } from 'zod';
import { answerSchema } from '../answer-schema.ts';
import type {
  LightDeploymentsQuery,
  LightPullRequestsQuery,
  OrganisationProbeQuery,
  RepositoriesByIdQuery,
  RepositoryProbeQuery,
} from '../queries/generated.ts';

const instant = z.iso.datetime({ offset: true });

const Login = z.object({ login: z.string() });

const Newest = z.object({
  totalCount: z.number().int(),
  nodes: z.array(z.object({ updatedAt: instant }).nullable()).nullable(),
});

const NewestCreated = z.object({
  totalCount: z.number().int(),
  nodes: z.array(z.object({ createdAt: instant }).nullable()).nullable(),
});

/** A repository as `probed-repository.graphql` asks for it. No person stands in it. */
export const ProbedRepository = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  owner: Login,
  visibility: z.enum(['INTERNAL', 'PRIVATE', 'PUBLIC']),
  isFork: z.boolean(),
  isArchived: z.boolean(),
  isEmpty: z.boolean(),
  createdAt: instant,
  pushedAt: instant.nullable(),
  updatedAt: instant,
  primaryLanguage: z.object({ name: z.string() }).nullable(),
  defaultBranchRef: z
    .object({ name: z.string(), target: z.object({ oid: z.string() }).nullish() })
    .nullable(),
  // Not there: not asked for, because the token may not see them. See `permissions.ts`.
  pullRequests: Newest.nullish(),
  issues: Newest.nullish(),
  deployments: NewestCreated.nullish(),
  releases: Newest.nullish(),
  refs: z.object({ totalCount: z.number().int() }).nullish(),
});
export type ProbedRepository = z.infer<typeof ProbedRepository>;

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

export const OrganisationProbe = answerSchema<OrganisationProbeQuery>()(
  z.object({
    repositoryOwner: z
      .object({
        __typename: z.enum(['Organization', 'User']),
        login: z.string(),
        repositories: z.object({
          totalCount: z.number().int(),
          nodes: z.array(ProbedRepository.nullable()).nullable(),
          pageInfo,
        }),
      })
      .nullable(),
  }),
);
export type OrganisationProbe = z.infer<typeof OrganisationProbe>;

export const RepositoryProbe = answerSchema<RepositoryProbeQuery>()(
  z.object({ repository: ProbedRepository.nullable() }),
);
export type RepositoryProbe = z.infer<typeof RepositoryProbe>;

/** A node that is of another kind than asked for comes as an empty object. */
const other = z.strictObject({}).transform(() => null);

const NamedRepository = z.object({ id: z.string(), name: z.string(), owner: Login });
export type NamedRepository = z.infer<typeof NamedRepository>;

export const RepositoriesById = answerSchema<RepositoriesByIdQuery>()(
  z.object({
    nodes: z.array(z.union([NamedRepository, other]).nullable()),
  }),
);
export type RepositoriesById = z.infer<typeof RepositoriesById>;

const Count = z.object({ totalCount: z.number().int() });

export const LightPullRequest = z.object({
  id: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  updatedAt: instant,
  headRefOid: z.string(),
  totalCommentsCount: z.number().int().nullable(),
  commits: Count,
  reviews: Count.nullable(),
  labels: Count.nullable(),
  timelineItems: Count,
});
export type LightPullRequest = z.infer<typeof LightPullRequest>;

export const LightPullRequests = answerSchema<LightPullRequestsQuery>()(
  z.object({
    nodes: z.array(z.union([LightPullRequest, other]).nullable()),
  }),
);
export type LightPullRequests = z.infer<typeof LightPullRequests>;

const LightDeployment = z.object({
  id: z.string(),
  latestStatus: z
    .object({
      state: z.enum([
        'ERROR',
        'FAILURE',
        'INACTIVE',
        'IN_PROGRESS',
        'PENDING',
        'QUEUED',
        'SUCCESS',
        'WAITING',
      ]),
    })
    .nullable(),
});
export type LightDeployment = z.infer<typeof LightDeployment>;

export const LightDeployments = answerSchema<LightDeploymentsQuery>()(
  z.object({
    nodes: z.array(z.union([LightDeployment, other]).nullable()),
  }),
);
export type LightDeployments = z.infer<typeof LightDeployments>;
