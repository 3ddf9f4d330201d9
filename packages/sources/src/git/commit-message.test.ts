import { describe, expect, it } from 'vitest';
import { cleanSubject, cleanText, readMessage } from './commit-message.ts';

const nothing = {
  number: null,
  headBranch: null,
  revertsSha: null,
  revertsNumber: null,
  cherryPickedFrom: null,
};
const SHA = '4b79fe76098d580a7229fd7513372feeb1c00813';

describe('what a message says', () => {
  it.each([
    ['a plain subject', 'Add a thing', '', false, {}],
    ['a squash', 'Add a thing (#12)', '', false, { number: 12 }],
    ['a number in the middle', 'Fix (#12) again', '', false, {}],
    [
      'a merge on GitHub',
      'Merge pull request #14 from acme/feature/login',
      'Login\n',
      true,
      { number: 14, headBranch: 'feature/login' },
    ],
    [
      'a merge of a fork',
      'Merge pull request #14 from jdoe/main',
      '',
      true,
      { number: 14, headBranch: 'main' },
    ],
    [
      'a merge on GitLab',
      "Merge branch 'hotfix/pay' into 'main'",
      'Pay\n\nSee merge request acme/app!77\n',
      true,
      { number: 77, headBranch: 'hotfix/pay' },
    ],
    [
      'a merge on Bitbucket',
      'Merged in fix/x (pull request #5)',
      '',
      true,
      { number: 5, headBranch: 'fix/x' },
    ],
    ['a merge on Bitbucket Server', 'Pull request #6: Fix x', '', true, { number: 6 }],
    ['a local merge', "Merge branch 'topic'", '', true, { headBranch: 'topic' }],
    [
      'a merge of a remote branch',
      "Merge remote-tracking branch 'origin/topic'",
      '',
      true,
      { headBranch: 'topic' },
    ],
    ['a subject that only sounds like a merge', "Merge branch 'topic'", '', false, {}],
    ['a revert by git', 'Revert "Add"', `This reverts commit ${SHA}.\n`, false, { revertsSha: SHA }],
    ['an abbreviated revert', 'Undo', 'This reverts commit 4b79fe7.', false, { revertsSha: '4b79fe7' }],
    [
      'a revert of a merge',
      'Revert "Merge"',
      `This reverts commit ${SHA}, reversing\nchanges made to 819d5adf64b2.\n`,
      false,
      { revertsSha: SHA },
    ],
    [
      'several reverts: the first',
      'Undo both (#9)',
      `This reverts commit ${SHA}.\n\nThis reverts commit 819d5adf64b2e0792a0e5320d049b811efd4ebd6.`,
      false,
      { number: 9, revertsSha: SHA },
    ],
    ['a revert that is only talked about', 'Docs', `It says "This reverts commit ${SHA}"`, false, {}],
    [
      'a revert on GitHub, merged',
      'Merge pull request #21 from acme/revert-20-feature',
      'Revert "Feature"',
      true,
      { number: 21, headBranch: 'revert-20-feature', revertsNumber: 20 },
    ],
    [
      'a revert on GitHub, squashed',
      'Revert "Feature (#20)" (#21)',
      'Reverts acme/app#20',
      false,
      { number: 21, revertsNumber: 20 },
    ],
    ['a revert by its number alone', 'Undo (#21)', 'Reverts #20', false, { number: 21, revertsNumber: 20 }],
    ['a revert named by its subject', 'Revert "Feature (#20)"', '', false, { revertsNumber: 20 }],
    [
      'a revert of a conventional commit',
      'fix: Revert "feat: x (#24)" (#25)',
      '',
      false,
      { number: 25, revertsNumber: 24 },
    ],
    [
      'a revert on GitLab',
      'Revert "x"',
      'This reverts merge request acme/app!24',
      false,
      { revertsNumber: 24 },
    ],
    [
      'a revert of a revert',
      'Revert "Revert "Feature (#20)" (#21)" (#22)',
      '',
      false,
      { number: 22, revertsNumber: 21 },
    ],
    [
      'a cherry-pick of a cherry-pick: where it was taken from',
      'Fix',
      `Fix\n\n(cherry picked from commit 1111111111)\n(cherry picked from commit ${SHA})\n`,
      false,
      { cherryPickedFrom: SHA },
    ],
    ['a sha that is none', 'Undo', 'This reverts commit deadbe', false, {}],
    ['a number too large for any forge', 'Odd (#99999999999)', '', false, {}],
    ['number zero', 'Odd (#0)', '', false, {}],
  ])('%s', (_case, subject, body, isMerge, expected) => {
    expect(readMessage(subject, body, isMerge)).toEqual({ ...nothing, ...expected });
  });

  it('reads a message of ten megabytes in no time', () => {
    const started = performance.now();
    readMessage(`Merge ${'('.repeat(100_000)}`, '(cherry picked from commit '.repeat(400_000), true);
    readMessage(`Revert "${'(#1)" '.repeat(50_000)}`, 'Reverts '.repeat(1_000_000), true);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('a subject as it is stored', () => {
  it('loses the login of the owner of a fork', () => {
    expect(cleanSubject('Merge pull request #14 from jdoe/fix/login')).toBe(
      'Merge pull request #14 from fix/login',
    );
  });

  it('loses it as well where a merge is quoted, or names the fork that it pulled from', () => {
    expect(cleanSubject('Revert "Merge pull request #12 from bob/topic"')).toBe(
      'Revert "Merge pull request #12 from topic"',
    );
    expect(cleanSubject("Merge branch 'main' of https://github.com/bob/app into fix")).toBe(
      "Merge branch 'main' of (address) into fix",
    );
    expect(cleanSubject("Merge branch 'main' of github.com:bob/app")).toBe(
      "Merge branch 'main' of (address)",
    );
    expect(cleanSubject('Merge two of three lists')).toBe('Merge two of three lists');
  });

  it('loses addresses, and no releases', () => {
    expect(cleanSubject('Co-authored with jane.doe+x@acme.example')).toBe('Co-authored with (address)');
    expect(cleanSubject('Bump @acme/app@1.2.3-beta.one and react@18.2.0')).toBe(
      'Bump @acme/app@1.2.3-beta.one and react@18.2.0',
    );
  });

  it('is one line that no terminal obeys', () => {
    expect(cleanSubject('red \u001b[31malert\u0007')).toBe('red  [31malert');
    expect(cleanText('bell\u202egnp.exe', 50)).toBe('bell gnp.exe');
  });

  it('ends after 500 characters, never in the middle of one', () => {
    expect(cleanSubject('🦉'.repeat(600))).toBe('🦉'.repeat(500));
  });
});
