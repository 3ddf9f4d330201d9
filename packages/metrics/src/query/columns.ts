import type { Dimension, MetricDefinition } from '../metric.ts';
import type { Choice } from './choice.ts';
import type { Overdue } from './kept.ts';
import type { Clock } from './request.ts';

/** How the view is called in compiled SQL: its columns are always named with it, because an alias hides a column. */
const VIEW = 'fact';

export const from = (metric: MetricDefinition): string => `metrics.${metric.id} AS ${VIEW}`;

export const column = (name: string): string => `${VIEW}.${name}`;

/** All but the last part of the repository: `github.com/acme`. A function of one dictionary column, so it is cheap. */
const organisation = `replaceRegexpOne(${column('repo')}, '/?[^/]*$', '')`;

/** The services of a row as they may be shown. Where none is known, `service` says why, and the row is not lost. */
const services = `if(empty(${column('services')}), [${column('service')}], ${column('services')})`;

/** The condition that a row is one of the names chosen. */
export function isOneOf(metric: MetricDefinition, dimension: Dimension, choice: Choice): string {
  if (dimension === 'organisation') return choice.includes(organisation);
  if (dimension === 'service' && metric.hasManyServices) return choice.overlaps(services);
  return choice.includes(column(dimension));
}

/**
 * What stands for a name where it is not the view's column of that name.
 *
 * @param chosenServices the filter on services: a row is laid out over those of its services that are asked about
 * @param overdue        the rows whose waiting alone has broken the limit: how long they have waited is their value
 */
export function expressions(
  metric: MetricDefinition,
  options: {
    groups: readonly string[];
    clock: Clock;
    chosenServices: Choice | null;
    overdue: Overdue | null;
  },
): ReadonlyMap<string, string> {
  const { groups, clock, chosenServices, overdue } = options;
  const all = new Map([['organisation', organisation]]);
  if (metric.hasManyServices && groups.includes('service')) {
    const asked = chosenServices === null ? services : chosenServices.within(services);
    all.set('service', `arrayJoin(arrayDistinct(${asked}))`);
  }
  const value = column(clock === 'business' ? 'business_value' : 'value');
  if (overdue !== null) {
    const isOverdue = `${value} IS NULL AND ${overdue.condition}`;
    all.set('value', `if(${isOverdue}, ${overdue.waited}, toFloat64(${value}))`);
  } else if (clock === 'business') all.set('value', value);
  if (clock === 'business') {
    const gap = column('gap');
    all.set('gap', `if(${value} IS NULL AND ${gap} = '', 'business-hours-unknown', ${gap})`);
  }
  return all;
}
