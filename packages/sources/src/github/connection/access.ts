import { BellwetherError, exitCodes, type Talk } from '@bellwether/core';
import { z } from 'zod';
import type { Gap } from '../api.ts';
import { accessProbeDocument, membersProbeDocument } from '../queries/generated.ts';
import { streamNeeds } from '../stream-needs.ts';
import { askWho } from './ask-who.ts';
import type { Bearer } from './bearer.ts';
import { createExchange, type ExchangeOptions } from './exchange.ts';
import { createGraphql } from './graphql.ts';
import { type BearerPool, bearerPool } from './pool.ts';
import { requireRoom } from './require-room.ts';
import { pageSizesInMemory } from '../../engine/budget/page-sizes.ts';
import { fetchResource } from './rest.ts';

/** What the credentials may read: data, for `doctor` to say what each missing scope costs. */
export interface Access {
  readonly canReadContents: boolean;
  readonly canReadPullRequests: boolean;
  readonly canReadIssues: boolean;
  readonly canReadDeployments: boolean;
  readonly canReadActions: boolean;
  readonly canReadMembers: boolean;
  readonly canReadAdministration: boolean;
  /** A classic token without the scope `repo`: what is not public does not exist for it. */
  readonly isPublicOnly: boolean;
  /** What no credential has. Empty too where there was nothing to try it on. */
  readonly missing: readonly MissingScope[];
  /** By how many seconds our clock is behind GitHub's; negative: ahead. */
  readonly clockBehindSeconds: number;
}

export interface MissingScope {
  /** In GitHub's words: `read:org`, or `Actions: read`. */
  readonly scope: string;
  /** The streams that go without. */
  readonly streams: readonly string[];
}

/** Something to try a token on that does not declare its scopes. */
export interface AccessQuestion {
  readonly organisations?: readonly string[];
  /** `owner/name` */
  readonly repositories?: readonly string[];
}

export interface AccessOptions extends Omit<ExchangeOptions, 'pool'> {
  readonly talk: Talk;
  /** As `ConnectOptions.reserve`. */
  readonly reserve: number;
  readonly pool: () => Promise<BearerPool>;
}

type Permission =
  'contents' | 'pull_requests' | 'issues' | 'deployments' | 'actions' | 'members' | 'administration';

const permissions: readonly Permission[] = [
  'contents',
  'pull_requests',
  'issues',
  'deployments',
  'actions',
  'members',
  'administration',
];

interface Held {
  readonly permissions: ReadonlySet<Permission>;
  /** Null: the credential is no classic token. */
  readonly scopes: readonly string[] | null;
}

/** A clock that is further off than this is set wrong; signed requests fail from a minute on. */
const WRONG_CLOCK_MS = 60_000;

/** See `GitHubConnection.checkAccess`. */
export async function checkAccess(options: AccessOptions, question: AccessQuestion): Promise<Access> {
  const { bearers } = await options.pool();
  const held: Held[] = [];
  for (const [at, bearer] of bearers.entries()) {
    try {
      held.push(await heldBy(bearer, options, question));
    } catch (error) {
      throw bearers.length > 1 ? ofOneOf(error, at + 1, bearers.length) : error;
    }
  }
  const ahead = options.server.ahead();
  if (Math.abs(ahead) > WRONG_CLOCK_MS) {
    const minutes = Math.round(Math.abs(ahead) / 60_000);
    options.talk.warn(
      `The clock of this machine is ${minutes} min ${ahead > 0 ? 'behind' : 'ahead of'} GitHub's. Set it: what was ` +
        'collected when, and what counts as recent, goes by it.',
    );
  }
  return accessOf(held, ahead);
}

/** Which of several credentials it was: the others may be good, and only one has to be replaced. */
function ofOneOf(error: unknown, number: number, count: number): unknown {
  if (!(error instanceof BellwetherError) || error.exitCode !== exitCodes.auth) return error;
  const { code, message, retry, next, exitCode } = error;
  return new BellwetherError({
    ...{ code, retry, next, exitCode },
    message: `Credential ${number} of ${count}: ${message}`,
    cause: error,
  });
}

