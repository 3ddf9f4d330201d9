/** Where the statement ends and its rows begin. */
export interface InsertSplit {
  /** Up to and with `FORMAT <name>` or `VALUES`. */
  statementEnd: number;
  dataBegin: number;
}

/**
 * Finds the rows behind an `INSERT … FORMAT <name>` or `INSERT … VALUES`. They may be binary, and the engine's formatter
 * would drop them in silence, so this happens before anything is parsed. It only cuts: what stands before the cut is
 * admitted or refused by the gate as any statement, and the rows are only ever data.
 *
 * @param text for binary rows one character for each byte
 * @param isWhole whether nothing more comes: what may be the beginning of something is then all there is of it
 * @returns null where the text is no INSERT, inserts what it selects, or does not get as far as its rows
 */
export function splitInsert(text: string, isWhole: boolean): InsertSplit | null {
  let depth = 0;
  let previous = '';
  let isInsert = false;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const { 1: word, 2: name, 3: other } = found;
    if (other === '(') depth++;
    else if (other === ')') depth--;
    if (word === undefined) {
      previous = other ?? name ?? previous;
      continue;
    }
    const upper = word.toUpperCase();
    if (!isInsert) {
      if (upper !== 'INSERT') return null;
      isInsert = true;
    } else if (depth === 0 && !NAMES_FOLLOW.has(previous)) {
      if (upper === 'SELECT' || upper === 'WITH') return null;
      if (upper === 'VALUES') return { statementEnd: TOKEN.lastIndex, dataBegin: TOKEN.lastIndex };
      if (upper === 'FORMAT') return afterFormat(text, TOKEN.lastIndex, isWhole);
    }
    previous = upper;
  }
  return null;
}

/** Behind these a word is a name: `INSERT INTO values`, `ops.format`. */
const NAMES_FOLLOW = new Set(['INTO', 'TABLE', 'FUNCTION', '.', '=']);

/** Comments as wholes; a word (1); quoted text (2); any other character (3). Each part matches something, so it ends. */
const TOKEN =
  /\s+|--[^\n]*|#[! ][^\n]*|\/\*[^]*?(?:\*\/|$)|([A-Za-z_0-9]+)|('(?:[^'\\]|\\[^])*(?:'|\\?$)|`(?:[^`\\]|\\[^])*(?:`|\\?$)|"(?:[^"\\]|\\[^])*(?:"|\\?$))|([^])/g;

function afterFormat(text: string, at: number, isWhole: boolean): InsertSplit | null {
  const name = /^\s*[A-Za-z_][A-Za-z_0-9]*/.exec(text.slice(at, at + 200));
  if (!name) return null;
  const nameEnd = at + name[0].length;
  const behind = text.slice(nameEnd, nameEnd + 10_000);
  const settings = SETTINGS.exec(behind)?.[0] ?? '';
  const statementEnd = nameEnd + settings.length;
  // One line end belongs to the statement; everything behind it is data, white space included.
  const gap = /^[ \t\f]*(?:;[ \t\f]*)?\r?\n?/.exec(text.slice(statementEnd, statementEnd + 1_000))![0];
  const dataBegin = statementEnd + gap.length;
  // Name, settings or line end may go on in what has not come yet.
  if (dataBegin === text.length && !gap.endsWith('\n') && !isWhole) return null;
  // So many settings as are there need not be all of them before their line has ended.
  const mayGoOn = settings === '' ? SETTINGS_BEGUN.test(behind) : !text.includes('\n', statementEnd);
  return mayGoOn && !isWhole ? null : { statementEnd, dataBegin };
}

/** ClickHouse takes them behind the format, too, other than with VALUES. */
const SETTINGS =
  /^\s+SETTINGS\s+\w+\s*=\s*(?:'(?:[^'\\]|\\[^])*'|[\w.+-]+)(?:\s*,\s*\w+\s*=\s*(?:'(?:[^'\\]|\\[^])*'|[\w.+-]+))*/i;

/** `S`, `SETTI`, `SETTINGS a`, `SETTINGS a = 'b`. */
const SETTINGS_BEGUN = /^\s+(?:S(?:E(?:T(?:T(?:I(?:N(?:G)?)?)?)?)?)?|SETTINGS(?:\s+\w*(?:\s*=[^\n]*)?)?)$/i;
