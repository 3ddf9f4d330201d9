import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '@bellwether/sources/testing';
import { openWarehouse, people, teamMembers, teams } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcessOutcome, runInProcess } from '../testing/test-terminal.ts';

const now = Date.UTC(2026, 5, 1);

let folder: string;
let repository: TestRepository;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-catalogue-'));
  repository = await makeRepository({
    folder: 'shop',
    commits: [
      { id: 'a', at: '2026-01-01T00:00:00Z' },
      { id: 'b', at: '2026-01-02T00:00:00Z' },
      { id: 'c', at: '2026-01-04T00:00:00Z' },
    ],
    tags: [
      { name: 'v1.0.0', target: 'a', at: '2026-01-01T12:00:00Z' },
      { name: 'v1.1.0', target: 'c', at: '2026-01-05T00:00:00Z' },
    ],
  });
});

afterAll(async () => {
  await repository.dispose();
  await rm(folder, { recursive: true });
});

/** Runs a command with a configuration of its own. */
async function run(args: string[], config: object): Promise<InProcessOutcome> {
  const whole = { warehouse: { path: 'data' }, repositories: [{ path: repository.path }], ...config };
  await writeFile(join(folder, 'bellwether.yaml'), JSON.stringify(whole));
  return runInProcess(args, { cwd: folder, now });
}

function expectRefusal({ code, talk }: InProcessOutcome, id: string): string {
  const said = talk.join('\n');
  expect(said).toContain(`Error (${id})`);
  expect(said).toMatch(/Next: \S/);
  expect(code).toBe(2);
  return said;
}

describe('a configuration that contradicts itself is refused before anything is read', () => {
  it.each([
    [
      'a team in two groups',
      {
        teams: [
          { name: 'acme/pay', group: 'A' },
          { name: 'acme/pay', group: 'B' },
        ],
      },
      'config-invalid',
      /acme\/pay stands here twice.*one group at a time/,
    ],
    [
      'an unknown time zone',
      { teams: [{ name: 'pay', timeZone: 'Mars/Olympus' }] },
      'config-invalid',
      /teams\.0\.timeZone: is not a time zone/,
    ],
    [
      'an agreement on an unknown metric',
      { agreements: [{ name: 'Be happy', metric: 'happiness', atMost: 1 }] },
      'agreement-invalid',
      /"Be happy".*no metric "happiness"[^]*Use one of: .*time_to_first_review/,
    ],
    [
      'an agreement on a metric whose rows have no limit',
      { agreements: [{ name: 'Fail less', metric: 'change_fail_rate', atMost: 1 }] },
      'agreement-invalid',
      /"Fail less".*nothing in a single row/,
    ],
    [
      'an agreement in business days on what has none',
      { agreements: [{ name: 'Soon', metric: 'change_lead_time', atMost: '1bd' }] },
      'agreement-invalid',
      /"Soon".*not measured in business hours/,
    ],
    [
      'a target without a better side',
      { targets: [{ metric: 'coding_time', value: '1d' }] },
      'target-invalid',
      /coding_time.*neither more nor less/,
    ],
  ])('%s', async (_what, config, id, message) => {
    expect(expectRefusal(await run(['collect'], config), id)).toMatch(message);
    expectRefusal(await run(['report'], config), id);
  });
});

describe('data that cannot be right is a finding, and the rest is computed', () => {
  const config = {
    services: [
      { name: 'shop', repo: 'local/shop', releases: ['shop'] },
      { name: 'ghost', repo: 'local/shop', paths: ['nowhere/**'], owner: 'pay' },
    ],
    teams: [{ name: 'strangers', group: 'Nobody' }],
  };

  const findingsOf = async (): Promise<string[]> => {
    const sql = "SELECT kind, fix FROM facts.findings FINAL WHERE fix != '' ORDER BY kind";
    const { stdout } = await run(['query', sql, '--format', 'TSV'], config);
    return [...new Set(stdout.split('\n').flatMap((line) => line.split('\t')[0] || []))];
  };

  beforeAll(async () => {
    const incidents = [
      { id: 'early', repo: 'local/shop', service: 'shop', opened_at: '2025-12-01T00:00:00Z' },
      {
        id: 'fine',
        repo: 'local/shop',
        service: 'shop',
        opened_at: '2026-01-05T01:00:00Z',
        resolved_at: '2026-01-05T02:00:00Z',
      },
    ];
    await writeFile(
      join(folder, 'incidents.jsonl'),
      incidents.map((line) => JSON.stringify(line)).join('\n'),
    );
    expect((await run(['collect'], config)).code).toBe(0);
    expect((await run(['import', 'incidents', 'incidents.jsonl'], config)).code).toBe(0);
  });

  it('an incident before any deployment, a service without an owner, globs that match nothing', async () => {
    expect(await findingsOf()).toEqual(
      expect.arrayContaining([
        'globs-match-nothing',
        'incident-before-any-deployment',
        'service-without-owner',
      ]),
    );
    const { code, stdout } = await run(['report'], config);
    expect(code).toBe(0);
    // b and c waited until the 5th: 3 d and 1 d.
    expect(stdout).toMatch(/whole window\s+2 d/);
    expect(stdout).toContain('Services without a team that owns them');
    expect(stdout).toContain('Paths of the catalogue that match no file');
  });

  it('an incident that ended before it began: the importer refuses its line and names it', async () => {
    const line = {
      id: 'odd',
      repo: 'local/shop',
      opened_at: '2026-01-02T00:00:00Z',
      resolved_at: '2026-01-01T00:00:00Z',
    };
    await writeFile(join(folder, 'odd.jsonl'), JSON.stringify(line));
    const { code, talk } = await run(['import', 'incidents', 'odd.jsonl'], config);
    expect(code).not.toBe(0);
    expect(talk.join('\n')).toContain('line 1, resolved_at: is before opened_at');
  });

  it('a team that no source knows, memberships that overlap, a time zone that nobody knows', async () => {
    const warehouse = await openWarehouse({ path: join(folder, 'data') });
    await warehouse.insert(teams, [
      { team: 'acme/pay', team_id: 'pay', name: 'Pay', parent_team: '', valid_to: null },
    ]);
    const member = { team: 'acme/pay', person_key: 'k'.repeat(64), valid_to: null };
    await warehouse.insert(teamMembers, [
      { ...member, valid_from: 0 },
      { ...member, valid_from: Date.UTC(2026, 0, 2) },
    ]);
    await warehouse.insert(people, [
      { person_key: member.person_key, is_bot: false, time_zone: 'Mars/Olympus' },
    ]);
    await warehouse.close();
    const { code, talk } = await run(['collect'], config);
    expect(code).toBe(0);
    expect(talk.join('\n')).toContain('No collected team is called "strangers"');
    expect(await findingsOf()).toEqual(
      expect.arrayContaining(['overlapping-membership', 'unknown-time-zone']),
    );
    const report = await run(['report'], config);
    expect(report.code).toBe(0);
    expect(report.stdout).toMatch(/whole window\s+2 d/);
  });

  it('two names of one team at one time: the contradiction is told, and one of them counts', async () => {
    const twice = {
      ...config,
      teams: [
        { name: 'pay', group: 'A' },
        { name: 'acme/pay', group: 'B' },
      ],
    };
    const { code, talk } = await run(['collect'], twice);
    expect(code).toBe(0);
    expect(talk.join('\n')).toContain('stands there already for the same time');
    expect(await findingsOf()).toContain('team-in-two-groups');
  });
});
