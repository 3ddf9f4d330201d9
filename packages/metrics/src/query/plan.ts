import { usageError } from '@bellwether/core';
import { type Catalogue, findMetric } from '../catalogue.ts';
import type { AggregateKind, Dimension, MetricDefinition } from '../metric.ts';
import { type Calendar, calendar } from './calendar.ts';
import { type Choice, namedChoice, variableChoice } from './choice.ts';
import { column, expressions, isOneOf } from './columns.ts';
import { oneRowPerThing, type OneRow } from './counts-once.ts';
import type { Dialect } from './dialect.ts';
import { aggregateKind, overdue } from './kept.ts';
import { levelConditions } from './levels.ts';
import { type Bots, type Filters, type Grain, QueryRequest } from './request.ts';

/** A checked request: every name in it comes from a definition, every value is what the dialect made of it. */
export interface Plan {
  metric: MetricDefinition;
  /** How rows become a figure; not the metric's own where a limit is asked about. */
  kind: AggregateKind;
  groups: readonly string[];
  grain: Grain;
  calendar: Calendar;
  /** Conditions on the rows of the view. */
  conditions: readonly string[];
  /** What stands for a name where it is not the view's column of that name. */
  expressions: ReadonlyMap<string, string>;
  oneRow: OneRow;
  /** The limit that is to be kept, null where none is asked about. */
  limit: string | null;
}

/** What a question may say beside its request. */
export interface PlanOptions {
  catalogue?: Catalogue | undefined;
  /**
   * When those that still wait are looked at: the end of the window, also where the rows behind one of its periods are
   * asked for.
   */
  knownUntil?: number;
  /** Dimensions that the reader of a dashboard narrows, and the names of the variables that hold what was picked. */
  variables?: Variables | undefined;
}

export type Variables = Readonly<Partial<Record<Dimension, string>>>;

/**
 * @throws BellwetherError `metric-unknown`, `dimension-unknown`, `clock-unknown`, `limit-unknown`, `period-invalid`,
 *   `time-zone-unknown` or `request-invalid`
 */
export function planQuery(input: QueryRequest, dialect: Dialect, options: PlanOptions = {}): Plan {
  const request = parse(input);
  const metric = findMetric(request.metric, options.catalogue);
  const groups = [...new Set(request.groupBy)].map((name) => dimension(metric, name));
  const choices = choicesOf(metric, request.filters, dialect, options.variables);
  const oneRow = oneRowPerThing(metric, groups, choices);
  const conditions = [
    ...levelConditions(metric, groups, choices),
    ...[...choices].map(([name, choice]) => isOneOf(metric, name, choice)),
    ...unknownVariables(metric, options.variables).map((variable) => variableChoice(variable).isAll),
    botCondition(metric, request.filters.bots),
  ].filter((condition) => condition !== null);
  checkClock(metric, request.clock);
  const knownUntil = options.knownUntil ?? input.period.until;
  return {
    metric,
    kind: aggregateKind(metric, request.keeps),
    groups,
    grain: request.period.grain,
    calendar: calendar(request.period, dialect),
    conditions,
    expressions: expressions(metric, {
      groups,
      clock: request.clock,
      chosenServices: choices.get('service') ?? null,
      overdue: overdue(metric, request, knownUntil, dialect),
    }),
    oneRow,
    limit: request.keeps ? dialect.number('at_most', request.keeps.atMost) : null,
  };
}

function choicesOf(
  metric: MetricDefinition,
  { bots: _, ...lists }: Filters,
  dialect: Dialect,
  variables: Variables = {},
): ReadonlyMap<Dimension, Choice> {
  const known = askable(metric);
  return new Map([
    ...Object.entries(variables).flatMap(([name, variable]): [Dimension, Choice][] => {
      const found = known.find((each) => each === name);
      return found === undefined || found in lists ? [] : [[found, variableChoice(variable)]];
    }),
    ...Object.entries(lists).flatMap(([name, values]): [Dimension, Choice][] =>
      values ? [[dimension(metric, name), namedChoice(name, values, dialect)]] : [],
    ),
  ]);
}

/**
 * The variables that a metric cannot be asked by. While one of them is set the metric has no rows: a figure of the
 * company under the name of one service would be believed.
 */
export function unknownVariables(
  metric: Pick<MetricDefinition, 'dimensions'>,
  variables: Variables = {},
): string[] {
  const known: readonly string[] = askable(metric);
  return Object.entries(variables).flatMap(([name, variable]) => (known.includes(name) ? [] : [variable]));
}

function parse(input: QueryRequest) {
  const result = QueryRequest.safeParse(input);
  if (result.success) return result.data;
  const findings = result.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'request'}: ${message}`,
  );
  throw usageError(
    'request-invalid',
    `The question cannot be asked: ${findings.join('; ')}.`,
    'Mend the field named.',
  );
}

/** The name of a dimension, taken from the definition: what the request says never reaches the SQL. */
function dimension(metric: MetricDefinition, name: string): Dimension {
  const known = askable(metric);
  const found = known.find((each) => each === name);
  if (found !== undefined) return found;
  throw usageError(
    'dimension-unknown',
    `${metric.title} does not know ${JSON.stringify(name)}.`,
    `Use one of: ${known.join(', ')}.`,
  );
}

/** What a metric can be grouped by: its dimensions, and the organisation where it knows the repository. */
export function askable({ dimensions }: Pick<MetricDefinition, 'dimensions'>): readonly Dimension[] {
  return dimensions.includes('repo') ? [...new Set<Dimension>([...dimensions, 'organisation'])] : dimensions;
}

function botCondition(metric: MetricDefinition, bots: Bots): string | null {
  if (metric.dimensions.includes('is_bot')) {
    const isBot = column('is_bot');
    return { exclude: `NOT ${isBot}`, include: null, only: isBot }[bots];
  }
  if (bots === 'only') dimension(metric, 'is_bot');
  return null;
}

function checkClock(metric: MetricDefinition, clock: 'wall' | 'business'): void {
  if (clock === 'wall' || metric.hasBusinessHours) return;
  throw usageError(
    'clock-unknown',
    `${metric.title} is not measured in business hours.`,
    'Ask by the wall clock.',
  );
}
