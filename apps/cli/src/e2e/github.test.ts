import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedCase, simulatedCase, tokenWithout } from '../testing/simulated-github.ts';
import type { InProcessOutcome } from '../testing/test-terminal.ts';

const limited = 'github_pat_thisOneLacksSomething00000';
const blindfolded = 'github_pat_thisOneSeesNoRepository00';
let simulated: SimulatedCase;

beforeAll(async () => {
  simulated = await simulatedCase({
    otherTokens: (login) => [
      tokenWithout(login, limited, 'administration', 'actions', 'members'),
      { ...tokenWithout(login, blindfolded), repositories: [] },
    ],
  });
});
afterAll(() => simulated[Symbol.asyncDispose]());
afterEach(() => {
  simulated.github.setFaults({});
  simulated.github.hooks = {};
  Object.assign(simulated.token, { isRevoked: false, needsSso: false });
});

const collectGitHub = ['collect', '--source', 'github'];

/** All that was said, after a look whether a token is among it. */
function said({ stdout, talk }: InProcessOutcome): string {
  const all = [stdout, ...talk].join('\n');
  expect(all).not.toContain(simulated.token.value);
  expect(all).not.toContain(limited);
  return all;
}

/** Every refusal says what failed, whether trying again helps, and what to do. */
function expectError(outcome: InProcessOutcome, code: number, id: string): string {
  const text = said(outcome);
  expect(text).toContain(`Error (${id})`);
  expect(text).toMatch(/Trying again/);
  expect(text).toMatch(/Next: \S/);
  expect(outcome.code).toBe(code);
  return text;
}

