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

/** Durations by the wall clock, or in business hours of the team; only some metrics know the second. */
export const Clock = z.enum(['wall', 'business']);
export type Clock = z.infer<typeof Clock>;

/** The rows to look at: each list is a choice of names, several lists hold together. */
export const Filters = z.strictObject({
  organisation: Names.optional(),
  repo: Names.optional(),
  service: Names.optional(),
  team: Names.optional(),
  team_group: Names.optional(),
  environment: Names.optional(),
  kind: Names.optional(),
  starts_at: Names.optional(),
  provider: Names.optional(),
  pipeline: Names.optional(),
  job: Names.optional(),
  severity: Names.optional(),
  path: Names.optional(),
  rule: Names.optional(),
  source: Names.optional(),
  finding: Names.optional(),
  bots: Bots.default('exclude'),
});
export type Filters = z.infer<typeof Filters>;

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

/**
 * A working agreement: the figure becomes the share of rows whose value, or age in seconds, is at most this. What still
 * waits for its value has broken it after `overdueAfter` seconds of the wall clock; by that clock these are `atMost`
 * where nothing else is said, in business hours nothing is judged before it has its value.
 */
export const Keeps = z
  .strictObject({ atMost: z.number().nonnegative(), overdueAfter: z.number().nonnegative().optional() })
  .refine(({ atMost, overdueAfter }) => overdueAfter === undefined || overdueAfter >= atMost, {
    message: 'overdueAfter is less than atMost: what may still be in time cannot be overdue',
  });
export type Keeps = z.infer<typeof Keeps>;

/** A question to a metric. What may be grouped and filtered by is up to the metric's dimensions. */
export const QueryRequest = z.strictObject({
  metric: z.string().max(100),
  period: Period,
  filters: Filters.prefault({}),
  groupBy: z.array(z.string().max(100)).max(10).default([]),
  clock: Clock.default('wall'),
  keeps: Keeps.optional(),
});
export type QueryRequest = z.input<typeof QueryRequest>;