function accessOf(held: readonly Held[], ahead: number): Access {
  const can = (permission: Permission): boolean => held.some((each) => each.permissions.has(permission));
  const isClassic = held.every(({ scopes }) => scopes !== null);
  return {
    canReadContents: can('contents'),
    canReadPullRequests: can('pull_requests'),
    canReadIssues: can('issues'),
    canReadDeployments: can('deployments'),
    canReadActions: can('actions'),
    canReadMembers: can('members'),
    canReadAdministration: can('administration'),
    isPublicOnly: isClassic && held.every(({ scopes }) => scopes?.includes('repo') !== true),
    missing: missingOf(
      permissions.filter((permission) => !can(permission)),
      isClassic,
    ),
    clockBehindSeconds: Math.round(ahead / 1000),
  };
}

function missingOf(lacking: readonly Permission[], isClassic: boolean): MissingScope[] {
  const streamsOf = new Map<string, string[]>();
  for (const { stream, scope, permission } of streamNeeds) {
    const name = permissionOf(permission);
    if (!lacking.some((each) => each === name)) continue;
    const wanted = isClassic ? scope : `${permission}: read`;
    streamsOf.set(wanted, [...(streamsOf.get(wanted) ?? []), stream]);
  }
  return [...streamsOf].map(([scope, streams]) => ({ scope, streams }));
}

/** `pull_requests` for `Pull requests`, `members` for `Members (of the organisation)`. */
function permissionOf(name: string): string {
  return name
    .replace(/\s*\(.*\)$/, '')
    .toLowerCase()
    .replaceAll(' ', '_');
}

async function heldBy(bearer: Bearer, options: AccessOptions, question: AccessQuestion): Promise<Held> {
  const exchange = createExchange({ ...options, pool: async () => bearerPool([bearer]) });
  const { scopes } = await askWho(exchange, options.addresses, bearer, options.server);
  requireRoom(bearer, options.reserve);
  if (bearer.permissions !== null) {
    const given = bearer.permissions;
    return { permissions: new Set(permissions.filter((name) => given.has(name))), scopes: null };
  }
  if (scopes !== null) {
    const readsMembers = scopes.some((scope) => /^(read|write|admin):org$/.test(scope));
    // Whatever else a classic token sees at all, it may read; what it sees is a matter of `repo`.
    const held = permissions.filter((name) => name !== 'members' || readsMembers);
    return { permissions: new Set(held), scopes };
  }
  return { permissions: await probe(exchange, options, question), scopes: null };
}

const Anything = z.record(z.string(), z.unknown());

/** Tries each permission on one repository and one organisation; what cannot be tried counts as there. */
async function probe(
  exchange: ReturnType<typeof createExchange>,
  options: AccessOptions,
  { organisations = [], repositories = [] }: AccessQuestion,
): Promise<Set<Permission>> {
  const { addresses, tools, signal } = options;
  const graphql = createGraphql({ addresses, exchange, tools, signal, pageSizes: pageSizesInMemory() });
  const held = new Set(permissions);
  const [owner, name] = repositories[0]?.split('/') ?? [];
  if (owner !== undefined && name !== undefined) {
    const variables = { owner, name };
    const { gaps } = await graphql.query({ document: accessProbeDocument, schema: Anything, variables });
    for (const permission of gaps.flatMap(permissionsAt)) held.delete(permission);
    const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/actions/runs`;
    const pause = (failures: number): Promise<void> => graphql.pause(failures);
    const rest = { addresses, exchange, pause };
    const runs = await fetchResource(rest, { path, query: { per_page: 1 }, schema: z.unknown() });
    if (runs.kind === 'forbidden') held.delete('actions');
  }
  const [login] = organisations;
  if (login !== undefined) {
    const variables = { login };
    const { gaps } = await graphql.query({ document: membersProbeDocument, schema: Anything, variables });
    for (const permission of gaps.flatMap(permissionsAt)) held.delete(permission);
  }
  return held;
}

const permissionsByField: Readonly<Record<string, Permission>> = {
  object: 'contents',
  pullRequests: 'pull_requests',
  issues: 'issues',
  deployments: 'deployments',
  branchProtectionRules: 'administration',
  teams: 'members',
};

function permissionsAt({ kind, path }: Gap): Permission[] {
  const permission = permissionsByField[String(path[1])];
  return permission === undefined || kind === 'not-found' ? [] : [permission];
}
