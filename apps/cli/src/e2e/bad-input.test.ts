import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository, runGit, type TestRepository } from '@bellwether/sources/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcessOutcome, runInProcess } from '../testing/test-terminal.ts';
import { runCli } from '../testing/cli-process.ts';

let folder: string;
let healthy: TestRepository;
let data: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-bad-'));
  healthy = await makeRepository({
    folder: 'healthy',
    commits: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
    tags: [
      { name: 'v1.0.0', target: 'a' },
      { name: 'v1.1.0', target: 'c' },
    ],
  });
  data = join(folder, 'healthy-data');
  expect((await runInProcess(['try', healthy.path, '--data', data])).code).toBe(0);
});

afterAll(async () => {
  await healthy.dispose();
  await rm(folder, { recursive: true });
});

let next = 0;
function freshData(): string {
  next += 1;
  return join(folder, `data-${String(next)}`);
}

/** Every refusal says what failed, whether trying again helps, and what to do. */
function expectError(outcome: InProcessOutcome, code: number, id: string): string {
  const said = outcome.talk.join('\n');
  expect(said).toContain(`Error (${id})`);
  expect(said).toMatch(/Trying again/);
  expect(said).toMatch(/Next: \S/);
  expect(outcome.code).toBe(code);
  return said;
}

