import { describe, expect, it } from 'vitest';
import { expandConditionalAll } from './conditional-all.ts';
import { expandMacros } from './expand-macros.ts';
import { expandQuery } from './expand-query.ts';
import { ALL, type VariableStates } from './variable-state.ts';
import { expandVariables } from './variables.ts';

// 2024-03-31T22:30:00.250Z to 2024-04-07T22:30:00.750Z, by hand: 1711924200 and 1712529000 seconds.
const range = { from: 1_711_924_200_250, to: 1_712_529_000_750 };
const context = { range, intervalMs: 90_500 };

describe('the macros of the plugin', () => {
  it.each([
    ['$__fromTime', 'toDateTime(1711924200)'],
    ['$__toTime', 'toDateTime(1712529000)'],
    ['$__fromTime_ms', 'fromUnixTimestamp64Milli(1711924200250)'],
    ['$__toTime_ms', 'fromUnixTimestamp64Milli(1712529000750)'],
    ['$__timeFilter(at)', 'at >= toDateTime(1711924200) AND at <= toDateTime(1712529000)'],
    [
      '$__timeFilter_ms(at)',
      'at >= fromUnixTimestamp64Milli(1711924200250) AND at <= fromUnixTimestamp64Milli(1712529000750)',
    ],
    ['$__dateFilter(day)', "day >= toDate('2024-03-31') AND day <= toDate('2024-04-07')"],
    [
      '$__dateTimeFilter(day, at)',
      "(day >= toDate('2024-03-31') AND day <= toDate('2024-04-07')) AND (at >= toDateTime(1711924200) AND at <= toDateTime(1712529000))",
    ],
    [
      '$__dt(day, at)',
      "(day >= toDate('2024-03-31') AND day <= toDate('2024-04-07')) AND (at >= toDateTime(1711924200) AND at <= toDateTime(1712529000))",
    ],
    ['$__timeFrom(at)', 'at >= toDateTime(1711924200)'],
    ['$__timeTo(at)', 'at <= toDateTime(1712529000)'],
    ['$__interval_s', '90'],
    ['$__timeInterval(at)', 'toStartOfInterval(toDateTime(at), INTERVAL 90 second)'],
    ['$__timeInterval_ms(at)', 'toStartOfInterval(toDateTime64(at, 3), INTERVAL 90500 millisecond)'],
    ['$__timeGroup(at, 5m)', 'toStartOfInterval(toDateTime(at), INTERVAL 300 second)'],
    ["$__timeGroup(at, '1h30m')", 'toStartOfInterval(toDateTime(at), INTERVAL 5400 second)'],
  ])('%s', (macro, expected) => {
    expect(expandMacros(`SELECT ${macro} FROM t`, context)).toBe(`SELECT ${expected} FROM t`);
  });

  it('are at least a second long', () => {
    expect(expandMacros('$__interval_s', { range, intervalMs: 20 })).toBe('1');
  });

  it('take arguments with brackets and commas of their own', () => {
    expect(expandMacros("$__timeFrom(coalesce(a, toDate('2024-01-01, )')))", context)).toBe(
      "coalesce(a, toDate('2024-01-01, )')) >= toDateTime(1711924200)",
    );
  });

  it('are nothing within texts and quoted names, and comments go', () => {
    expect(
      expandMacros(`'$__toTime it\\'s' "$__toTime" \`$__toTime\` -- $__toTime\n/* $__toTime */ 1`, context),
    ).toBe(`'$__toTime it\\'s' "$__toTime" \`$__toTime\` \n 1`);
  });

  it('leave what they do not know', () => {
    expect(expandMacros('$__unknown(a) $1', context)).toBe('$__unknown(a) $1');
  });

  it.each([
    '$__timeFilter(a, b)',
    '$__timeFilter()',
    '$__timeGroup(at, 1d)',
    '$__timeGroup(at, 0s)',
    '$__timeFrom(at',
  ])('refuse %s, as the plugin does', (macro) => {
    expect(() => expandMacros(macro, context)).toThrow(expect.objectContaining({ code: 'macro-invalid' }));
  });
});

