/**
 * GitHub's search syntax for a date: `2026-01-01..2026-01-31`, `>=2026-01-01T00:00:00Z`, `<2026-02-01`, `*..2026-01-31`,
 * `2026-01-01`. A day without a time is the whole day in UTC.
 *
 * @returns whether an instant is meant; null when the text is no date
 */
export function parseCreated(text: string): ((instant: number) => boolean) | null {
  const range = text.split('..');
  if (range.length === 2) {
    const from = range[0] === '*' ? -Infinity : startOf(range[0] ?? '');
    const to = range[1] === '*' ? Infinity : endOf(range[1] ?? '');
    return Number.isNaN(from) || Number.isNaN(to) ? null : (instant) => instant >= from && instant <= to;
  }
  const match = /^(>=|<=|>|<)?(.+)$/.exec(text);
  const date = match?.[2] ?? '';
  const [from, to] = [startOf(date), endOf(date)];
  if (Number.isNaN(from)) return null;
  switch (match?.[1]) {
    case '>=':
      return (instant) => instant >= from;
    case '<=':
      return (instant) => instant <= to;
    case '>':
      return (instant) => instant > to;
    case '<':
      return (instant) => instant < from;
    default:
      return (instant) => instant >= from && instant <= to;
  }
}

const DAY_MS = 86_400_000;

function startOf(text: string): number {
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
}

/** The last second of a day or of an instant: GitHub knows no smaller step. */
function endOf(text: string): number {
  const start = startOf(text);
  return text.length === 10 ? start + DAY_MS - 1 : start + 999;
}
