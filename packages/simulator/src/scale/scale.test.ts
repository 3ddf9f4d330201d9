import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWarehouse, type Warehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { appendDay, buildOrganisation, type StoredOrganisation } from './build-organisation.ts';
import { firstLook, scaleSize } from './size.ts';

const DAY = 86_400_000;
const factor = 0.001;

// Several organisations are built here, each of some 70,000 rows.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bellwether-scale-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('an organisation written straight into a warehouse', () => {
  let organisation: StoredOrganisation;
  let warehouse: Warehouse;

  beforeAll(async () => {
    organisation = await buildOrganisation({ factor, seed: 7, root: join(root, 'whole') });
    warehouse = await openWarehouse({ path: organisation.folder });
  });
  afterAll(() => warehouse.close());

  const one = async (sql: string): Promise<number> => {
    const [row] = await warehouse.query<{ found: number }>(sql);
    return row?.found ?? Number.NaN;
  };

  it('has a thousandth of the rows of the company', async () => {
    // Of 2 million pull requests, 8 million reviews, 20 million commits, 500,000 deployments, 30 million builds.
    const planned = { pull_requests: 2000, reviews: 8000, commits: 20_000, deployments: 500, builds: 30_000 };
    for (const [table, rows] of Object.entries(planned)) {
      const found = await one(`SELECT count() AS found FROM domain.${table} FINAL`);
      expect(found / rows, table).toBeGreaterThan(0.7);
      expect(found / rows, table).toBeLessThan(1.4);
    }
  });

  it('has some fifteen in a hundred pull requests by bots', async () => {
    const share = await one('SELECT avg(author_is_bot) AS found FROM domain.pull_requests FINAL');
    expect(share).toBeGreaterThan(0.12);
    expect(share).toBeLessThan(0.2);
  });

  it('knows the parents of every commit, and the commits of every pull request, deployment and default branch', async () => {
    const unknown = (shas: string): Promise<number> =>
      one(
        `SELECT count() AS found FROM (${shas}) WHERE (repo, sha) NOT IN (SELECT repo, sha FROM domain.commits)`,
      );
    expect(await unknown('SELECT repo, arrayJoin(parents) AS sha FROM domain.commits')).toBe(0);
    expect(await unknown('SELECT repo, arrayJoin(commit_shas) AS sha FROM domain.pull_requests')).toBe(0);
    expect(
      await unknown(
        'SELECT repo, assumeNotNull(merge_commit_sha) AS sha FROM domain.pull_requests WHERE merge_commit_sha IS NOT NULL',
      ),
    ).toBe(0);
    expect(
      await unknown('SELECT repo, assumeNotNull(sha) AS sha FROM domain.deployments WHERE sha IS NOT NULL'),
    ).toBe(0);
    expect(await unknown('SELECT repo, assumeNotNull(head_sha) AS sha FROM domain.repositories')).toBe(0);
  });

  it('has each row once, and its instants in order', async () => {
    expect(await one('SELECT count() - uniqExact(repo, build_id, attempt) AS found FROM domain.builds')).toBe(
      0,
    );
    expect(
      await one(
        'SELECT countIf(merged_at < created_at OR ready_at < created_at) AS found FROM domain.pull_requests',
      ),
    ).toBe(0);
    expect(
      await one(
        `SELECT countIf(submitted_at > fromUnixTimestamp64Milli(${String(firstLook)})) AS found FROM domain.reviews`,
      ),
    ).toBe(0);
  });

  it('has a small team, and people who moved', async () => {
    const { engineers } = scaleSize(factor);
    expect(await one('SELECT uniqExact(person_key) AS found FROM domain.team_members FINAL')).toBe(engineers);
    expect(
      await one('SELECT countIf(valid_to IS NOT NULL) AS found FROM domain.team_members FINAL'),
    ).toBeGreaterThan(0);
    expect(
      await one(
        'SELECT min(people) AS found FROM (SELECT uniqExact(person_key) AS people FROM domain.team_members FINAL GROUP BY team)',
      ),
    ).toBe(3);
  });

  it('is there the next time, and is not built again', async () => {
    await warehouse.close();
    const again = await buildOrganisation({ factor, seed: 7, root: join(root, 'whole') });
    warehouse = await openWarehouse({ path: again.folder });
    expect(again).toEqual({ ...organisation, steps: [] });
  });
});

