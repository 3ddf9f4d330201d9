import { z } from 'zod';
import { parseTagPattern } from '../tag-pattern.ts';

const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'is not a time zone of the IANA list, such as Europe/Berlin' });

const glob = z.string().min(1).max(200);

const tagPattern = z.string().superRefine((value, context) => {
  try {
    parseTagPattern(value);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
  }
});

const Warehouse = z
  .union(
    [
      z.strictObject({
        path: z.string().min(1).describe('Folder of the embedded warehouse, relative to this file.'),
      }),
      z.strictObject({
        url: z
          .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
          .describe(
            'A ClickHouse server. Name and password come from BELLWETHER_CLICKHOUSE_USER and BELLWETHER_CLICKHOUSE_PASSWORD.',
          ),
        cluster: z
          .string()
          .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/)
          .optional()
          .describe('Name of the cluster, when tables are replicated.'),
      }),
    ],
    { error: 'needs either `path: <folder>` or `url: <http(s)://…>`, and nothing else but `cluster`' },
  )
  .describe('Where the data live: an embedded folder or a ClickHouse server.');

const Repository = z.strictObject({
  path: z.string().min(1).describe('A clone on this disk, relative to this file.'),
  repo: z
    .string()
    .regex(/^[^/\s]+\/[^/\s]+(\/[^/\s]+)*$/)
    .optional()
    .describe('`<host>/<owner>/<name>`; taken from the origin remote where it is left out.'),
});

const Service = z.strictObject({
  name: z.string().min(1).max(200).describe('The name that reports show.'),
  repo: z.string().min(1).describe('`<host>/<owner>/<name>` of the repository it lives in.'),
  paths: z.array(glob).default([]).describe('Which files are its own: `packages/api/**`. Empty: not known.'),
  releases: z
    .array(z.string().min(1))
    .default([])
    .describe('Names under which its releases appear in tags, where they differ from `name`.'),
  owner: z.string().default('').describe('The team that owns it.'),
  tier: z.string().default('').describe('How critical it is, in your own words.'),
});

/** Everything that `bellwether.yaml` may say. Secrets are never among it: they come from the environment. */
export const Config = z.strictObject({
  warehouse: Warehouse.default({ path: '.bellwether/data' }),
  timeZone: timeZone.default('UTC').describe('Time zone of the organisation: weeks and months begin there.'),
  benchmark: z
    .enum(['2019', '2021', '2023', '2024', '2025', 'none'])
    .default('2024')
    .describe('Year of the DORA benchmark that figures are held against. 2025 has no tiers.'),
  repositories: z.array(Repository).default([]).describe('Clones that `collect --source git` reads.'),
  services: z.array(Service).default([]).describe('The service catalogue.'),
  git: z
    .strictObject({
      tags: z
        .array(tagPattern)
        .min(1)
        .default([
          'v{version}',
          '{version}',
          '{service}@{version}',
          '{service}-v{version}',
          '{service}/v{version}',
        ])
        .describe(
          'Which tags are releases. {version} is a semantic version, {service} a name; the first match wins.',
        ),
      integrationBranches: z
        .array(glob)
        .default(['develop', 'dev', 'next', 'staging', 'release/**', 'release-*'])
        .describe(
          'Branches that gather pull requests: what is merged from one of them holds changes of its own.',
        ),
      paths: z
        .enum(['auto', 'on', 'off'])
        .default('auto')
        .describe('Whether to read which files each commit touched. auto: where the clone has its trees.'),
    })
    .prefault({}),
  bots: z
    .array(glob)
    .default([
      '*[bot]',
      '*-bot',
      'bot-*',
      'dependabot*',
      'renovate*',
      'greenkeeper*',
      'github-actions*',
      'snyk-*',
    ])
    .describe('Names or e-mail addresses of machines, with * as wildcard.'),
  failures: z
    .strictObject({
      hotfixBranches: z
        .array(glob)
        .default(['hotfix/**', 'hotfix-*'])
        .describe('Branches whose merge says that the release before was broken.'),
    })
    .prefault({}),
});
export type Config = z.infer<typeof Config>;

function isTimeZone(value: string): boolean {
  // `+02:00` is one for Intl, but no place: it would not know summer time.
  if (/^[+-]/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
