import { z } from 'zod';
import { CommitCursor as GitCommitCursor } from '../../git/streams/commits.ts';

/** What discovery saw when everything up to then was stored; null while a reading is under way. */
const Seen = z.object({ headSha: z.string().nullable(), pushedAt: z.number().nullable() }).nullable();

export const ApiProgress = z.object({
  /** All that this commit reaches, since the floor, is stored; null: nothing is for certain. */
  head: z.string().nullable(),
  /** A first reading that goes on here, children before parents. */
  walk: z.object({ head: z.string(), after: z.string().nullable() }).nullable(),
  /** Of what these reach, a part may be stored. */
  abandoned: z.array(z.string()),
  /** Older ones were not wanted; null: all were. */
  floor: z.number().nullable(),
  /** When a date that lies in the future becomes believable. */
  recheckAt: z.number().nullable(),
});
export type ApiProgress = z.infer<typeof ApiProgress>;

export const CommitCursor = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('mirror'), seen: Seen, mapping: z.string(), git: GitCommitCursor.nullable() }),
  z.object({
    mode: z.literal('api'),
    seen: Seen,
    mapping: z.string(),
    /** The mirror was wanted and the token may not fetch. */
    isRefused: z.boolean(),
    api: ApiProgress,
  }),
  z.object({ mode: z.literal('off') }),
]);
export type CommitCursor = z.infer<typeof CommitCursor>;
