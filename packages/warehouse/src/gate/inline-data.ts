export interface SplitStatement {
  statement: string;
  data: string | null;
  /** Whether it is an INSERT whose head was found to its end: only then it is known that no rows are lost. */
  isSplit: boolean;
}

/**
 * Takes the rows off an INSERT that holds them in its own text: formatting the statement would drop them in silence.
 * What is left is still the user's text, and examined as such; the rows are only ever data.
 */
export function splitInlineData(sql: string): SplitStatement {
  const words =
    /(?:--[^\n]*|#[! ][^\n]*|\/\*[\s\S]*?\*\/|\s)+|[A-Za-z_]\w*|'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`\\]|\\[\s\S]|``)*`|"(?:[^"\\]|\\[\s\S]|"")*"|[\s\S]/gy;
  let isInsert = false;
  let depth = 0;
  let last = '';
  for (const { 0: piece, index } of sql.matchAll(words)) {
    if (/^(?:\s|--|#|\/\*)/.test(piece)) continue;
    const word = piece.toUpperCase();
    if (!isInsert) {
      if (word !== 'INSERT') break;
      isInsert = true;
    }
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    // The rows of a query are not in its text.
    if (depth === 0 && (word === 'SELECT' || word === 'WITH')) break;
    const endsHead = depth === 0 && (word === 'VALUES' || (last === 'FORMAT' && /^\w+$/.test(piece)));
    if (endsHead) return cut(sql, index + piece.length);
    last = word;
  }
  return { statement: sql, data: null, isSplit: false };
}

function cut(sql: string, at: number): SplitStatement {
  const [statement, data] = [sql.slice(0, at), sql.slice(at)];
  if (/^[\s;]*$/.test(data)) return { statement, data: null, isSplit: true };
  return { statement, data: data.replace(/^[ \t\r]*\n?/, ''), isSplit: true };
}
