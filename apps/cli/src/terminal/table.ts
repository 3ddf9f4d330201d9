export interface Column {
  title: string;
  align: 'left' | 'right';
}

/**
 * Rows as aligned text, two spaces between columns; no rules and no boxes, so that it can be cut and pasted. Empty
 * columns vanish.
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const used = columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ index }) => rows.some((row) => (row[index] ?? '') !== ''));
  const lines = [
    used.map(({ title }) => title),
    ...rows.map((row) => used.map(({ index }) => row[index] ?? '')),
  ];
  const widths = used.map((_, position) => Math.max(...lines.map((line) => width(line[position] ?? ''))));
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

/** Columns on the terminal, as far as that can be told without a font: one for each character that people see. */
function width(text: string): number {
  return [...graphemes.segment(text)].length;
}