describe('try', () => {
  it('refuses a path that is no repository, and one that is not there', async () => {
    const plain = join(folder, 'plain');
    await mkdir(plain);
    expectError(await runInProcess(['try', plain, '--data', freshData()]), 2, 'not-a-repository');
    expectError(
      await runInProcess(['try', join(folder, 'missing'), '--data', freshData()]),
      2,
      'path-missing',
    );
  });

  it('fails over a history with a damaged commit in the middle, and names the way out', async () => {
    await using broken = await makeRepository({ commits: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
    const sha = broken.sha('a');
    const object = join(broken.path, '.git', 'objects', sha.slice(0, 2), sha.slice(2));
    await chmod(object, 0o600);
    await writeFile(object, 'broken');
    const outcome = await runInProcess(['try', broken.path, '--data', freshData()]);
    const said = outcome.talk.join('\n');
    expect(said).toMatch(/damaged/);
    expect(said).toContain('fsck');
    expect(outcome.code).toBe(4);
  });

  it('marks the cut of a shallow clone, with the way out', async () => {
    const shallow = healthy.beside('shallow');
    await runGit(folder, [
      'clone',
      '--quiet',
      '--depth',
      '1',
      '--no-single-branch',
      `file://${healthy.path}`,
      shallow,
    ]);
    const { code, stdout } = await runInProcess(['try', shallow, '--data', freshData()]);
    expect(code).toBe(0);
    expect(stdout).toContain('git fetch --unshallow');
  });

  it('says what is missing without tags, and shows no zero in their place', async () => {
    await using untagged = await makeRepository({ commits: [{ id: 'a' }, { id: 'b' }] });
    const { code, stdout } = await runInProcess(['try', untagged.path, '--data', freshData(), '--json']);
    expect(code).toBe(0);
    const [report] = JSON.parse(stdout) as [
      { scopes: { metrics: { id: string; whole: { value: number | null } }[] }[] },
    ];
    const dora = report.scopes[0]?.metrics.filter(({ id }) => id !== 'changes_awaiting_deployment') ?? [];
    expect(dora.map(({ whole }) => whole.value)).toEqual([null, null, null, null, null]);
    const text = await runInProcess(['try', untagged.path, '--data', freshData()]);
    expect(text.stdout).toContain('no tag looks like a release');
  });

  it('reports an empty repository as one of which nothing is known', async () => {
    await using empty = await makeRepository({});
    const { code, stdout } = await runInProcess(['try', empty.path, '--data', freshData()]);
    expect(code).toBe(0);
    expect(stdout).toContain('No change and no release of this repository is known.');
  });

  it('passes over a tag that points to no commit, and names it', async () => {
    await using odd = await makeRepository({
      commits: [{ id: 'a' }, { id: 'b' }],
      tags: [{ name: 'v1.0.0', target: 'a' }],
    });
    const blob = await runGit(odd.path, ['hash-object', '-w', '--stdin'], 'just a file');
    await odd.git('tag', 'v9.9.9', blob);
    const { code, stdout } = await runInProcess(['try', odd.path, '--data', freshData()]);
    expect(code).toBe(0);
    expect(stdout).toContain('v9.9.9');
  });

  it('leaves out dates before 1970 and in the future, and counts them', async () => {
    await using skewed = await makeRepository({
      commits: [
        { id: 'a', at: '2024-01-01T00:00:00Z' },
        { id: 'b', at: '2099-01-01T00:00:00Z' },
        { id: 'c', at: '2024-01-03T00:00:00Z', committedAt: '2024-01-03T00:00:00Z' },
      ],
      tags: [
        { name: 'v1.0.0', target: 'a', at: '2024-01-02T00:00:00Z' },
        { name: 'v1.1.0', target: 'c', at: '2024-01-04T00:00:00Z' },
        { name: 'v1.2.0', target: 'c', at: '2098-01-04T00:00:00Z' },
      ],
    });
    const { code, stdout } = await runInProcess(['try', skewed.path, '--data', freshData()]);
    expect(code).toBe(0);
    expect(stdout).toContain('Commits dated before 1970 or in the future; such dates are left out: 1');
    expect(stdout).toContain('Releases dated before 1970 or in the future; they are not counted: 1');
    expect(stdout).not.toMatch(/20(98|99)/);
  });
});

describe('two processes on one data folder', () => {
  it('refuse the second with the way out, and lose nothing', async () => {
    const script = `
      import { openWarehouse } from '@bellwether/warehouse';
      const warehouse = await openWarehouse({ path: ${JSON.stringify(data)} });
      console.log('open');
      process.stdin.once('data', () => warehouse.close());`;
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: new URL('../..', import.meta.url),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    const { code, stderr } = await runCli(['report', '--data', data]);
    holder.stdin.end('close');
    await once(holder, 'close');
    expect(stderr).toContain('Error (warehouse-locked)');
    expect(stderr).toMatch(/Next: \S/);
    expect(code).toBe(1);
    expect((await runCli(['report', '--data', data])).code).toBe(0);
  });
});

describe('query', () => {
  it.each([
    ['DROP TABLE domain.commits', 'query-refused'],
    ['INSERT INTO domain.commits SELECT * FROM domain.commits', 'query-refused'],
    ['SELECT 1; DROP TABLE domain.commits', 'query-'],
    ["SELECT 1 INTO OUTFILE 'out.txt'", 'query-refused'],
    ["SELECT * FROM file('/etc/passwd', 'LineAsString')", 'query-refused'],
    ['SELEC 1', 'query-invalid'],
    ['SELECT * FROM metrics.nothing', 'query-invalid'],
  ])('refuses %s', async (sql, id) => {
    const outcome = await runInProcess(['query', sql, '--data', data]);
    expect(outcome.talk.join('\n')).toContain(`Error (${id}`);
    expect(outcome.talk.join('\n')).toMatch(/Next: \S/);
    expect(outcome.code).not.toBe(0);
    const { stdout } = await runInProcess([
      'query',
      'SELECT count() FROM domain.commits FINAL',
      '--data',
      data,
      '--format',
      'TSV',
    ]);
    expect(stdout).toBe('3\n');
  });

  it('binds values instead of pasting them', async () => {
    const args = ['SELECT {name:String} AS x', '--param', "name=a' OR 1", '--format', 'TSV', '--data', data];
    expect((await runInProcess(['query', ...args])).stdout).toBe("a\\' OR 1\n");
    expectError(await runInProcess(['query', 'SELECT 1', '--param', 'nonsense', '--data', data]), 2, 'usage');
  });

  it('refuses a format that nobody knows', async () => {
    const outcome = await runInProcess(['query', 'SELECT 1', '--format', 'Papyrus', '--data', data]);
    expect(outcome.code).not.toBe(0);
    expect(outcome.talk.join('\n')).toMatch(/Papyrus/);
  });
});

describe('a command line', () => {
  it('tells its version', async () => {
    expect((await runInProcess(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('names what it does not know', async () => {
    expectError(await runInProcess(['explain', 'happiness']), 2, 'metric-unknown');
    expectError(
      await runInProcess(['explain', 'change_lead_time', '--entity', 'nope', '--data', data]),
      2,
      'entity-unknown',
    );
    // A deployment without a ref would match it.
    for (const entity of ['', ' ']) {
      expectError(await runInProcess(['explain', '--entity', entity, '--data', data]), 2, 'usage');
    }
    expectError(await runInProcess(['report', '--repo', 'nope', '--data', data]), 2, 'repository-unknown');
    expectError(await runInProcess(['report', '--service', 'nope', '--data', data]), 2, 'service-unknown');
    expectError(await runInProcess(['report', '--by', 'day', '--data', data]), 2, 'usage');
    expectError(await runInProcess(['report', '--since', '2030-01-01', '--data', data]), 2, 'window-empty');
    expectError(await runInProcess(['collect', '--source', 'svn', '--data', data]), 2, 'usage');
    expectError(await runInProcess(['explode']), 2, 'unknown-command');
  });

  it('refuses to report on a warehouse that is not there, without making one', async () => {
    const missing = freshData();
    for (const args of [
      ['report'],
      ['query', 'SELECT 1'],
      ['explain', 'change_lead_time', '--entity', 'x'],
    ]) {
      expectError(await runInProcess([...args, '--data', missing]), 1, 'nothing-collected');
    }
    expect(await readdir(folder)).not.toContain(missing.split('/').at(-1));
  });

  it('says where a configuration is broken', async () => {
    const file = join(folder, 'bellwether.yaml');
    await writeFile(file, 'warehouse:\n  path: data\ntimeZone: [\n');
    expect(expectError(await runInProcess(['report'], { cwd: folder }), 2, 'config-invalid')).toContain(
      `${file}:4:1`,
    );
    await rm(file);
    expectError(
      await runInProcess(['report', '--config', 'nowhere.yaml'], { cwd: folder }),
      2,
      'config-missing',
    );
    expectError(await runInProcess(['collect'], { cwd: folder }), 2, 'no-repositories');
  });

  it('goes on with the other repositories when one is broken, and says partial', async () => {
    const file = join(folder, 'bellwether.yaml');
    await writeFile(
      file,
      `warehouse: { path: part }\nrepositories:\n  - path: nowhere\n  - path: ${healthy.path}\n`,
    );
    const outcome = await runInProcess(['collect'], { cwd: folder });
    expect(outcome.code).toBe(4);
    expect(outcome.stdout).toMatch(/local\/healthy\s+ok/);
    expect(outcome.talk.join('\n')).toContain('Error (path-missing)');
    await rm(file);
  });
});
