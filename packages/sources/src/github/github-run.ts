import { type Clock, type Config, silentTalk, systemClock, type Talk } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import path from 'node:path';
import { type RetryTools, systemRetryTools } from '../engine/retry.ts';
import type { GitHubApi } from './api.ts';
import type { Discovery } from './discovery/discover.ts';
import { mapHint, nameOf } from './discovery/hint.ts';
import type { OpenItems } from './discovery/open-items.ts';
import type { KnownPeople } from './known-people.ts';
import type { ProbedTarget } from './open-session.ts';

/** What collecting from a GitHub and planning it have in common. */
export interface GitHubRunOptions {
  readonly warehouse: Warehouse;
  readonly config: Config;
  /** Turns identities into person keys; see `personKey`. */
  readonly secret: string;
  /** Where tokens and proxies are found. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Organisations or users, all of whose repositories are collected that `github.repositories` lets through. */
  readonly organisations: readonly string[];
  /** `owner/name`: collected whatever the patterns say. */
  readonly repositories: readonly string[];
  /** Only what happened since then is read at the first collection, ms since 1970; null: all. */
  readonly since: number | null;
  /** What is left to others who use the same token: a share of the limit below 1, else so many points; null: nothing. */
  readonly reserve: number | null;
  /** Folder for mirrors; null: commits come by queries. */
  readonly mirrorRoot: string | null;
  readonly clock?: Clock;
  readonly talk?: Talk;
  readonly signal?: AbortSignal;
  readonly retry?: RetryTools;
  /** Waits, in place of `retry`'s own way to; for tests that have no time. */
  readonly wait?: RetryTools['sleep'];
  /** For tests; everybody else is connected by what the environment holds. */
  readonly makeConnection?: MakeConnection;
}

export type GitHubRun = Required<Omit<GitHubRunOptions, 'makeConnection' | 'wait'>>;

/** A GitHub that can be asked, checked to be one and to accept the credentials. */
export interface GitHubConnection {
  readonly api: GitHubApi;
  /** Points that all credentials together may spend in an hour, less what is reserved for others. */
  pointsPerHour(): number;
  /** Points that all credentials together have left now; null or absent where nobody knows. */
  pointsLeft?(): number | null;
  close(): Promise<void>;
}

export type MakeConnection = (run: GitHubRun) => Promise<GitHubConnection>;

export function completeRun(options: GitHubRunOptions): GitHubRun {
  const { makeConnection: _, wait, ...rest } = options;
  return {
    clock: systemClock,
    talk: silentTalk,
    signal: new AbortController().signal,
    retry: wait === undefined ? systemRetryTools : { ...systemRetryTools, sleep: wait },
    ...rest,
  };
}

export interface TargetParts {
  readonly api: GitHubApi;
  readonly run: GitHubRun;
  readonly items: Pick<OpenItems, 'changedPullRequests' | 'changedDeployments'>;
  readonly known: Promise<KnownPeople> | null;
}

/** What was found, as the source takes it. */
export function targetsOf({ wanted }: Discovery, { api, run, items, known }: TargetParts): ProbedTarget[] {
  return wanted.map((probe) => {
    const repo = nameOf(api.host, probe);
    return {
      api,
      owner: probe.owner.login,
      name: probe.name,
      since: run.since,
      mirrorFolder: run.mirrorRoot === null ? null : mirrorFolder(run.mirrorRoot, api.host, probe.id),
      known,
      hint: {
        ...mapHint(probe),
        changedPullRequests: items.changedPullRequests.get(repo) ?? [],
        changedDeployments: items.changedDeployments.get(repo) ?? [],
      },
    };
  });
}

/** By id, so that a renamed repository keeps its mirror; in letters that every file system tells apart. */
function mirrorFolder(root: string, host: string, nodeId: string): string {
  return path.join(root, host, Buffer.from(nodeId).toString('hex'));
}
