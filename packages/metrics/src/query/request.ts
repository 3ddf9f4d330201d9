import { z } from 'zod';

const Names = z
  .array(z.string().max(1000))
  .min(1, 'is empty: leave the filter out to have everything')
  .max(10_000);

/** Whether changes by bots count. Metrics that do not know bots refuse `only` and ignore the rest. */
export const Bots = z.enum(['exclude', 'include', 'only']);
export type Bots = z.infer<typeof Bots>;

export const Grain = z.enum(['week', 'month', 'quarter', 'whole']);
export type Grain = z.infer<typeof Grain>;

/** The rows to look at: each list is a choice of names, several lists hold together. */
export const Filters = z.strictObject({
  repo: Names.optional(),
  service: Names.optional(),
  team: Names.optional(),
  environment: Names.optional(),
  bots: Bots.default('exclude'),
});

/** The window [since, until) in ms, cut into calendar periods of a time zone. `whole`: one period, the window itself. */
export const Period = z.strictObject({
  since: z.int().nonnegative(),
  /** No later than the data were collected: an unobserved week must not look like a week without deployments. */
  until: z.int().nonnegative(),
  grain: Grain,
  /** IANA name. Weeks begin on Monday there. */
  timeZone: z.string().max(100),
});
export type Period = z.infer<typeof Period>;

/** A question to a metric. What may be grouped and filtered by is up to the metric's dimensions. */
export const QueryRequest = z.strictObject({
  metric: z.string().max(100),
  period: Period,
  filters: Filters.prefault({}),
  groupBy: z.array(z.string().max(100)).max(10).default([]),
});
export type QueryRequest = z.input<typeof QueryRequest>;
