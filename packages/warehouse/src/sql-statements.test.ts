import { describe, expect, it } from 'vitest';
import { splitStatements } from './sql-statements.ts';

describe('splitStatements', () => {
  it.each([
    ['statements', 'SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
    ['a last semicolon and white space', ' SELECT 1 ;\n\n ', ['SELECT 1']],
    ['nothing', '', []],
    ['nothing but comments', '-- a;\n/* b; */ # c;\n;;', []],
    ['a semicolon in a string', "SELECT ';' ; SELECT 2", ["SELECT ';'", 'SELECT 2']],
    ['an escaped quote', String.raw`SELECT 'a\';b'; SELECT 2`, [String.raw`SELECT 'a\';b'`, 'SELECT 2']],
    ['a doubled quote', "SELECT 'a'';b'; SELECT 2", ["SELECT 'a'';b'", 'SELECT 2']],
    ['quoted names', 'SELECT `a;b`, "c;d"; SELECT 2', ['SELECT `a;b`, "c;d"', 'SELECT 2']],
    ['a line comment', "SELECT 1 -- it's; one\n, 2; SELECT 3", ["SELECT 1 -- it's; one\n, 2", 'SELECT 3']],
    ['a block comment', "SELECT 1 /* it's; one */; SELECT 2", ["SELECT 1 /* it's; one */", 'SELECT 2']],
    [
      'comments in comments',
      'SELECT 1 /* a /* b; */ c; */; SELECT 2',
      ['SELECT 1 /* a /* b; */ c; */', 'SELECT 2'],
    ],
    ['a heredoc', "SELECT $$a;'b$$; SELECT $x$c;$$;$x$", ["SELECT $$a;'b$$", 'SELECT $x$c;$$;$x$']],
    ['dollars that begin nothing', 'SELECT $1; SELECT $ ;', ['SELECT $1', 'SELECT $']],
    ['comment signs in strings', "SELECT '--', '/*'; SELECT 2", ["SELECT '--', '/*'", 'SELECT 2']],
  ])('knows %s', (_, sql, statements) => {
    expect(splitStatements(sql)).toEqual(statements);
  });

  it.each([
    ["\nSELECT 'a; SELECT 2", 'string or quoted name that begins in line 2'],
    ['SELECT `a', 'string or quoted name'],
    ['SELECT 1 /* a /* b */', 'comment that begins in line 1'],
    ['SELECT $a$ b', 'heredoc'],
  ])('says what does not end in %j', (sql, message) => {
    expect(() => splitStatements(sql)).toThrow(message);
  });
});