describe('collect --source github', () => {
  it('plans without storing, collects, finds nothing new, and replays to the same rows', async () => {
    const folder = await simulated.newFolder();
    const plan = await simulated.run(folder, [...collectGitHub, '--plan']);
    expect(said(plan)).toMatch(/3 repositories, about \d+ points[^]*pull-requests[^]*nothing was stored/);
    expect(plan.code).toBe(0);
    const planned = await simulated.run(folder, [...collectGitHub, '--plan', '--json']);
    expect(JSON.parse(planned.stdout)).toMatchObject({
      repositories: 3,
      currentRepositories: 0,
      failures: [],
    });

    const first = await simulated.run(folder, [...collectGitHub, '--json']);
    expect(first.code).toBe(0);
    const result = JSON.parse(first.stdout) as { targets: { target: string }[]; usage: { points: number } };
    expect(result).toMatchObject({ status: 'ok' });
    expect(result.targets.map(({ target }) => target)).toContain(simulated.owner);
    expect(result.usage.points).toBeGreaterThan(0);

    const second = await simulated.run(folder, ['collect']);
    expect(said(second)).toMatch(
      /GitHub: 3 repositories and the teams of 1 organisation, all read; 0 rows written/,
    );
    expect(said(second)).toMatch(new RegExp(`^organisation ${simulated.organisation}: teams +ok +0$`, 'm'));
    // Builds alone are asked for: a request for each repository, and no point.
    const idle = await simulated.run(folder, [...collectGitHub, '--plan']);
    expect(idle.stdout.split('\n')[0]).toBe(
      '3 repositories, nothing new but perhaps builds, about 3 REST requests.',
    );
    const replayed = await simulated.run(folder, ['replay']);
    expect(said(replayed)).toMatch(/github: \d[\d,]* stored answers of 3 repositories/);
    // What is mapped again is what was mapped before. One fact of each repository is the time of its row.
    expect(said(replayed)).toMatch(/Facts: 3 rows written, 0 removed/);
    expect(replayed.code).toBe(0);
  });

  it('keeps no token and no e-mail address in what it stores of answers', async () => {
    const folder = await simulated.newFolder();
    expect((await simulated.run(folder, collectGitHub)).code).toBe(0);
    const files = await readdir(join(folder, '.bellwether'), { recursive: true, withFileTypes: true });
    for (const file of files.filter((each) => each.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name));
      expect(bytes.includes(simulated.token.value), file.name).toBe(false);
    }
  });

  it('reads a single repository, and says which one is not there', async () => {
    const folder = await simulated.newFolder();
    const [name = ''] = [...simulated.world.repositories.values()].map((repository) => repository.name);
    const args = ['collect', '--repo', `${simulated.organisation}/${name}`];
    expect((await simulated.run(folder, args)).code).toBe(0);
    const partial = await simulated.run(folder, [...args, '--repo', `${simulated.organisation}/gone`]);
    expectError(partial, 4, 'github-repository-not-found');
    const none = await simulated.run(folder, ['collect', '--repo', `${simulated.organisation}/gone`]);
    expectError(none, 1, 'github-repository-not-found');
  });

  it('refuses without a token, with a wrong one, and with one that single sign-on has not approved', async () => {
    const folder = await simulated.newFolder();
    expectError(await simulated.run(folder, collectGitHub, {}), 3, 'github-no-token');
    expectError(await simulated.run(folder, collectGitHub, { GITHUB_TOKEN: 'ghp_wrong' }), 3, 'github-auth');
    Object.assign(simulated.token, { needsSso: true });
    const outcome = await simulated.run(folder, collectGitHub);
    expectError(outcome, 3, 'github-saml');
  });

  it('forecasts nothing of an organisation that is not there, and says so', async () => {
    const folder = await simulated.newFolder();
    const plan = await simulated.run(folder, ['collect', '--org', 'nobody-here', '--plan']);
    expectError(plan, 1, 'github-owner-not-found');
    expect(plan.stdout).toBe('');
  });

  it('goes on without what the token may not read, and says what that is', async () => {
    const folder = await simulated.newFolder();
    const outcome = await simulated.run(folder, collectGitHub, { GITHUB_TOKEN: limited });
    const text = said(outcome);
    expect(text).toMatch(/could not be read in full/);
    expect(text).toMatch(/The token lacks Members [^;]*; without it these are not read: teams/);
    expect([0, 4]).toContain(outcome.code);
    const doctor = await simulated.run(folder, ['doctor'], { GITHUB_TOKEN: limited });
    expect(said(doctor)).toMatch(/"Actions: read" is missing, so builds cannot be read/);
  });

  it('keeps what it has when the token is revoked in the middle, and goes on from there', async () => {
    const folder = await simulated.newFolder();
    let requests = 0;
    simulated.github.hooks = {
      onRequest: () => {
        requests += 1;
        if (requests === 14) Object.assign(simulated.token, { isRevoked: true });
      },
    };
    const cut = await simulated.run(folder, collectGitHub);
    expectError(cut, 4, 'github-auth');
    simulated.github.hooks = {};
    Object.assign(simulated.token, { isRevoked: false });
    expect((await simulated.run(folder, collectGitHub)).code).toBe(0);
    expect(said(await simulated.run(folder, collectGitHub))).toMatch(/all read; 0 rows written/);
  });

  it('says of an organisation that is not there, and of a proxy that does not answer', async () => {
    const folder = await simulated.newFolder();
    expectError(
      await simulated.run(folder, ['collect', '--org', 'nobody-here']),
      1,
      'github-owner-not-found',
    );
    const behind = { GITHUB_TOKEN: simulated.token.value, HTTP_PROXY: 'http://127.0.0.1:1' };
    expectError(await simulated.run(folder, collectGitHub, behind), 1, 'github-proxy');
  });

  it('warns of a clock that is set wrong', async () => {
    const folder = await simulated.newFolder();
    simulated.github.setFaults({ clockSkew: 1, skewSeconds: 7_200 });
    const outcome = await simulated.run(folder, ['doctor']);
    expect(said(outcome)).toMatch(/Clock: 120 min behind GitHub/);
  });

  it.each([
    [['collect', '--source', 'gitlab'], '--source cannot be "gitlab"'],
    [['collect', '--source', 'git', '--org', 'acme'], '--org is of the github source'],
    [['collect', '--path', '.', '--repo', 'a/b'], '--path is of the git source'],
    [['collect', '--reserve', '120%'], '--reserve cannot be "120%"'],
    [['collect', '--since', 'yesterday'], '--since cannot be "yesterday"'],
    [['collect', '--since', '2999-01-01'], '--since cannot be "2999-01-01": that is in the future'],
    [['collect', '--repo', 'not a name'], 'Error (github-repository-name)'],
    [['collect', '--org', ''], '--org cannot be ""'],
    [['collect', '--org', '../../etc', '--plan'], '--org cannot be "../../etc"'],
  ])('refuses %j', async (args, message) => {
    const folder = await simulated.newFolder();
    const outcome = await simulated.run(folder, args);
    expect(said(outcome)).toContain(message);
    expect(outcome.code).toBe(2);
  });
});

