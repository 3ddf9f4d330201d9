import { type Config, parseConfig, silentTalk } from '@bellwether/core';
import {
  addCommit,
  addDeploymentStatus,
  addRepository,
  addUser,
  changeFiles,
  createDeployment,
  deleteTag,
  emptyWorld,
  noLimits,
  openPullRequest,
  protectBranch,
  pushToDefaultBranch,
  type Repository,
  setTag,
  startGitHub,
  type User,
  type World,
} from '@bellwether/simulator';
import { describeSourceContract, type SourceWorld } from '../contract-tests.ts';
import { connect } from './connection/connect.ts';
import { requireCredentials } from './connection/credentials.ts';
import { source } from './github-source.ts';
import type { ProbedTarget } from './open-session.ts';

const TOKEN = 'simulated-token';
const BEGIN = Date.parse('2026-03-02T09:00:00Z');
const LATER = BEGIN + 3_600_000;
const NOW = BEGIN + 30 * 86_400_000;

async function makeWorld(): Promise<SourceWorld<ProbedTarget>> {
  const world = emptyWorld({ seed: 1, now: BEGIN, organisation: 'acme' });
  const ada = addPerson(world, 'adalogin', 'Ada Lovelace', 'ada@acme.test');
  const grace = addPerson(world, 'gracelogin', 'Grace Hopper', 'grace@acme.test');
  const app = addWork(world, 'app', ada, grace);
  addWork(world, 'web', grace, ada);
  const clock = { now: () => NOW };
  const github = await startGitHub({
    world,
    seed: 1,
    clock,
    tokens: [{ kind: 'classic', value: TOKEN, login: 'reader', scopes: ['repo', 'read:org'] }],
    limits: noLimits,
  });
  const config: Config = parseConfig(`github: { url: "${github.url}", commits: api }`, 'bellwether.yaml');
  const api = connect({
    url: github.url,
    credentials: requireCredentials({ GITHUB_TOKEN: TOKEN }),
    clock,
    talk: silentTalk,
    tools: { sleep: async () => {}, random: () => 0 },
  });
  const target = (name: string): ProbedTarget => ({
    api,
    owner: 'acme',
    name,
    hint: null,
    since: null,
    mirrorFolder: null,
    known: null,
  });
  return {
    targets: [target('app'), target('web')],
    brokenTarget: target('missing'),
    config,
    now: NOW,
    persons: [ada, grace].flatMap(({ login, name, email }) => [login, name, email]),
    async change() {
      pushToDefaultBranch(world, app, { author: grace, authoredAt: LATER, message: 'Go on' }, LATER);
      openWork(world, app, 'more', ada, LATER);
      for (const deployment of app.deployments.values()) {
        addDeploymentStatus(world, deployment, 'INACTIVE', ada.id, LATER);
      }
      deploy(world, app, grace, LATER);
      deleteTag(world, app, 'v1.0.0', LATER);
    },
    async dispose() {
      await api.close();
      await github.close();
    },
  };
}

function addPerson(world: World, login: string, name: string, email: string): User {
  return addUser(world, { login, name, email, timeZone: 'UTC' }, BEGIN);
}

function addWork(world: World, name: string, author: User, other: User): Repository {
  const repository = addRepository(world, { name }, BEGIN);
  const files = new Map([['CODEOWNERS', `* @${author.login} ${other.email}\n`]]);
  const head = changeFiles(world, repository, files, { author, message: 'Begin' }, BEGIN);
  setTag(world, repository, { name: 'v1.0.0', commitSha: head.sha, annotation: null }, BEGIN);
  protectBranch(world, repository, 'main', {}, BEGIN);
  openWork(world, repository, 'work', other, BEGIN);
  deploy(world, repository, author, BEGIN);
  return repository;
}

function openWork(world: World, repository: Repository, headBranch: string, author: User, at: number): void {
  const parents = [repository.branches.get('main')!];
  const { sha } = addCommit(world, repository, { parents, author, authoredAt: at, message: headBranch });
  openPullRequest(
    world,
    repository,
    { title: headBranch, author, headBranch, commitShas: [sha], files: [] },
    at,
  );
}

function deploy(world: World, repository: Repository, creator: User, at: number): void {
  const commitSha = repository.branches.get('main')!;
  const deployment = createDeployment(
    world,
    repository,
    { commitSha, ref: 'main', environment: 'production', creator },
    at,
  );
  addDeploymentStatus(world, deployment, 'SUCCESS', creator.id, at + 60_000);
}

describeSourceContract({
  // Only a request tells whether anything was built: that stream is never current by its cursor alone.
  source: { ...source, streams: source.streams.filter(({ name }) => name !== 'builds') },
  makeWorld,
});
