import type { Dialect } from './dialect.ts';

/**
 * How values appear in the SQL of a dashboard: the window as macros of Grafana's ClickHouse plugin, everything else as
 * literals, because a panel has nowhere to bind a value. Literals come from definitions and the configuration alone;
 * what a reader picks comes in through `variableChoice`.
 */
export function grafanaDialect(): Dialect {
  const from = "toTimeZone($__fromTime_ms, 'UTC')";
  // What has not happened yet was not observed: a week of the future must not look like a week without deployments.
  const to = "least(toTimeZone($__toTime_ms, 'UTC'), now64(3, 'UTC'))";
  const instants = {
    since: from,
    until: to,
    known_until: to,
    previous_since: `fromUnixTimestamp64Milli(2 * toUnixTimestamp64Milli(${from}) - toUnixTimestamp64Milli(${to}), 'UTC')`,
    previous_until: from,
  };
  return {
    params: {},
    instant: (name) => instants[name],
    text: (_name, value) => textLiteral(value),
    list: (_name, values) => `[${values.map(textLiteral).join(', ')}]`,
    integer: (_name, value) => numberLiteral(Math.trunc(value)),
    number: (_name, value) => numberLiteral(value),
  };
}

/**
 * A text of a definition as a literal that survives Grafana, which replaces `$name` and `[[name]]` also within quotes.
 *
 * @throws Error for a text that would not
 */
export function textLiteral(text: string): string {
  // A dollar before a word or a brace begins a variable, two brackets as well; braces around a word would be a parameter.
  if (/\$[\w{]|\[\[|\{\w+:|\p{Cc}/u.test(text)) {
    throw new Error(`${JSON.stringify(text)} cannot stand in the SQL of a dashboard`);
  }
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}

function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${String(value)} is no number of SQL`);
  return String(value);
}
