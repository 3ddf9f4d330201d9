import { Config } from '@bellwether/core';
import type { PathKnowledgeRow } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import type { DomainService } from '../domain-snapshot.ts';
import { commit, sha, snapshot } from '../testing/snapshot.ts';
import { computeFacts, deriveRules } from './facts.ts';

/** Commits in a row; `who` made each at `at` to the file `path`. */
function knowledge(
  work: { who: string; at: number; path?: string; isBot?: boolean }[],
  { services = [], timeZone = 'UTC' }: { services?: DomainService[]; timeZone?: string } = {},
): PathKnowledgeRow[] {
  const commits = work.map(({ who, at, path = 'a/b/c/x.ts', isBot = false }, index) =>
    commit({
      name: `c${String(index)}`,
      parents: index === 0 ? [] : [`c${String(index - 1)}`],
      at,
      author_key: who,
      author_is_bot: isBot,
      has_paths: true,
      paths: [path],
    }),
  );
  const head = `c${String(work.length - 1)}`;
  const rules = deriveRules(Config.parse({ timeZone }));
  return computeFacts(snapshot({ head, headSha: sha(head), commits, services }), rules).pathKnowledge;
}

const feb = Date.UTC(2024, 1, 1);
const times = (count: number, who: string, at: number, path?: string) =>
  Array.from({ length: count }, () => ({ who, at, ...(path === undefined ? {} : { path }) }));

describe('knowledge of a path', () => {
  it('is the fewest people with more than half of the changes, at two levels and in all', () => {
    const rows = knowledge([...times(5, 'ann', feb), ...times(3, 'bob', feb), ...times(2, 'cem', feb)]);
    expect(rows.map(({ path }) => path).sort()).toEqual(['/', 'a', 'a/b']);
    // Ann has 5 of 10: exactly half is not more than half, so two people.
    expect(rows[0]).toMatchObject({
      quarter_start: Date.UTC(2024, 0, 1),
      change_count: 10,
      contributor_count: 3,
      bus_factor: 2,
      top_share: 0.5,
    });
  });

  it('looks a year back, quarter by quarter', () => {
    const rows = knowledge([
      ...times(6, 'ann', feb),
      ...times(6, 'bob', Date.UTC(2024, 4, 1)),
      ...times(6, 'bob', Date.UTC(2025, 0, 15)),
    ]).filter(({ path }) => path === 'a');
    const of = rows.map((row) => [row.quarter_start, row.change_count, row.bus_factor, row.top_share]);
    expect(of).toEqual([
      // Q1 has 6 changes: too few. Q2 to Q4: Ann 6, Bob 6.
      [Date.UTC(2024, 3, 1), 12, 2, 0.5],
      [Date.UTC(2024, 6, 1), 12, 2, 0.5],
      [Date.UTC(2024, 9, 1), 12, 2, 0.5],
      // Q1 of the next year no longer has Ann's: Bob 6 and 6.
      [Date.UTC(2025, 0, 1), 12, 1, 1],
    ]);
  });

  it('leaves bots and few changes out', () => {
    const bots = times(20, 'bot', feb).map((each) => ({ ...each, isBot: true }));
    expect(knowledge([...bots, ...times(5, 'ann', feb), ...times(4, 'bob', feb)])).toEqual([]);
  });

  it('tells of a path that one person alone knows, and not who', () => {
    const [row] = knowledge(times(10, 'ann', feb));
    expect(row).toMatchObject({ change_count: 10, contributor_count: 1, bus_factor: 1, top_share: 1 });
    expect(JSON.stringify(row)).not.toContain('ann');
  });

  it('belongs to the service whose globs hold the path', () => {
    const service = (name: string, glob: string) => ({ service: name, path_globs: [glob], owner_team: name });
    const services = [service('api', 'a/b/c/**'), service('web', 'w/**')];
    const rows = knowledge([...times(6, 'ann', feb), ...times(6, 'bob', feb)], { services });
    const of = rows.map(({ path, service, team }) => [path, service, team]).sort();
    // `a` and `a/b` hold no file of their own that a glob claims; the third level is where the service lives.
    expect(of).toEqual([
      ['/', '(several)', ''],
      ['a', '', ''],
      ['a/b', '', ''],
      ['a/b/c', 'api', 'api'],
    ]);
  });

  it('has the quarters of the organisation', () => {
    // 31 March, 23:00 UTC is April in Berlin, where summer time begins that day.
    const edge = Date.UTC(2024, 2, 31, 23);
    const work = [...times(6, 'ann', edge), ...times(6, 'bob', edge)];
    const [row] = knowledge(work, { timeZone: 'Europe/Berlin' });
    expect(row?.quarter_start).toBe(Date.UTC(2024, 2, 31, 22));
  });
});
