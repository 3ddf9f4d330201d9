import { z } from 'zod';
import { glob, real } from './fields.ts';

export const Warehouse = z
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

export const Repository = z.strictObject({
  path: z.string().min(1).describe('A clone on this disk, relative to this file.'),
  repo: z
    .string()
    .regex(/^[^/\s]+\/[^/\s]+(\/[^/\s]+)*$/)
    .optional()
    .describe('`<host>/<owner>/<name>`; taken from the origin remote where it is left out.'),
});

export const Service = z.strictObject({
  name: real(z.string().min(1).max(200)).describe('The name that reports show.'),
  repo: z.string().min(1).describe('`<host>/<owner>/<name>` of the repository it lives in.'),
  paths: z.array(glob).default([]).describe('Which files are its own: `packages/api/**`. Empty: not known.'),
  releases: z
    .array(z.string().min(1))
    .default([])
    .describe('Names under which its releases appear in tags, where they differ from `name`.'),
  owner: real(z.string()).default('').describe('The team that owns it.'),
  tier: z.string().default('').describe('How critical it is, in your own words.'),
});

export const GitHub = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
      .default('https://github.com')
      .describe('Address of GitHub, or of a GitHub Enterprise Server. Tokens come from the environment.'),
    organisations: z
      .array(z.string().regex(/^[\w.-]+$/, { error: 'is not the name of an organisation' }))
      .default([])
      .describe('Organisations whose repositories are collected; new ones join by themselves.'),
    repositories: z
      .strictObject({
        include: z.array(glob).default(['*']),
        exclude: z.array(glob).default([]),
      })
      .prefault({})
      .describe('Which of them, as `owner/name` or `name` with * as wildcard; exclude wins.'),
    commits: z
      .enum(['auto', 'mirror', 'api', 'off'])
      .default('auto')
      .describe(
        'How commits are read: from a mirror without file contents, or by queries. auto: mirror where the token may.',
      ),
    builds: z.boolean().default(true).describe('Whether to read the runs of Actions.'),
  })
  .prefault({});

export const Deployments = z
  .strictObject({
    signals: z
      .array(z.enum(['deployment', 'workflow_run', 'release', 'tag', 'imported']))
      .min(1)
      .default(['deployment', 'workflow_run', 'release', 'tag', 'imported'])
      .describe(
        'What announces a release, the most trusted first: per service and environment the first that there is counts.',
      ),
    environments: z
      .strictObject({
        staging: z
          .array(glob)
          .default([
            'stag*',
            '*-stag*',
            '*preprod*',
            '*pre-prod*',
            '*nonprod*',
            '*non-prod*',
            'uat*',
            '*-uat',
          ]),
        testing: z.array(glob).default(['test*', '*-test', 'qa*', '*-qa', 'ci', 'e2e*']),
        development: z
          .array(glob)
          .default(['dev*', '*-dev', 'preview*', '*-preview', 'review*', 'sandbox*', 'local*']),
        production: z.array(glob).default(['*prod*', 'live', 'live-*', '*-live']),
      })
      .prefault({})
      .describe(
        'What kind an environment is, by its name, upper and lower case alike; the first kind in this order that matches.',
      ),
    names: z
      .array(z.string().includes('{environment}'))
      .default(['{environment}'])
      .describe(
        'How environments are named: `{service}-{environment}` where the name holds the service too. The first that fits.',
      ),
    workflows: z
      .array(glob)
      .default([])
      .describe(
        'Workflows whose successful runs deploy, by name or path, as a glob or as `Deploy {service}`: on the default branch, a release tag, or a hotfix branch that was not merely pushed to.',
      ),
    workflowEnvironment: z
      .string()
      .min(1)
      .default('production')
      .describe('The environment that those deploy to.'),
  })
  .prefault({});

export const Incidents = z
  .strictObject({
    labels: z
      .array(glob)
      .default(['incident', 'outage'])
      .describe('Issues with one of these labels are incidents.'),
    severity: z
      .string()
      .includes('{name}')
      .default('severity/{name}')
      .describe('The label that tells the severity.'),
    service: z
      .string()
      .includes('{name}')
      .default('service/{name}')
      .describe('The label that tells the service.'),
    windowHours: z
      .number()
      .positive()
      .max(720)
      .default(24)
      .describe(
        'An incident that names no deployment is held against the last one of its service, if that is not older.',
      ),
  })
  .prefault({});
