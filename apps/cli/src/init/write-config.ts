import { Config } from '@bellwether/core';
import { measuringLines } from './measuring-lines.ts';
import { servingLines } from './serving-lines.ts';

/** What `init` found out about one clone. */
export interface FoundClone {
  /** Relative to the configuration. */
  path: string;
  repo: string;
  /** Services that tags name, beside the repository's own releases. */
  services: readonly string[];
  releaseTags: number;
  otherTags: number;
}

/**
 * A commented `bellwether.yaml`: what was found is set, everything else is shown with its default, so that the file is
 * its own manual.
 */
export function configText(clones: readonly FoundClone[], timeZone: string): string {
  const defaults = Config.parse({});
  return [
    '# yaml-language-server: $schema=./bellwether.schema.json',
    '# Configuration of Bellwether. Secrets do not belong here: they come from the environment.',
    '',
    '# Where the data live: an embedded folder, or a ClickHouse server with `url: https://…` (name and password from',
    '# BELLWETHER_CLICKHOUSE_USER and BELLWETHER_CLICKHOUSE_PASSWORD).',
    'warehouse:',
    `  path: ${value('path' in defaults.warehouse ? defaults.warehouse.path : '')}`,
    '',
    '# Weeks and months begin in this time zone.',
    `timeZone: ${value(timeZone)}`,
    '',
    '# The DORA benchmark that figures are held against: 2019, 2021, 2023, 2024, 2025 (no tiers) or none.',
    `benchmark: ${value(defaults.benchmark)}`,
    '',
    '# Clones that `bellwether collect --source git` reads. Their names come from the origin remote.',
    ...(clones.length === 0 ? ['repositories: []'] : ['repositories:', ...clones.flatMap(repositoryLines)]),
    '',
    ...serviceLines(clones),
    '# Which tags are releases; the first pattern that matches wins.',
    '# git:',
    '#   tags:',
    ...defaults.git.tags.map((pattern) => `#     - ${value(pattern)}`),
    '#   integrationBranches:  # they gather pull requests; what is merged from one holds changes of its own',
    ...defaults.git.integrationBranches.map((pattern) => `#     - ${value(pattern)}`),
    `#   paths: ${value(defaults.git.paths)}  # which files each commit touched: auto, on or off`,
    '',
    '# Names or addresses of machines; their changes are left out of lead times.',
    '# bots:',
    ...defaults.bots.map((pattern) => `#   - ${value(pattern)}`),
    '',
    ...measuringLines(defaults),
    '# Branches whose merge says that the release before was broken.',
    '# failures:',
    '#   hotfixBranches:',
    ...defaults.failures.hotfixBranches.map((pattern) => `#     - ${value(pattern)}`),
    '',
    ...servingLines(defaults),
  ].join('\n');
}

function repositoryLines({ path, repo, releaseTags, otherTags }: FoundClone): string[] {
  const tags = otherTags === 0 ? '' : `; ${String(otherTags)} other tags`;
  return [
    `  - path: ${value(path)}  # ${repo}: ${String(releaseTags)} tags look like releases${tags}`.replace(
      /[\r\n]/g,
      ' ',
    ),
  ];
}

/** A monorepo gains most from a catalogue: without path globs a change cannot be told to belong to one of its services. */
function serviceLines(clones: readonly FoundClone[]): string[] {
  const monorepos = clones.filter(({ services }) => services.length > 1);
  const example = [
    '# The service catalogue: which files belong to which service of a monorepo, and who owns it.',
    '# services:',
  ];
  if (monorepos.length === 0) {
    return [
      ...example,
      '#   - name: api',
      '#     repo: github.com/acme/shop',
      "#     paths: ['packages/api/**']",
      '#     owner: payments',
      '',
    ];
  }
  return [
    ...example,
    ...monorepos.flatMap(({ repo, services }) =>
      services.flatMap((service) => [
        `#   - name: ${value(service)}`,
        `#     repo: ${value(repo)}`,
        `#     paths: []  # such as 'packages/${service.split('/').at(-1) ?? service}/**'`.replace(
          /[\r\n]/g,
          ' ',
        ),
        "#     owner: ''",
      ]),
    ),
    '',
  ];
}

/** A YAML scalar on one line. JSON is YAML, and escapes what a quoted line cannot hold. */
function value(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
