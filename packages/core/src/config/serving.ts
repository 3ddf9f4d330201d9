import { z } from 'zod';

/** What somebody who asks the served warehouse may do; see docs/how-to/serve.md. */
export const ROLES = ['dashboards', 'analyst', 'bot', 'operator'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const ServedUser = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z_][\w.-]{0,63}$/, { error: 'is not a name of letters, digits, dots and hyphens' }),
    role: Role.describe(
      'dashboards: metric views. analyst: metrics, facts and domain. bot: reads evidence, stores findings. operator: everything.',
    ),
    passwordHash: z
      .string()
      .regex(/^scrypt:\d+:\d+:\d+:[\w+/=]+:[\w+/=]+$/, {
        error: 'is not a hash that `bellwether serve --hash-password` prints',
      })
      .optional()
      .describe('Printed by `bellwether serve --hash-password`.'),
    passwordVariable: z
      .string()
      .regex(/^[A-Z_][A-Z0-9_]*$/, { error: 'is not the name of an environment variable' })
      .optional()
      .describe('Name of the environment variable that holds the password.'),
  })
  .refine((user) => (user.passwordHash === undefined) !== (user.passwordVariable === undefined), {
    error: 'needs either passwordHash or passwordVariable',
  });
export type ServedUser = z.infer<typeof ServedUser>;

const limit = z.number().int().min(1);

/** What one role may use. Left out: the default of the role. */
export const RoleLimits = z.strictObject({
  seconds: limit.max(86_400).optional().describe('How long one query may run.'),
  memoryMegabytes: limit.optional().describe('Memory of one query.'),
  rowsRead: limit.optional().describe('Rows that one query may read.'),
  rowsReturned: limit.optional().describe('Rows that one query may return.'),
  resultMegabytes: limit
    .max(2048)
    .optional()
    .describe('A result that cannot be streamed is held in memory up to here.'),
  concurrent: limit.max(1000).optional().describe('Queries of the role that run at once.'),
  waiting: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe('Queries that wait for one of these to end.'),
  requestMegabytes: limit.max(4096).optional().describe('Size of a request, unpacked.'),
});
export type RoleLimits = z.infer<typeof RoleLimits>;

export const Serve = z
  .strictObject({
    listen: z
      .string()
      .regex(/^(?:\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}$/, {
        error: 'is not an address such as 127.0.0.1:8123',
      })
      .default('127.0.0.1:8123')
      .describe('Where `bellwether serve` listens. Other machines reach it only where users are configured.'),
    users: z
      .array(ServedUser)
      .default([])
      .superRefine((users, context) => {
        const names = new Set<string>();
        users.forEach(({ name }, at) => {
          if (names.has(name)) {
            context.addIssue({ code: 'custom', path: [at, 'name'], message: `${name} stands here twice` });
          }
          names.add(name);
        });
      })
      .describe('Who may ask. Without any, programs of this machine may read the metric views.'),
    limits: z.partialRecord(Role, RoleLimits).default({}).describe('What each role may use.'),
  })
  .prefault({})
  .describe('What `bellwether serve` offers to whom.');

export const Schedule = z.strictObject({
  source: z.enum(['git', 'github']).describe('What to collect.'),
  cron: z
    .string()
    .min(1)
    .max(100)
    .describe('When, as in crontab: `*/30 * * * *`, in the time zone of the organisation.'),
  jitterSeconds: z
    .number()
    .int()
    .min(0)
    .max(86_400)
    .default(60)
    .describe('A run begins up to so much later, so that not everything begins at once.'),
});
export type Schedule = z.infer<typeof Schedule>;