const states: VariableStates = {
  one: { value: ['red'] },
  several: { value: ['red', "it's", 'a,b'] },
  plain: { value: 'red' },
  every: { value: [ALL], options: ['x', 'y'] },
  none: { value: [] },
  empty: { value: '' },
  strange: { value: ['${one} $one [[one]] $__toTime'] },
  markup: { value: '<b>☂</b>' },
};

describe('variables', () => {
  it.each([
    ['${one:singlequote}', "'red'"],
    ['${several:singlequote}', String.raw`'red','it\'s','a,b'`],
    ['${plain:singlequote}', "'red'"],
    ['${every:singlequote}', "'x','y'"],
    ['${none:singlequote}', ''],
    ['${empty:singlequote}', "''"],
    ['$several', "'red','it's','a,b'"],
    ['$plain', 'red'],
    ['[[plain]]', 'red'],
    ['[[several:csv]]', "red,it's,a,b"],
    ['${several:raw}', "red,it's,a,b"],
    ['${several:queryparam}', 'var-several=red&var-several=it%27s&var-several=a%2Cb'],
    ['${markup:percentencode}', '%3Cb%3E%E2%98%82%3C%2Fb%3E'],
    ['${several:percentencode}', '%7Bred%2Cit%27s%2Ca%2Cb%7D'],
    ['${nobody:singlequote} $nobody', '${nobody:singlequote} $nobody'],
  ])('%s', (text, expected) => {
    expect(expandVariables(text, states)).toBe(expected);
  });

  it('are put in once: a name that looks like a variable is a name', () => {
    expect(expandVariables('${strange:singlequote}', states)).toBe("'${one} $one [[one]] $__toTime'");
  });

  it('refuse a format that nobody knows, and a value that Grafana would quote wrongly', () => {
    expect(() => expandVariables('${plain:pipe}', states)).toThrow(
      expect.objectContaining({ code: 'format-unknown' }),
    );
    expect(() => expandVariables('${plain:constructor}', states)).toThrow('not known');
    const hostile = { team: { value: [String.raw`\' OR 1=1 --`] } };
    expect(() => expandVariables('${team:singlequote}', hostile)).toThrow(
      expect.objectContaining({ code: 'value-not-quotable' }),
    );
  });
});

describe('$__conditionalAll', () => {
  it.each([
    ['everything', '$every', '1=1'],
    ['an empty value', '$empty', '1=1'],
    ['an empty list', '$none', '1=1'],
    ['one name', '$one', 'a IN (${one:singlequote})'],
    ['a variable in braces', '${every}', '1=1'],
    ['a variable that is none', '$nobody', 'a IN (${one:singlequote})'],
  ])('with %s', (_what, variable, expected) => {
    const sql = `SELECT 1 WHERE $__conditionalAll(a IN (\${one:singlequote}), ${variable}) AND b`;
    expect(expandConditionalAll(sql, states)).toBe(`SELECT 1 WHERE ${expected} AND b`);
  });

  it('stands as often as it likes, alike or not', () => {
    const sql = '$__conditionalAll(x, $every) $__conditionalAll(x, $one) $__conditionalAll(x, $every)';
    expect(expandConditionalAll(sql, states)).toBe('1=1 x 1=1');
  });

  it('stays as it is with another number of arguments', () => {
    expect(expandConditionalAll('$__conditionalAll(x)', states)).toBe('$__conditionalAll(x)');
  });

  it('does not take All beside a name for everything', () => {
    expect(expandConditionalAll('$__conditionalAll(x, $both)', { both: { value: [ALL, 'red'] } })).toBe('x');
  });
});

it('expands a query in the order of browser and backend', () => {
  const sql = "SELECT $__conditionalAll(t IN (${strange:singlequote}), $strange), $__toTime, 'x'";
  expect(expandQuery(sql, { ...context, variables: states })).toBe(
    "SELECT t IN ('${one} $one [[one]] $__toTime'), toDateTime(1712529000), 'x'",
  );
});
