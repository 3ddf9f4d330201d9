import type { VariableName } from './spec.ts';

/** The address of a dashboard within Grafana. */
export const uidOf = (dashboard: string): string => `bellwether-${dashboard}`;

/**
 * A link to another dashboard that keeps the time and everything that is picked. Each variable is written out: where one
 * is set to what was clicked, `${__all_variables}` would set it twice.
 *
 * @param carried the variables that both dashboards have
 * @param set     the variable that takes the value of a column of the row that is clicked
 */
export function linkTo(
  dashboard: string,
  carried: readonly VariableName[],
  set?: { variable: VariableName; field: string },
): string {
  const kept = carried.filter((name) => name !== set?.variable).map((name) => `\${${name}:queryparam}`);
  const chosen = set ? [`var-${set.variable}=\${__data.fields.${set.field}:percentencode}`] : [];
  return `/d/${uidOf(dashboard)}?${['${__url_time_range}', ...kept, ...chosen].join('&')}`;
}
