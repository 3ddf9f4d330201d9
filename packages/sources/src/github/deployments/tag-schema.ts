import { z } from 'zod';
import { answerSchema } from '../answer-schema.ts';
import type { TagsQuery } from '../queries/generated.ts';

const instant = z.iso.datetime({ offset: true });
const oid = z.string().min(1);

const Commit = z.object({ __typename: z.literal('Commit'), oid, committedDate: instant });
const NoCommit = z.object({ __typename: z.enum(['Blob', 'Tree']), oid });
/** A tag of a tag of a tag: what it stands for is not asked for. */
const DeepTag = z.object({ __typename: z.literal('Tag'), oid });
const InnerTag = z.object({
  __typename: z.literal('Tag'),
  oid,
  target: z.discriminatedUnion('__typename', [Commit, NoCommit, DeepTag]),
});
const OuterTag = z.object({
  __typename: z.literal('Tag'),
  oid,
  tagger: z.object({ date: instant.nullable() }).nullable(),
  target: z.discriminatedUnion('__typename', [Commit, NoCommit, InnerTag]),
});

const Ref = z.object({
  name: z.string(),
  target: z.discriminatedUnion('__typename', [Commit, NoCommit, OuterTag]).nullable(),
});
export type TagRef = z.infer<typeof Ref>;

export const Tags = answerSchema<TagsQuery>()(
  z.object({
    repository: z
      .object({
        refs: z
          .object({
            totalCount: z.number().int(),
            pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
            nodes: z.array(Ref.nullable()).nullable(),
          })
          .nullable(),
      })
      .nullable(),
  }),
);
