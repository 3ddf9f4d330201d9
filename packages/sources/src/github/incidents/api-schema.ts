import { z } from 'zod';
import { answerSchema } from '../answer-schema.ts';
import type { IssuesByIdQuery, IssuesQuery } from '../queries/generated.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const Issue = z.object({
  id: z.string().min(1),
  number: z.number().int(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  createdAt: instant,
  updatedAt: instant,
  closedAt: instant.nullable(),
  labels: z
    .object({
      totalCount: z.number().int(),
      nodes: z.array(z.object({ name: z.string() }).nullable()).nullable(),
    })
    .nullable(),
});
export type Issue = z.infer<typeof Issue>;

export const Issues = answerSchema<IssuesQuery>()(
  z.object({
    repository: z
      .object({
        issues: z.object({
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
          nodes: z.array(Issue.nullable()).nullable(),
        }),
      })
      .nullable(),
  }),
);

export const IssuesById = answerSchema<IssuesByIdQuery>()(
  z.object({ nodes: z.array(z.union([Issue, z.strictObject({}).transform(() => null)]).nullable()) }),
);
