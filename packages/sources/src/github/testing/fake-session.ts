import { Config } from '@bellwether/core';
import { defineSource, type Source, type Stream } from '../../source.ts';
import type { GitHubApi } from '../api.ts';
import type { Account, People } from '../people.ts';
import type { GitHubSession, GitHubTarget, RepositoryHint } from '../session.ts';

/** A hint of a repository in which there is nothing. */
export function hintOf(changes: Partial<RepositoryHint> = {}): RepositoryHint {
  return {
    nodeId: 'R_1',
    isArchived: false,
    isEmpty: false,
    defaultBranch: 'main',
    headSha: null,
    pushedAt: null,
    updatedAt: Date.parse('2026-01-01T00:00:00Z'),
    refused: [],
    newest: { pullRequest: null, issue: null, deployment: null, release: null },
    totals: { pullRequests: 0, issues: 0, deployments: 0, releases: 0, tags: 0 },
    changedPullRequests: [],
    changedDeployments: [],
    ...changes,
  };
}

export function sessionOf(target: Partial<GitHubTarget> & { readonly api: GitHubApi }): GitHubSession {
  const whole = { owner: 'acme', name: 'app', hint: null, since: null, mirrorFolder: null, ...target };
  const { api, owner, name } = whole;
  return {
    repo: `${api.host}/${owner}/${name}`,
    target: whole,
    api,
    owner,
    name,
    hint: whole.hint ?? hintOf(),
    people: nobody,
  };
}

/** A source of chosen streams whose targets are already open. */
export function sourceOf(...streams: Stream<GitHubSession>[]): Source<GitHubSession, GitHubSession> {
  return defineSource<GitHubSession, GitHubSession>({
    name: 'github',
    streams,
    describe: ({ repo }) => repo,
    open: (session) => Promise.resolve(session),
  });
}

export const defaultConfig = Config.parse({});

const nobody: People = {
  meet: (account: Account | null) => ({ key: account?.id ?? '', isBot: false }),
  byId: (id) => ({ key: id ?? '', isBot: false }),
  takeRows: () => Promise.resolve({ identities: [], people: [] }),
};