describe('deployments preview', () => {
  it('asks GitHub and stores nothing, or looks at what was collected', async () => {
    const folder = await simulated.newFolder();
    const [name = ''] = [...simulated.world.repositories.values()].map((repository) => repository.name);
    const nothing = await simulated.run(folder, ['deployments', 'preview']);
    expectError(nothing, 2, 'repository-needed');
    const args = ['deployments', 'preview', '--repo', `${simulated.organisation}/${name}`];
    const live = await simulated.run(folder, args);
    expect(said(live)).toMatch(/deployment +prod[^]*Nothing was stored/);
    expect(await readdir(folder)).toEqual(['bellwether.yaml']);
    expectError(await simulated.run(folder, args, {}), 3, 'github-no-token');

    expect((await simulated.run(folder, ['collect', ...args.slice(2)])).code).toBe(0);
    // What is stored needs no token any more.
    const stored = await simulated.run(folder, ['deployments', 'preview', '--json'], {});
    expect(stored.code).toBe(0);
    const { lines } = JSON.parse(stored.stdout) as { lines: { signal: string; kind: string }[] };
    expect(lines).toContainEqual(expect.objectContaining({ signal: 'deployment', kind: 'production' }));
  });
});

describe('doctor', () => {
  it('says that all is well, and what quota is left', async () => {
    const folder = await simulated.newFolder();
    const outcome = await simulated.run(folder, ['doctor']);
    expect(said(outcome)).toMatch(
      /GitHub: 127\.0\.0\.1 accepts[^]*scopes: nothing is missing[^]*quota: [\d,]+ of/,
    );
  });

  it('advises to collect from GitHub where that is all there is', async () => {
    const folder = await simulated.newFolder();
    const outcome = await simulated.run(folder, ['doctor']);
    expect(said(outcome)).toMatch(/does not exist yet\n +Next: bellwether collect --source github\n/);
    await simulated.run(folder, ['collect', '--org', 'nobody-here']);
    const empty = await simulated.run(folder, ['doctor']);
    expect(said(empty)).toMatch(/nothing has been collected\n +Next: bellwether collect --source github\n/);
  });

  it('finds what a token may not read before anything was collected', async () => {
    const folder = await simulated.newFolder();
    const outcome = await simulated.run(folder, ['doctor'], { GITHUB_TOKEN: limited });
    const text = said(outcome);
    expect(text).toMatch(new RegExp(`GitHub organisation: ${simulated.organisation} shows 3 repositories`));
    expect(text).toMatch(/"Actions: read" is missing[^]*"Members \(of the organisation\): read" is missing/);
    expect(outcome.code).toBe(0);
  });

  it('says the same as collect of single sign-on, and what to do', async () => {
    const folder = await simulated.newFolder();
    Object.assign(simulated.token, { needsSso: true });
    const outcome = await simulated.run(folder, ['doctor']);
    expect(said(outcome)).toMatch(
      /FAILED {3}GitHub organisation: \S+ is protected by SAML single sign-on[^]*?Next: Authorise the token/,
    );
    expect(outcome.code).toBe(1);
    const collected = await simulated.run(folder, collectGitHub);
    const [, message = 'none'] = /Error \(github-saml\): (.*)/.exec(said(collected)) ?? [];
    expect(outcome.stdout).toContain(message);
  });

  it('says of an organisation that is not there, and of one that shows nothing, without sending back here', async () => {
    const folder = await simulated.newFolder();
    const github = { url: simulated.github.url, organisations: ['nobody-here', simulated.organisation] };
    await writeFile(join(folder, 'bellwether.yaml'), JSON.stringify({ github }));
    const outcome = await simulated.run(folder, ['doctor']);
    expect(said(outcome)).toMatch(
      /FAILED {3}GitHub organisation: There is no organisation or user 127\.0\.0\.1\/nobody-here[^]*GitHub organisation: \S+ shows 3/,
    );
    expect(outcome.stdout).not.toMatch(/with: bellwether doctor/);
    expect(outcome.code).toBe(1);
    const blind = await simulated.run(await simulated.newFolder(), ['doctor'], { GITHUB_TOKEN: blindfolded });
    expect(said(blind)).toMatch(
      /FAILED {3}GitHub organisation: \S+ has no repository that this token may see/,
    );
    expect(blind.stdout).not.toMatch(/with: bellwether doctor/);
    expect(blind.code).toBe(1);
  });

  it('names a refused token once, and not once for each organisation', async () => {
    const folder = await simulated.newFolder();
    const outcome = await simulated.run(folder, ['doctor'], { GITHUB_TOKEN: 'ghp_wrong' });
    expect(outcome.stdout.match(/FAILED/g)).toHaveLength(1);
  });

  it('fails where an organisation is configured and there is no token', async () => {
    const folder = await simulated.newFolder();
    const outcome = await simulated.run(folder, ['doctor'], {});
    expect(said(outcome)).toMatch(/FAILED {3}GitHub: no token/);
    expect(outcome.code).toBe(1);
  });
});
