import { afterEach } from 'vitest';
import {
  type ClassicToken,
  type GitHubOptions,
  noLimits,
  type SimulatedGitHub,
  startGitHub,
  type World,
} from '../../index.ts';

/** May read everything that Bellwether reads. */
export const classicToken = (changes: Partial<ClassicToken> = {}): ClassicToken => ({
  kind: 'classic',
  value: 'ghp_test',
  login: 'ada',
  scopes: ['repo', 'read:org', 'read:user'],
  ...changes,
});

const running: SimulatedGitHub[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((github) => github.close()));
});

/** A server that the end of the test closes; without limits unless they are given. */
export async function startTestGitHub(
  world: World,
  options: Partial<GitHubOptions> = {},
): Promise<SimulatedGitHub> {
  const github = await startGitHub({
    world,
    tokens: [classicToken()],
    seed: 1,
    clock: { now: () => world.now },
    limits: noLimits,
    ...options,
  });
  running.push(github);
  return github;
}

/** What JSON holds is checked by the assertions on it. */
type Parsed = ReturnType<typeof JSON.parse>;

export interface GraphqlAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Parsed;
  readonly errors: readonly { type?: string; message: string; path?: readonly (string | number)[] }[];
}

/** Asks over HTTP, as any client would. */
export async function ask(
  github: SimulatedGitHub,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  token = 'ghp_test',
): Promise<GraphqlAnswer> {
  const response = await fetch(github.graphqlUrl, {
    method: 'POST',
    headers: { authorization: `bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const body: Parsed = await response.json();
  return {
    status: response.status,
    headers: response.headers,
    data: body.data,
    errors: body.errors ?? (body.message === undefined ? [] : [{ message: body.message }]),
  };
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Parsed;
}

/** @param path below `/api/v3` */
export async function get(
  github: SimulatedGitHub,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RestAnswer> {
  const response = await fetch(`${github.restUrl}${path}`, {
    headers: { authorization: 'token ghp_test', ...headers },
    redirect: 'manual',
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}
