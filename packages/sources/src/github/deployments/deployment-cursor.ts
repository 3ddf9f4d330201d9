import { z } from 'zod';

export const DeploymentCursor = z.object({
  /** Stands for the settings that the stored rows were mapped with. */
  mapping: z.string(),
  /** What was created since the floor and up to here is stored, but what the backfill still has to read. */
  newest: z.number().nullable(),
  /** The deployments created in that very second: GitHub's times are whole seconds. */
  newestIds: z.array(z.string()),
  /** How many GitHub counted then. Another number than the new ones explain means that some were deleted. */
  total: z.number(),
  /** Older ones were not wanted; null: all were. */
  floor: z.number().nullable(),
  /** Where the backfill goes on, newest first; null: it is done. */
  backfill: z.object({ after: z.string().nullable() }).nullable(),
});
export type DeploymentCursor = z.infer<typeof DeploymentCursor>;
