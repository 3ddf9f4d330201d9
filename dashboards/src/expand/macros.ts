import { ExpandError } from './expand-error.ts';

/** The window of a dashboard, ms since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface MacroContext {
  readonly range: TimeRange;
  /** How much time a point of a chart stands for, in ms: the width of the panel decides. */
  readonly intervalMs: number;
}

type Macro = (context: MacroContext, args: readonly string[]) => string;

const seconds = (instant: number): string => `toDateTime(${String(Math.floor(instant / 1000))})`;
const milliseconds = (instant: number): string => `fromUnixTimestamp64Milli(${String(Math.floor(instant))})`;
const day = (instant: number): string => `toDate('${new Date(instant).toISOString().slice(0, 10)}')`;

/** No brackets around it: the plugin puts none either, so that it must not stand beside OR or NOT. */
const between = (column: string, { from, to }: TimeRange, instant: (at: number) => string): string =>
  `${column} >= ${instant(from)} AND ${column} <= ${instant(to)}`;

const dateTime: Macro = ({ range }, args) => {
  const [date, time] = need('dateTimeFilter', args, 2);
  return `(${between(date!, range, day)}) AND (${between(time!, range, seconds)})`;
};

/** The macros of the ClickHouse plugin that its backend expands, by the name after `$__`. */
export const macros: Readonly<Record<string, Macro>> = {
  fromTime: ({ range }) => seconds(range.from),
  toTime: ({ range }) => seconds(range.to),
  fromTime_ms: ({ range }) => milliseconds(range.from),
  toTime_ms: ({ range }) => milliseconds(range.to),
  timeFilter: ({ range }, args) => between(need('timeFilter', args, 1)[0]!, range, seconds),
  timeFilter_ms: ({ range }, args) => between(need('timeFilter_ms', args, 1)[0]!, range, milliseconds),
  dateFilter: ({ range }, args) => between(need('dateFilter', args, 1)[0]!, range, day),
  dateTimeFilter: dateTime,
  dt: dateTime,
  timeFrom: ({ range }, args) => `${need('timeFrom', args, 1)[0]!} >= ${seconds(range.from)}`,
  timeTo: ({ range }, args) => `${need('timeTo', args, 1)[0]!} <= ${seconds(range.to)}`,
  interval_s: ({ intervalMs }) => String(atLeastOne(intervalMs / 1000)),
  timeInterval: ({ intervalMs }, args) =>
    `toStartOfInterval(toDateTime(${need('timeInterval', args, 1)[0]!}), INTERVAL ${String(atLeastOne(intervalMs / 1000))} second)`,
  timeInterval_ms: ({ intervalMs }, args) =>
    `toStartOfInterval(toDateTime64(${need('timeInterval_ms', args, 1)[0]!}, 3), INTERVAL ${String(atLeastOne(intervalMs))} millisecond)`,
  timeGroup: (_context, args) => {
    const [column, period] = need('timeGroup', args, 2);
    const length = Math.round(goDuration(period!.trim().replaceAll(/^['"]+|['"]+$/g, '')));
    if (length <= 0) throw new ExpandError('macro-invalid', '$__timeGroup needs a positive interval.');
    return `toStartOfInterval(toDateTime(${column!.trim()}), INTERVAL ${String(length)} second)`;
  },
};

function need(macro: string, args: readonly string[], count: number): readonly string[] {
  if (args.length === count) return args;
  throw new ExpandError(
    'macro-invalid',
    `$__${macro} takes ${String(count)} argument(s), and was given ${String(args.length)}.`,
  );
}

function atLeastOne(value: number): number {
  return Math.max(1, Math.trunc(value));
}

const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** `1h30m` in seconds. Go knows no days: `1d` is an error in the plugin, and so it is here. */
function goDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) {
    throw new ExpandError('macro-invalid', `$__timeGroup does not know the interval "${text}".`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit!] ?? 0), 0);
}
