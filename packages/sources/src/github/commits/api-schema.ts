import { z } from 'zod';
import { answerSchema } from '../answer-schema.ts';
import type { CommitHistoryQuery } from '../queries/generated.ts';

/** GitHub writes the offset of the author's zone. */
const seconds = z.iso
  .datetime({ offset: true })
  .transform((text) => String(Math.floor(Date.parse(text) / 1000)));

const Commit = z.object({
  oid: z.string().min(1),
  message: z.string(),
  /** Unix seconds as text, as git gives them. */
  authoredDate: seconds,
  committedDate: seconds,
  author: z.object({ name: z.string().nullable(), email: z.string().nullable() }).nullable(),
  parents: z.object({
    totalCount: z.number().int(),
    nodes: z.array(z.object({ oid: z.string() }).nullable()).nullable(),
  }),
});
export type Commit = z.infer<typeof Commit>;

const History = z.object({
  history: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(Commit.nullable()).nullable(),
  }),
});

export const CommitHistory = answerSchema<CommitHistoryQuery>()(
  z.object({
    repository: z
      .object({
        // An id that is no commit's comes as an empty object.
        object: z.union([History, z.strictObject({}).transform(() => null)]).nullable(),
      })
      .nullable(),
  }),
);
