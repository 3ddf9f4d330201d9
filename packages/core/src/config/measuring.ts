import { z } from 'zod';
import { day, glob, metricId, name, real, timeZone, wallTime } from './fields.ts';

export const BusinessHours = z
  .strictObject({
    days: z
      .array(z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']))
      .min(1)
      .default(['monday', 'tuesday', 'wednesday', 'thursday', 'friday']),
    from: wallTime.default('09:00'),
    to: wallTime.default('17:00'),
    holidays: z.array(day).max(2000).default([]).describe('Days on which nobody works.'),
  })
  .refine(({ from, to }) => from < to, { error: 'ends before it begins', path: ['to'] })
  .prefault({});

export const Team = z.strictObject({
  name: real(name).describe(
    'As the source calls it: `acme/payments`, or only `payments` where that is unmistakable.',
  ),
  group: real(name).optional().describe('What it belongs to; by default the topmost team above it.'),
  timeZone: timeZone.optional().describe('Where it works; by default the time zone of the organisation.'),
  from: day
    .optional()
    .describe(
      'From when this holds, so that a reorganisation rewrites nothing: a team may stand here several times.',
    ),
});

export const Agreement = z.strictObject({
  name: name.describe('As the team would say it: "First review within one business day".'),
  metric: metricId.describe('The metric that it is about.'),
  atMost: z
    .union([z.number().nonnegative(), z.string().regex(/^\d+(\.\d+)?\s*(m|h|d|w|bd)$/)], {
      error: 'is neither a number nor a duration such as 4h, 2d, 1w or 1bd (business day)',
    })
    .describe(
      'A row keeps the agreement if its value is not above: a number in the unit of the metric, or 30m, 4h, 2d, 1w; 1bd is a business day, by business hours. Of work that stands its age.',
    ),
  teams: z.array(real(name)).default([]).describe('Who agreed. Empty: everybody.'),
  target: z.number().min(0).max(1).default(0.9).describe('The share that is to be kept.'),
});

export const Target = z.strictObject({
  metric: metricId,
  value: z
    .union([z.number().nonnegative(), z.string().regex(/^\d+(\.\d+)?\s*(m|h|d|w)$/)], {
      error: 'is neither a number nor a duration such as 4h, 2d or 1w',
    })
    .describe(
      'In the unit of the metric (a share as 0.15), or a duration; whether above or below is better, the metric says.',
    ),
  teams: z.array(real(name)).default([]).describe('Whose target it is. Empty: everybody\u2019s.'),
});

export const ContinuousIntegration = z
  .strictObject({
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'is not a currency such as EUR' })
      .default('USD'),
    prices: z
      .array(
        z.strictObject({
          provider: glob.default('*'),
          pipeline: glob.default('*'),
          perMinute: z.number().nonnegative(),
        }),
      )
      .default([])
      .describe('What a minute of a build costs; the first that matches. Empty: cost is not known.'),
  })
  .prefault({});

export const PullRequests = z
  .strictObject({
    largeLines: z
      .number()
      .int()
      .min(1)
      .default(400)
      .describe('From how many effective lines a change is large.'),
    generated: z
      .array(glob)
      .default([
        '**/package-lock.json',
        '**/npm-shrinkwrap.json',
        '**/yarn.lock',
        '**/pnpm-lock.yaml',
        '**/bun.lock',
        '**/Cargo.lock',
        '**/Gemfile.lock',
        '**/poetry.lock',
        '**/uv.lock',
        '**/Pipfile.lock',
        '**/composer.lock',
        '**/go.sum',
        '**/gradle.lockfile',
        '**/*.snap',
        '**/*.min.js',
        '**/*.min.css',
        '**/*.map',
        '**/*.pb.go',
        '**/*_pb2.py',
        '**/*.generated.*',
        '**/__generated__/**',
        '**/generated/**',
        '**/dist/**',
        '**/vendor/**',
        '**/node_modules/**',
        '**/third_party/**',
      ])
      .describe('Files that nobody wrote: they do not count as size.'),
  })
  .prefault({});

/** Two agreements of one name, which no report could tell apart. */
export function refuseDoubles(
  agreements: readonly z.infer<typeof Agreement>[],
  context: z.RefinementCtx,
): void {
  const seen = new Set<string>();
  agreements.forEach(({ name: agreement }, index) => {
    const key = agreement.toLowerCase();
    if (seen.has(key)) {
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: `"${agreement}" stands here twice; give each agreement a name of its own`,
      });
    }
    seen.add(key);
  });
}

/** A team at one time in two groups. */
export function refuseContradictions(teams: readonly z.infer<typeof Team>[], context: z.RefinementCtx): void {
  const seen = new Map<string, number>();
  teams.forEach(({ name: team, from = '' }, index) => {
    const key = `${team.toLowerCase()} ${from}`;
    const first = seen.get(key);
    seen.set(key, first ?? index);
    if (first === undefined) return;
    const when = from === '' ? 'without a `from:`' : `from ${from}`;
    context.addIssue({
      code: 'custom',
      path: [index, 'name'],
      message: `${team} stands here twice ${when}; a team is in one group at a time: give each entry its own \`from:\``,
    });
  });
}
