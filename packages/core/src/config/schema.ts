import { z } from 'zod';
import { Deployments, GitHub, Incidents, Repository, Service, Warehouse } from './collecting.ts';
import { glob, tagPattern, timeZone } from './fields.ts';
import {
  Agreement,
  BusinessHours,
  ContinuousIntegration,
  PullRequests,
  refuseContradictions,
  refuseDoubles,
  Target,
  Team,
} from './measuring.ts';
import { Schedule, Serve } from './serving.ts';

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
  teams: z
    .array(Team)
    .default([])
    .superRefine(refuseContradictions)
    .describe('What sources do not say of teams: where they belong and where they work.'),
  businessHours: BusinessHours.describe('When people work, in the time zone of their team.'),
  privacy: z
    .strictObject({
      minimumGroupSize: z
        .number()
        .int()
        .min(1)
        .max(100)
        .default(5)
        .describe(
          'A team with fewer people at the time, and a service that it owns, is shown as (withheld).',
        ),
    })
    .prefault({}),
  pullRequests: PullRequests.describe('What makes a pull request large.'),
  ci: ContinuousIntegration.describe('What continuous integration costs.'),
  agreements: z
    .array(Agreement)
    .default([])
    .superRefine(refuseDoubles)
    .describe('Working agreements: what share of the rows of a metric keeps a limit.'),
  targets: z.array(Target).default([]).describe('What figures are held against.'),
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
  github: GitHub.describe('What `collect --source github` reads.'),
  deployments: Deployments.describe('What counts as a deployment, and where it went.'),
  incidents: Incidents.describe('Which issues are incidents, and what they are about.'),
  raw: z
    .strictObject({
      keepDays: z
        .number()
        .int()
        .min(1)
        .max(3650)
        .default(400)
        .describe('How long answers of sources are kept for `replay`.'),
    })
    .prefault({}),
  serve: Serve,
  schedules: z.array(Schedule).default([]).describe('What `bellwether serve` collects, and when.'),
  failures: z
    .strictObject({
      hotfixBranches: z
        .array(glob)
        .default(['hotfix/**', 'hotfix-*'])
        .describe('Branches whose merge says that the release before was broken.'),
      hotfixLabels: z.array(glob).default(['hotfix']).describe('Labels of pull requests that say the same.'),
    })
    .prefault({}),
});
export type Config = z.infer<typeof Config>;
