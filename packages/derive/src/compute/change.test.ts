import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { commit, day, hour, sha, snapshot, start } from '../testing/snapshot.ts';
import { changeOf } from '../testing/rows-of.ts';
import { computeFacts, deriveRules, type Facts } from './facts.ts';

const rules = deriveRules(Config.parse({}));

describe('changes', () => {
  // root ── m1 (Merge pull request #7: a, b) ── c (direct) ── s (squash #8)
  const commits = [
    commit({ name: 'root' }),
    commit({ name: 'a', parents: ['root'], at: start + 5 * hour }),
    commit({ name: 'b', parents: ['a'], at: start + 6 * hour, authored_at: start + 2 * hour }),
    commit({ name: 'm1', parents: ['root', 'b'], at: start + 10 * hour, number: 7, head_branch: 'feature' }),
    commit({ name: 'c', parents: ['m1'], at: start + 11 * hour }),
    commit({ name: 's', parents: ['c'], at: start + 12 * hour, number: 8 }),
  ];
  const facts = computeFacts(snapshot({ head: 's', commits }), rules);

  it('are pull requests where there is one, else commits', () => {
    expect(facts.changes.map(({ change_id, kind }) => [change_id, kind]).sort()).toEqual([
      ['local/app#7', 'pull_request'],
      ['local/app#8', 'pull_request'],
      [`local/app@${sha('c')}`, 'commit'],
      [`local/app@${sha('root')}`, 'commit'],
    ]);
  });

  it('own the commits of their branch, and begin with the earliest author date', () => {
    expect(changeOf(facts, '#7')).toMatchObject({
      merge_sha: sha('m1'),
      commit_shas: [sha('a'), sha('b'), sha('m1')],
      first_authored_at: start + 2 * hour,
      merged_at: start + 10 * hour,
      starts_at: 'first_commit',
    });
  });

  it('begin with the merge where a squash hides the work', () => {
    expect(changeOf(facts, '#8').starts_at).toBe('merge');
    expect(changeOf(facts, `@${sha('c')}`).starts_at).toBe('first_commit');
  });

  it('leave merges out that are no pull request, and keep the pull requests that these bring in', () => {
    // A foxtrot: somebody merged origin into their own branch and pushed it.
    const foxtrot = [
      ...commits,
      commit({ name: 'x', parents: ['root'] }),
      commit({ name: 'f', parents: ['x', 's'] }),
    ];
    const ids = computeFacts(snapshot({ head: 'f', commits: foxtrot }), rules).changes.map(
      (row) => row.change_id,
    );
    expect(ids).toContain('local/app#7');
    expect(ids).toContain(`local/app@${sha('x')}`);
    expect(ids).not.toContain(`local/app@${sha('f')}`);
  });

  it('give a number to one commit only: the first that claims it', () => {
    const again = [...commits, commit({ name: 't', parents: ['s'], at: start + 20 * hour, number: 8 })];
    const twice = computeFacts(snapshot({ head: 't', commits: again }), rules);
    expect(changeOf(twice, '#8').merge_sha).toBe(sha('s'));
    expect(changeOf(twice, `@${sha('t')}`)).toMatchObject({ kind: 'commit', number: null });
  });

  it('are by a bot when all of their own commits are', () => {
    const withBot = commits.map((each) => (each.sha === sha('s') ? { ...each, author_is_bot: true } : each));
    const byBot = computeFacts(snapshot({ head: 's', commits: withBot }), rules);
    expect(changeOf(byBot, '#8').is_bot).toBe(true);
    expect(changeOf(byBot, '#7').is_bot).toBe(false);
  });

  it('are none without a default branch', () => {
    expect(computeFacts({ ...snapshot({ head: 's', commits }), headSha: null }, rules).changes).toEqual([]);
  });
});

describe('pull requests inside pull requests', () => {
  const commits = (outerBranch: string) => [
    commit({ name: 'root' }),
    commit({ name: 'w', parents: ['root'], at: start + day }),
    commit({ name: 'inner', parents: ['root', 'w'], at: start + 2 * day, number: 1, head_branch: 'topic' }),
    commit({
      name: 'outer',
      parents: ['root', 'inner'],
      at: start + 9 * day,
      number: 10,
      head_branch: outerBranch,
    }),
  ];
  const idsOf = (facts: Facts): string[] => facts.changes.map((row) => row.change_id).sort();

  it('belong to the outer one: their numbers are those of a fork', () => {
    const facts = computeFacts(snapshot({ head: 'outer', commits: commits('feature') }), rules);
    expect(idsOf(facts)).toEqual(['local/app#10', `local/app@${sha('root')}`]);
    expect(facts.changes.find((row) => row.number === 10)).toMatchObject({
      first_authored_at: start + day,
      starts_at: 'first_commit',
    });
  });

  it('are changes of their own when the outer one only gathers them, and it has no start of its own', () => {
    const facts = computeFacts(snapshot({ head: 'outer', commits: commits('develop') }), rules);
    expect(idsOf(facts)).toEqual(['local/app#1', 'local/app#10', `local/app@${sha('root')}`]);
    expect(facts.changes.find((row) => row.number === 10)?.starts_at).toBe('merge');
    expect(facts.changes.find((row) => row.number === 1)?.first_authored_at).toBe(start + day);
  });
});

describe('the start of a squash', () => {
  it.each([
    ['at the merge', 0],
    ['seconds after the merge, by another clock', 5_000],
  ])('is the merge when it was authored %s', (_name, skew) => {
    const squash = commit({ name: 's', at: start, authored_at: start + skew, number: 3 });
    expect(computeFacts(snapshot({ head: 's', commits: [squash] }), rules).changes[0]?.starts_at).toBe(
      'merge',
    );
  });

  it('is its author date when that lies before', () => {
    const rebased = commit({ name: 's', at: start, authored_at: start - hour, number: 3 });
    expect(computeFacts(snapshot({ head: 's', commits: [rebased] }), rules).changes[0]?.starts_at).toBe(
      'first_commit',
    );
  });
});
