import { z } from 'zod';

export const BuildCursor = z.object({
  /** When the newest run that is known was created; null: nothing was read yet. */
  newest: z.number().nullable(),
  /** Older runs were not wanted. */
  floor: z.number(),
  /** The backfill goes on with runs created no later; null: it is done. */
  backfill: z.object({ until: z.number() }).nullable(),
  /** Of the first page of all runs: as long as it is the same, nothing ran. */
  etag: z.string().nullable(),
  /** Runs that had not ended. */
  open: z.array(z.number()),
  /** When runs that had ended badly were last looked at, because anybody may run them again. */
  checkedAt: z.number(),
  /** The same of all runs, however they had ended. */
  sweptAt: z.number(),
  /** Stands for what decides which runs are deployments. */
  deploying: z.string(),
  /** The token might not read them, and ops.truncations says so. */
  isRefused: z.boolean().default(false),
});
export type BuildCursor = z.infer<typeof BuildCursor>;
