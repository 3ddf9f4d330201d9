import { generateWorld, noLimits, startGitHub } from '@bellwether/simulator';
import { expect, it } from 'vitest';
import * as queries from '../queries/generated.ts';
import { smokeGitHub } from './smoke.ts';

it('prices every query and reads two pages', async () => {
  const world = generateWorld({ seed: 4, repositories: 1, years: 4, now: Date.UTC(2026, 0, 1) });
  const owner = world.organisation.login;
  const [repository] = world.repositories.values();
  const clock = { now: () => Date.now() };
  const server = await startGitHub({
    world,
    seed: 1,
    clock,
    limits: noLimits,
    tokens: [{ kind: 'classic', value: 'ghp_smoke', login: owner, scopes: ['repo', 'read:org'] }],
  });
  const lines: string[] = [];
  try {
    await smokeGitHub({
      url: server.url,
      env: { GITHUB_TOKEN: 'ghp_smoke' },
      repository: `${owner}/${repository!.name}`,
      clock,
      write: (line) => lines.push(line),
    });
  } finally {
    await server.close();
  }
  expect(lines).toContain('pull-requests: 1 points');
  expect(lines.filter((line) => line.endsWith(' points'))).toHaveLength(Object.keys(queries).length);
  expect(lines.at(-2)).toBe(`Read 48 pull requests of ${owner}/${repository!.name}.`);
});

it('refuses to begin without a token', async () => {
  const options = {
    url: 'http://127.0.0.1:1',
    env: {},
    repository: 'a/b',
    clock: { now: () => 0 },
    write: () => {},
  };
  await expect(smokeGitHub(options)).rejects.toMatchObject({ code: 'github-no-token', exitCode: 3 });
});
