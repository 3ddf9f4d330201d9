/**
 * Splits the text of a migration into statements. Knows strings, quoted identifiers, heredocs (`$tag$…$tag$`) and
 * comments, so that a semicolon inside them ends nothing. Comments stay; pieces of nothing but comments and white
 * space are dropped.
 *
 * @throws Error when a string, identifier, heredoc or comment does not end
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let hasCode = false;
  let at = 0;
  while (at < sql.length) {
    const piece = pieceAt(sql, at);
    if (piece.kind === 'semicolon') {
      if (hasCode) statements.push(sql.slice(start, at).trim());
      start = piece.end;
      hasCode = false;
    } else if (piece.kind === 'code') {
      hasCode = true;
    }
    at = piece.end;
  }
  if (hasCode) statements.push(sql.slice(start).trim());
  return statements;
}

interface Piece {
  kind: 'code' | 'semicolon' | 'space';
  end: number;
}

function pieceAt(sql: string, at: number): Piece {
  const char = sql[at]!;
  const two = sql.slice(at, at + 2);
  if (char === ';') return { kind: 'semicolon', end: at + 1 };
  if (/\s/.test(char)) return { kind: 'space', end: at + 1 };
  if (two === '--' || char === '#') return { kind: 'space', end: lineEnd(sql, at) };
  if (two === '/*') return { kind: 'space', end: blockCommentEnd(sql, at) };
  if (char === "'" || char === '"' || char === '`') return { kind: 'code', end: quotedEnd(sql, at, char) };
  const heredoc = char === '$' ? /^\$\w*\$/.exec(sql.slice(at, at + 66))?.[0] : undefined;
  if (heredoc !== undefined) return { kind: 'code', end: endAfter(sql, heredoc, at + heredoc.length, at) };
  return { kind: 'code', end: at + 1 };
}

function lineEnd(sql: string, at: number): number {
  const end = sql.indexOf('\n', at);
  return end === -1 ? sql.length : end + 1;
}

/** ClickHouse nests block comments. */
function blockCommentEnd(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at++) {
    const two = sql.slice(at, at + 2);
    if (two === '/*') depth++;
    else if (two === '*/') depth--;
    else continue;
    at++;
    if (depth === 0) return at + 1;
  }
  throw unended(sql, start, 'comment');
}

/** A quote is escaped by a backslash or by doubling it; doubled quotes read as two adjacent strings, which ends alike. */
function quotedEnd(sql: string, start: number, quote: string): number {
  for (let at = start + 1; at < sql.length; at++) {
    if (sql[at] === '\\') at++;
    else if (sql[at] === quote) return at + 1;
  }
  throw unended(sql, start, 'string or quoted name');
}

function endAfter(sql: string, mark: string, from: number, start: number): number {
  const end = sql.indexOf(mark, from);
  if (end === -1) throw unended(sql, start, 'heredoc');
  return end + mark.length;
}

function unended(sql: string, at: number, what: string): Error {
  return new Error(`The ${what} that begins in line ${sql.slice(0, at).split('\n').length} does not end`);
}
