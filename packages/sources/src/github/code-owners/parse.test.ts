import { describe, expect, it } from 'vitest';
import { parseCodeOwners } from './parse.ts';

describe('parseCodeOwners', () => {
  it('reads users, teams and addresses', () => {
    expect(parseCodeOwners('*  @ada @Acme/Core-Team ops@acme.test\n')).toEqual([
      {
        line: 1,
        pattern: '*',
        owners: [
          { kind: 'user', login: 'ada' },
          { kind: 'team', organisation: 'Acme', slug: 'core-team' },
          { kind: 'email', email: 'ops@acme.test' },
        ],
      },
    ]);
  });

  it('counts lines as an editor does, comments and empty ones included', () => {
    const text = '# who owns what\r\n\r\n/docs/ @ada # the writer\r\n   \n/src @grace';
    expect(parseCodeOwners(text).map(({ line, pattern, owners }) => [line, pattern, owners.length])).toEqual([
      [3, '/docs/', 1],
      [5, '/src', 1],
    ]);
  });

  it('takes a pattern without owners for one that nobody owns', () => {
    expect(parseCodeOwners('/generated/\n')).toEqual([{ line: 1, pattern: '/generated/', owners: [] }]);
  });

  it('keeps an escaped space in a pattern', () => {
    expect(parseCodeOwners(String.raw`/my\ docs/*.md @ada`)[0]?.pattern).toBe('/my docs/*.md');
  });

  it('does not take a # within a pattern for a comment', () => {
    expect(parseCodeOwners('/c#/ @ada')[0]?.pattern).toBe('/c#/');
  });

  it.each(['!/docs/ @ada', '/[ab].ts @ada', String.raw`\#odd @ada`, '/src ada', '/src @ada/', '/src @'])(
    'skips %s, as GitHub does',
    (text) => {
      expect(parseCodeOwners(`${text}\n/ok @grace`).map(({ line }) => line)).toEqual([2]);
    },
  );

  it('skips a byte order mark', () => {
    expect(parseCodeOwners('\uFEFF* @ada')[0]?.pattern).toBe('*');
  });

  it('reads a line of a million characters within a second', () => {
    const begin = performance.now();
    parseCodeOwners(`/a${'\\'.repeat(500_000)} ${'@x '.repeat(200_000)}`);
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});
