import { z } from 'zod';
import { answerSchema } from '../answer-schema.ts';
import type { AccountQuery, CodeOwnersQuery } from '../queries/generated.ts';

/** A folder of that name has no text. */
const other = z.strictObject({}).transform(() => null);

const CodeOwnersFile = z.object({
  byteSize: z.number().int(),
  isTruncated: z.boolean(),
  text: z.string().nullable(),
});
export type CodeOwnersFile = z.infer<typeof CodeOwnersFile>;

const file = z.union([CodeOwnersFile, other]).nullable();

export const CodeOwners = answerSchema<CodeOwnersQuery>()(
  z.object({ repository: z.object({ hidden: file, root: file, docs: file }).nullable() }),
);
export type CodeOwners = z.infer<typeof CodeOwners>;

export const Account = answerSchema<AccountQuery>()(
  z.object({ user: z.object({ id: z.string(), login: z.string() }).nullable() }),
);
export type Account = z.infer<typeof Account>;
