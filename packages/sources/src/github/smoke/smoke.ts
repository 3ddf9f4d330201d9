import { BellwetherError, type Clock, silentTalk } from '@bellwether/core';
import { z } from 'zod';
import type { GitHubApi, GraphqlDocument } from '../api.ts';
import { connect } from '../connection/connect.ts';
import { requireCredentials } from '../connection/credentials.ts';
import { PullRequests } from '../pull-requests/api-schema.ts';
import * as queries from '../queries/generated.ts';

export interface SmokeOptions {
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `owner/name`, public or not. */
  readonly repository: string;
  readonly clock: Clock;
  readonly write: (line: string) => void;
}

/** Two pages are enough to see that cursors lead on. */
const PAGES = 2;
const Anything = z.record(z.string(), z.unknown());

/**
 * Asks a real GitHub what each query would cost, without running it, and reads the newest pull requests of one
 * repository. Some forty requests, and two points.
 *
 * @throws BellwetherError where a query is refused, or an answer is not what its schema expects
 */
export async function smokeGitHub({ url, env, repository, clock, write }: SmokeOptions): Promise<void> {
  const credentials = requireCredentials(env);
  const [owner = '', name = ''] = repository.split('/');
  const api = connect({ url, credentials, env, clock, talk: { ...silentTalk, info: write, warn: write } });
  try {
    const { missing } = await api.checkAccess({ repositories: [repository] });
    for (const { scope, streams } of missing) write(`Without ${scope}: no ${streams.join(', ')}`);
    for (const document of Object.values(queries)) await price(api, document, { owner, name }, write);
    const read = await readNewest(api, owner, name);
    write(`Read ${read} pull requests of ${repository}.`);
    const { requests, points } = api.usage();
    write(`${requests} requests; ${points} points with those that were only priced.`);
  } finally {
    await api.close();
  }
}

async function price(
  api: GitHubApi,
  { name, text }: GraphqlDocument<unknown, never>,
  place: Readonly<Record<'owner' | 'name', string>>,
  write: (line: string) => void,
): Promise<void> {
  const before = api.usage().points;
  const document = { name, text: text.replace('rateLimit{cost}', 'rateLimit(dryRun:true){cost}') };
  await api.query({ document, schema: Anything, variables: variablesFor(text, place) });
  write(`${name}: ${api.usage().points - before} points`);
}

/** Something of the right type for each variable that a query cannot do without. */
function variablesFor(
  text: string,
  { owner, name }: Readonly<Record<'owner' | 'name', string>>,
): Record<string, unknown> {
  const byName: Readonly<Record<string, unknown>> = { owner, name, login: owner, first: 24 };
  const byType: Readonly<Record<string, unknown>> = {
    'String!': 'x',
    'Int!': 10,
    'ID!': 'x',
    'Boolean!': true,
    '[ID!]!': ['x'],
    '[String!]!': ['x'],
    'DateTime!': '2026-01-01T00:00:00Z',
    'GitTimestamp!': '2026-01-01T00:00:00Z',
    'OrderDirection!': 'DESC',
    'IssueOrderField!': 'UPDATED_AT',
    'GitObjectID!': '0'.repeat(40),
  };
  const head = /^query \w+\(([^)]*)\)/.exec(text)?.[1] ?? '';
  const values = [...head.matchAll(/\$(\w+):([\w[\]!]+)(=?)/g)].flatMap(
    ([, variable = '', type = '', rest]) => {
      const value = byName[variable] ?? byType[type];
      if (value !== undefined) return [[variable, value] as const];
      if (!type.endsWith('!') || rest === '=') return [];
      throw new BellwetherError({
        code: 'smoke-variable',
        message: `There is no value of type ${type} to price a query with.`,
        retry: 'no',
        next: 'Add one to packages/sources/src/github/smoke/smoke.ts',
      });
    },
  );
  return Object.fromEntries(values);
}

async function readNewest(api: GitHubApi, owner: string, name: string): Promise<number> {
  let read = 0;
  let pages = 0;
  const walk = {
    document: queries.pullRequestsDocument,
    schema: PullRequests,
    variables: { owner, name, direction: 'DESC' as const },
    connection: (data: z.infer<typeof PullRequests>) => data.repository?.pullRequests ?? null,
    pageSize: 24,
    key: `${owner}/${name}`,
  };
  for await (const { items, gaps } of api.pages(walk)) {
    if (gaps.length > 0 && items.length === 0) {
      throw new BellwetherError({
        code: 'smoke-nothing',
        message: `The token does not see the repository, or it has no pull requests that it may read.`,
        retry: 'no',
        next: 'Name another one: npm run smoke:github -- owner/name',
      });
    }
    read += items.length;
    if (++pages === PAGES) break;
  }
  return read;
}