describe('building', () => {
  it('gives the same rows for the same seed, and others for another', async () => {
    const first = await contentsOf(await buildOrganisation({ factor, seed: 1, root: join(root, 'a') }));
    const second = await contentsOf(await buildOrganisation({ factor, seed: 1, root: join(root, 'b') }));
    const other = await contentsOf(await buildOrganisation({ factor, seed: 2, root: join(root, 'b') }));
    expect(second).toEqual(first);
    expect(other['domain.pull_requests']).not.toBe(first['domain.pull_requests']);
  });

  it('starts anew where it was cut short', async () => {
    const whole = await buildOrganisation({ factor, seed: 3, root: join(root, 'cut') });
    const home = join(root, 'cut', `organisation-${String(factor)}-seed-3`);
    const before = await contentsOf(whole);
    // What a kill in the midst of loading leaves: rows, the note that says so, and no manifest.
    await rm(join(home, 'organisation.json'));
    await writeFile(join(home, 'unfinished'), '');
    const again = await buildOrganisation({ factor, seed: 3, root: join(root, 'cut') });
    expect(again.steps.length).toBeGreaterThan(0);
    expect(await contentsOf(again)).toEqual(before);
    expect(existsSync(join(home, 'unfinished'))).toBe(false);
  });

  it('removes nothing that it did not make', async () => {
    const home = join(root, 'mine', `organisation-${String(factor)}-seed-4`);
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'letters.txt'), 'dear');
    await expect(buildOrganisation({ factor, seed: 4, root: join(root, 'mine') })).rejects.toThrow(
      'holds something else',
    );
    expect(existsSync(join(home, 'letters.txt'))).toBe(true);
  });

  it('refuses a size that is none', () => {
    expect(() => scaleSize(0)).toThrow(RangeError);
    expect(() => scaleSize(Number.NaN)).toThrow(RangeError);
  });
});

describe('one more day', () => {
  it('gives what a later first look would have given, cut short or not', async () => {
    const organisation = await buildOrganisation({ factor, seed: 5, root: join(root, 'grown') });
    const warehouse = await openWarehouse({ path: organisation.folder });
    let grown: StoredOrganisation;
    try {
      await appendDay(warehouse, organisation);
      // The manifest was lost with a kill: the same day once more.
      grown = await appendDay(warehouse, await appendDay(warehouse, organisation));
    } finally {
      await warehouse.close();
    }
    const until = firstLook + 2 * DAY;
    const later = await buildOrganisation({ factor, seed: 5, root: join(root, 'later'), until });
    expect(await contentsOf(grown)).toEqual(await contentsOf(later));
    expect(grown.until).toBe(until);
  });
});

/** A hash of what every domain table holds, versions left out. */
async function contentsOf({ folder }: StoredOrganisation): Promise<Record<string, string>> {
  const warehouse = await openWarehouse({ path: folder });
  try {
    const tables = await warehouse.query<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = 'domain' ORDER BY name",
    );
    const contents: Record<string, string> = {};
    for (const { name } of tables) {
      const [row] = await warehouse.query<{ hash: string }>(
        `SELECT concat(toString(count()), ' ', toString(sum(cityHash64(* EXCEPT (_version, _deleted))))) AS hash FROM domain.${name} FINAL`,
      );
      contents[`domain.${name}`] = row?.hash ?? '';
    }
    return contents;
  } finally {
    await warehouse.close();
  }
}
