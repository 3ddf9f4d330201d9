import { parseConfig } from '@bellwether/core';
import { describeSourceContract, type SourceWorld } from '../contract-tests.ts';
import { createGitSource } from './git-source.ts';
import type { GitTarget } from './session.ts';
import { makeRepository } from './testing/repository-builder.ts';

const ada = { name: 'Ada Lovelace', email: 'Ada@analytical.example' };
const bot = { name: 'dependabot[bot]', email: '49699333+dependabot[bot]@users.noreply.github.com' };
const grace = { name: 'Grace', email: 'grace@navy.example' };

async function makeWorld(): Promise<SourceWorld<GitTarget>> {
  const first = await makeRepository({
    folder: 'first',
    origin: 'https://github.com/acme/first.git',
    commits: [
      { id: 'a', author: ada },
      { id: 'b', author: bot, message: 'Bump (#1)' },
      { id: 'topic', author: grace, branch: 'topic', parents: ['a'] },
      {
        id: 'merge',
        parents: ['b', 'topic'],
        author: ada,
        message: 'Merge pull request #2 from gracelogin/topic',
      },
      { id: 'gone', author: grace, branch: 'draft', parents: ['b'] },
    ],
    tags: [
      { name: 'v1.0.0', target: 'b', at: '2026-01-10T00:00:00Z', tagger: ada },
      { name: 'v1.1.0', target: 'merge' },
      { name: 'nightly', target: 'merge' },
    ],
  });
  const second = await makeRepository({
    folder: 'second',
    commits: [
      { id: 'x', author: { ...grace, name: 'Grace Hopper' } },
      { id: 'y', author: ada },
    ],
    tags: [{ name: 'second@0.1.0', target: 'y' }],
  });
  return {
    targets: [{ path: first.path }, { path: second.path }],
    brokenTarget: { path: first.beside('nowhere') },
    config: parseConfig('', 'bellwether.yaml'),
    now: Date.parse('2026-06-01T00:00:00Z'),
    persons: [ada, bot, grace]
      .flatMap(({ name, email }) => [name, email])
      .concat('gracelogin', 'Grace Hopper'),
    async change() {
      await first.add({
        commits: [
          { id: 'new', author: ada },
          { id: 'rewritten', branch: 'draft', parents: ['b'], author: grace },
        ],
        tags: [{ name: 'v1.2.0', target: 'new' }],
      });
      await first.git('tag', '--delete', 'v1.1.0');
    },
    async dispose() {
      await first.dispose();
      await second.dispose();
    },
  };
}

describeSourceContract({ source: createGitSource({ batchRows: 2 }), makeWorld });
