import { oneLine } from './plain-text.ts';

export interface Column {
  title: string;
  align: 'left' | 'right';
  /** Never cut: somebody has to paste it, or wrote it to be read to its end. */
  isWhole?: boolean;
}

/** Names come from outside and may be as long as somebody liked; more than this says no more. */
const CELL_COLUMNS = 120;

/** Enough for `CELL_COLUMNS` of any script; of a letter under a thousand accents the end is cut away. */
const CELL_UNITS = 2_000;

/**
 * Rows as aligned text, two spaces between columns; no rules and no boxes, so that it can be cut and pasted. Empty
 * columns vanish, line breaks in a cell become ␤, and cells end with … after 120 characters unless their column is whole.
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const used = columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ index }) => rows.some((row) => (row[index] ?? '') !== ''));
  const lines = [
    used.map(({ title }) => title),
    ...rows.map((row) =>
      used.map(({ index, isWhole }) =>
        isWhole === true ? oneLine(row[index] ?? '') : cellOf(oneLine(row[index] ?? '')),
      ),
    ),
  ];
  const widths = used.map((_, position) =>
    lines.reduce((widest, line) => Math.max(widest, width(line[position] ?? '')), 0),
  );
  return lines.map((line) =>
    used
      .map(({ align }, position) => pad(line[position] ?? '', widths[position] ?? 0, align))
      .join('  ')
      .trimEnd(),
  );
}

function pad(text: string, target: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, target - width(text)));
  return align === 'left' ? text + space : space + text;
}

const graphemes = new Intl.Segmenter('en');

/** The text, or its beginning and an ellipsis; cut between two characters that people see. */
function cellOf(text: string): string {
  // No character is shorter than one unit.
  if (text.length <= CELL_COLUMNS) return text;
  const head = text.slice(0, CELL_UNITS);
  let seen = 0;
  let [last, end] = [0, 0];
  for (const { index } of graphemes.segment(head)) {
    last = index;
    if (seen === CELL_COLUMNS - 1) end = index;
    seen += 1;
    if (seen > CELL_COLUMNS) return `${head.slice(0, end)}…`;
  }
  // All of it fits, or the last character is one that goes on behind the cut.
  return head.length === text.length ? text : `${head.slice(0, last)}…`;
}

/** Columns on the terminal, as far as that can be told without a font: one for each character that people see. */
function width(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}
