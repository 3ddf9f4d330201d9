import type { Dimension } from '../../metric.ts';
import { type Catalogue, findMetric } from '../../catalogue.ts';
import { variableChoice } from '../choice.ts';
import { column, from, isOneOf } from '../columns.ts';
import { askable, type Variables } from '../plan.ts';

/** Where names are found: in what was deployed, and in what was merged, or, of services, delivered. */
const sourcesOf = (dimension: Dimension): readonly string[] => [
  'deployment_frequency',
  dimension === 'service' || dimension === 'environment' ? 'cycle_time' : 'changes_awaiting_deployment',
];

/** More names than anybody scrolls through; a reader types to find one. */
const MOST = 2_000;

/**
 * The names that a variable offers: those of the dimension, within what the wider variables are set to. Names in
 * brackets say that there is none, or that it is withheld. One that ends with a backslash, or has one anywhere, is left
 * out, because Grafana does not escape it.
 */
export function compileOptions(
  dimension: Dimension,
  within: Variables,
  catalogue?: Catalogue,
): { sql: string } {
  const sources = sourcesOf(dimension)
    .map((id) => findMetric(id, catalogue))
    .filter((metric) => askable(metric).includes(dimension));
  const selects = sources.map((metric) => {
    const known = askable(metric);
    const conditions = Object.entries(within).flatMap(([name, variable]) => {
      const found = known.find((each) => each === name);
      return found === undefined ? [] : [isOneOf(metric, found, variableChoice(variable))];
    });
    const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
    const name =
      dimension === 'service' && metric.hasManyServices
        ? `arrayJoin(${column('services')})`
        : column(dimension);
    return `SELECT DISTINCT toString(${name}) AS name FROM ${from(metric)}${where}`;
  });
  return {
    sql: [
      'SELECT DISTINCT name FROM (',
      selects.map((select) => `  ${select}`).join('\n  UNION ALL\n'),
      ')',
      "WHERE name != '' AND NOT startsWith(name, '(') AND position(name, char(92)) = 0",
      `ORDER BY name LIMIT ${String(MOST)}`,
    ].join('\n'),
  };
}
