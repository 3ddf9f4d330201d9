import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPerson, makeRepository, type TestRepository } from '@bellwether/sources/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcessOutcome, runInProcess } from '../testing/test-terminal.ts';

const now = Date.UTC(2026, 5, 1);

let folder: string;
let repository: TestRepository;
let data: string;

/** A clone without a release: every deployment here is imported. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-import-'));
  repository = await makeRepository({
    folder: 'shop',
    commits: [
      { id: 'a', at: '2026-01-01T00:00:00Z' },
      { id: 'b', at: '2026-01-02T00:00:00Z' },
      { id: 'c', at: '2026-01-04T00:00:00Z' },
    ],
  });
  data = join(folder, 'data');
  expect((await run(['collect', '--source', 'git', '--path', repository.path])).code).toBe(0);
});

afterAll(async () => {
  await repository.dispose();
  await rm(folder, { recursive: true });
});

function run(args: string[], options: { stdin?: string; answer?: string } = {}): Promise<InProcessOutcome> {
  return runInProcess([...args, '--data', data], { cwd: folder, now, ...options });
}

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  const { code, stdout } = await run(['query', sql, '--format', 'JSONEachRow']);
  expect(code).toBe(0);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function deploymentLines(): string {
  const line = (id: string, sha: string, finished_at: string): string =>
    JSON.stringify({ id, repo: 'shop', ref: id, sha, finished_at });
  return [
    line('one', repository.sha('a'), '2026-01-03T00:00:00Z'),
    line('two', repository.sha('c'), '2026-01-05T00:00:00Z'),
  ].join('\n');
}

describe('import', () => {
  it('gives lead times to a repository whose deployments live elsewhere', async () => {
    const file = join(folder, 'deployments.jsonl');
    await writeFile(file, deploymentLines());
    const first = await run(['import', 'deployments', file]);
    expect(first).toMatchObject({
      code: 0,
      stdout: 'deployments: 2 lines of 1 repository, 2 rows new or changed, 0 removed\n',
    });
    // `one` is the first and carries a; b waited from 2 to 5 January (3 d), c from 4 to 5 January (1 d).
    const facts = await rowsOf(
      `SELECT substring(change_id, 12) AS sha, is_baseline, dateDiff('hour', first_authored_at, deployed_at) AS hours
       FROM facts.change_deployments FINAL INNER JOIN (SELECT * FROM facts.changes FINAL) AS changes USING (repo, change_id) ORDER BY deployed_at, hours`,
    );
    expect(facts).toEqual([
      { sha: repository.sha('a'), is_baseline: true, hours: expect.anything() },
      {
        sha: repository.sha('c'),
        is_baseline: false,
        hours: expect.toSatisfy((value) => Number(value) === 24),
      },
      {
        sha: repository.sha('b'),
        is_baseline: false,
        hours: expect.toSatisfy((value) => Number(value) === 72),
      },
    ]);
    expect((await run(['import', 'deployments', file])).stdout).toContain('nothing is new');
  });

  it('takes a pipe, and what is wrong in it is named and nothing stored', async () => {
    const stdin = `${deploymentLines()}\n{"id":"three","repo":"shop","finished_at":"soon"}`;
    const outcome = await run(['import', 'deployments', '-', '--format', 'jsonl'], { stdin });
    expect(outcome.code).toBe(2);
    expect(outcome.talk.join('\n')).toContain('line 3, finished_at: must be an instant');
    const skipping = await run(['import', 'deployments', '-', '--format', 'jsonl', '--skip-invalid'], {
      stdin,
    });
    expect(skipping.code).toBe(4);
    expect(skipping.talk.join('\n')).toContain('1 line was left out');
  });

  it.each([
    [['import', 'holidays', 'x.csv'], 'holidays'],
    [['import', 'builds'], '<file> is missing'],
    [['import', 'builds', 'missing.csv'], 'is not there'],
    [['import', 'builds', 'builds.xlsx', '--format', 'xlsx'], '--format cannot be "xlsx"'],
    [['import', 'builds', '-'], 'no name to tell its format'],
    [['import', 'builds', '.', '--format', 'csv'], 'cannot be read'],
  ])('refuses %j', async (args, message) => {
    const outcome = await run(args);
    expect(outcome.code).toBe(2);
    expect(outcome.talk.join('\n')).toContain(message);
  });

  it('prints the schema of a line', async () => {
    const { stdout } = await run(['import', 'incidents', '--schema']);
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['id', 'opened_at'],
    });
  });
});

describe('override', () => {
  const outcomes = () =>
    rowsOf('SELECT ref, is_failure, evidence FROM facts.deployment_outcomes FINAL ORDER BY finished_at');

  it('stands above what was computed, is listed, and can be taken back', async () => {
    expect(await outcomes()).toMatchObject([
      { ref: 'one', is_failure: false },
      { ref: 'two', is_failure: false },
    ]);
    const reason = 'Payments were down';
    const ruled = await run([
      ...['override', 'failure', 'two', '--ruling', 'yes', '--reason', reason],
      ...['--by', 'ann@example.com'],
    ]);
    expect(ruled.code).toBe(0);
    expect(await outcomes()).toMatchObject([
      { ref: 'one', is_failure: false },
      { ref: 'two', is_failure: true, evidence: 'override' },
    ]);
    const list = await run(['override', 'list', '--json']);
    expect(JSON.parse(list.stdout)).toEqual([
      {
        repo: 'local/shop',
        kind: 'failure',
        entity: 'local/shop@imported:two',
        ruling: 'yes',
        reason,
        ruled_at: '2026-06-01T00:00:00.000Z',
        by_key: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
    expect(list.stdout).not.toContain('ann@');
    expect((await run(['override', 'remove', 'imported:two'])).code).toBe(0);
    expect(await outcomes()).toMatchObject([{ is_failure: false }, { is_failure: false }]);
    expect((await run(['override', 'list'])).stdout).toBe('Nobody has ruled on anything.\n');
  });

  it('says which deployment caused an incident', async () => {
    const stdin = JSON.stringify({
      id: 'INC-1',
      repo: 'shop',
      opened_at: '2026-01-05T02:00:00Z',
      resolved_at: '2026-01-05T04:00:00Z',
      caused_by: 'two',
    });
    expect((await run(['import', 'incidents', '-', '--format', 'jsonl'], { stdin })).code).toBe(0);
    expect(await outcomes()).toMatchObject([
      { is_failure: false },
      { is_failure: true, evidence: 'incident' },
    ]);
    const ruling = ['override', 'attribution', 'INC-1', '--reason', 'The provider was down'];
    expect((await run([...ruling, '--deployment', 'none'])).code).toBe(0);
    expect(await outcomes()).toMatchObject([{ is_failure: false }, { is_failure: false }]);
    expect((await run([...ruling, '--deployment', 'one'])).code).toBe(0);
    expect(await outcomes()).toMatchObject([{ is_failure: true }, { is_failure: false }]);
  });

  it.each([
    [
      ['failure', 'tow', '--ruling', 'yes', '--reason', 'x'],
      /No deployment is known under "tow"[^]*Nearest are: .*two/,
    ],
    [['attribution', 'INC-2', '--deployment', 'none', '--reason', 'x'], /Nearest are: INC-1/],
    [['failure', 'two', '--reason', 'x'], /--ruling is missing/],
    [['failure', 'two', '--ruling', 'maybe', '--reason', 'x'], /--ruling cannot be "maybe"/],
    [['failure', 'two', '--ruling', 'no', '--reason', ' '], /--reason is missing/],
    [['failure'], /<id> is missing/],
    [['remove', 'nothing'], /Nobody ruled on "nothing"/],
    [['guess', 'two'], /<what> cannot be "guess"/],
  ])('refuses %j', async (args, message) => {
    const outcome = await run(['override', ...args]);
    expect(outcome.code).toBe(2);
    expect(outcome.talk.join('\n')).toMatch(message);
  });
});

describe('forget', () => {
  const { email } = defaultPerson;

  it('asks first, and changes nothing without a yes', async () => {
    const dry = await run(['forget', email, '--dry-run', '--json']);
    expect(JSON.parse(dry.stdout)).toEqual({
      forgotten: false,
      keys: 1,
      identities: 1,
      records: 0,
      contributions: 3,
    });
    const alone = await run(['forget', email]);
    expect(alone.code).toBe(2);
    expect(alone.talk.join('\n')).toContain('Error (confirmation-needed)');
    expect((await run(['forget', email], { answer: 'y' })).code).toBe(5);
    expect(await run(['forget', email, '--dry-run', '--json'])).toEqual(dry);
  });

  it('removes who it was, and collecting again does not bring it back', async () => {
    expect((await run(['forget', email], { answer: 'yes' })).code).toBe(0);
    await repository.add({ commits: [{ id: 'd', at: '2026-01-06T00:00:00Z' }] });
    expect((await run(['collect', '--path', repository.path])).code).toBe(0);
    const again = await run(['forget', email, '--dry-run', '--json']);
    // The new commit counts too: the pseudonym stays, and nothing else.
    expect(JSON.parse(again.stdout)).toMatchObject({ keys: 1, identities: 0, contributions: 4 });
    const [row] = await rowsOf('SELECT uniqExact(author_key) AS authors FROM domain.commits FINAL');
    expect(Number(row?.['authors'])).toBe(1);
    expect(await rowsOf('SELECT person_key FROM domain.people FINAL')).toEqual([]);
  });

  it('knows nobody by a name, and says so', async () => {
    const outcome = await run(['forget', defaultPerson.name]);
    expect(outcome.code).toBe(2);
    expect(outcome.talk.join('\n')).toContain('Error (person-unknown)');
    expect(outcome.talk.join('\n')).not.toContain(defaultPerson.name);
  });
});
