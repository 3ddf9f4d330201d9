import { z } from 'zod';
import { LightPullRequest } from '../discovery/api-schema.ts';
import { answerSchema } from '../answer-schema.ts';
import type {
  PullRequestCommitsQuery,
  PullRequestEventsQuery,
  PullRequestFilesQuery,
  PullRequestHeadsQuery,
  PullRequestLabelsQuery,
  PullRequestListingQuery,
  PullRequestReviewRequestsQuery,
  PullRequestReviewsQuery,
  PullRequestsByIdQuery,
  PullRequestsQuery,
  PullRequestsSkipQuery,
} from '../queries/generated.ts';

// Every pull request of a company passes here: flat objects without refinements. Instants are checked where they are
// turned into numbers.

const Account = z.object({ __typename: z.string(), id: z.string(), login: z.string() });
export type AccountNode = z.infer<typeof Account>;

/** A person or a team; a team has a slug and no id. */
const Reviewer = z.object({
  __typename: z.string(),
  id: z.string().optional(),
  login: z.string().optional(),
  combinedSlug: z.string().optional(),
});
export type ReviewerNode = z.infer<typeof Reviewer>;

const Commit = z.object({ oid: z.string() });
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

function list<Item extends z.ZodType>(item: Item) {
  return z.object({ totalCount: z.number(), pageInfo, nodes: z.array(item.nullable()).nullable() });
}

const Labels = list(z.object({ name: z.string() }));

const ReviewRequests = list(z.object({ requestedReviewer: Reviewer.nullable() }));

const Reviews = list(
  z.object({
    id: z.string(),
    author: Account.nullable(),
    state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING']),
    body: z.string(),
    submittedAt: z.string().nullable(),
    commit: Commit.nullable(),
    comments: z.object({ totalCount: z.number() }),
  }),
);

const Commits = list(
  z.object({
    commit: z.object({
      oid: z.string(),
      authoredDate: z.string(),
      author: z.object({ user: Account.nullable() }).nullable(),
    }),
  }),
);

const Files = list(z.object({ path: z.string(), additions: z.number(), deletions: z.number() }));

/** One shape for all kinds: a union would be tried kind by kind, for every event. */
const Events = list(
  z.object({
    __typename: z.string(),
    id: z.string().optional(),
    createdAt: z.string().optional(),
    actor: Account.nullable().optional(),
    requestedReviewer: Reviewer.nullable().optional(),
    label: z.object({ name: z.string() }).optional(),
    reason: z.string().nullable().optional(),
    beforeCommit: Commit.nullable().optional(),
    afterCommit: Commit.nullable().optional(),
  }),
);

const Head = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  isInMergeQueue: z.boolean(),
  isCrossRepository: z.boolean(),
  author: Account.nullable(),
  baseRefName: z.string(),
  headRefName: z.string(),
  headRefOid: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  mergedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  mergedBy: Account.nullable(),
  mergeCommit: Commit.nullable(),
  additions: z.number(),
  deletions: z.number(),
  changedFiles: z.number(),
  totalCommentsCount: z.number().nullable(),
});

const Whole = Head.extend({
  labels: Labels.nullable(),
  reviewRequests: ReviewRequests.nullable(),
  reviews: Reviews.nullable(),
  commits: Commits,
  files: Files.nullable(),
  timelineItems: Events,
});
/** A pull request as GitHub shows it. Lists that did not fit one page are completed in place. */
export type PullRequestNode = z.infer<typeof Whole>;

const Listed = z.object({ id: z.string(), number: z.number(), updatedAt: z.string() });
const ListedLight = LightPullRequest.extend({ number: z.number() });
export type ListedPullRequest = z.infer<typeof Listed>;
export type ListedLight = z.infer<typeof ListedLight>;

/** A node of another kind than was asked for comes as an empty object. */
const otherNode = z.strictObject({}).transform(() => null);

function inRepository<Item extends z.ZodType>(item: Item) {
  return z.object({ repository: z.object({ pullRequests: list(item) }).nullable() });
}

function byId<Item extends z.ZodType>(item: Item) {
  return z.object({ nodes: z.array(z.union([item, otherNode]).nullable()) });
}

export const PullRequests = answerSchema<PullRequestsQuery>()(inRepository(Whole));

/** A page whose one pull request is too heavy holds none, and says which it is. */
export const PullRequestsSkip = answerSchema<PullRequestsSkipQuery>()(
  z.object({
    repository: z
      .object({
        pullRequests: list(Listed).transform(({ nodes, ...rest }) => ({
          ...rest,
          nodes: [],
          skipped: nodes,
        })),
      })
      .nullable(),
  }),
);

type Answered = z.infer<typeof PullRequests>;
/** A page of either. */
export interface PullRequestsPage {
  readonly repository: {
    readonly pullRequests: NonNullable<Answered['repository']>['pullRequests'] & {
      readonly skipped?: readonly (ListedPullRequest | null)[] | null;
    };
  } | null;
}

export const PullRequestsById = answerSchema<PullRequestsByIdQuery>()(byId(Whole));

export const PullRequestHeads = answerSchema<PullRequestHeadsQuery>()(byId(Head));

export const PullRequestListing = answerSchema<PullRequestListingQuery>()(inRepository(ListedLight));
export type PullRequestListing = z.infer<typeof PullRequestListing>;

const id = z.string();

export const MoreLabels = answerSchema<PullRequestLabelsQuery>()(
  byId(z.object({ id, labels: Labels.nullable() })),
);

export const MoreReviewRequests = answerSchema<PullRequestReviewRequestsQuery>()(
  byId(z.object({ id, reviewRequests: ReviewRequests.nullable() })),
);

export const MoreReviews = answerSchema<PullRequestReviewsQuery>()(
  byId(z.object({ id, reviews: Reviews.nullable() })),
);

export const MoreCommits = answerSchema<PullRequestCommitsQuery>()(byId(z.object({ id, commits: Commits })));

export const MoreFiles = answerSchema<PullRequestFilesQuery>()(
  byId(z.object({ id, files: Files.nullable() })),
);

export const MoreEvents = answerSchema<PullRequestEventsQuery>()(
  byId(z.object({ id, timelineItems: Events })),
);
