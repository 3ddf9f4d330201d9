/**
 * What a metric says about itself. Compiler, report, `explain`, dashboards and reference pages read this and nothing
 * else, so that they cannot disagree.
 */
export interface MetricDefinition {
  /** snake_case; the view is `metrics.<id>`, the folder its kebab-case. */
  readonly id: string;
  /** The part of the catalogue that it stands in. */
  readonly category: Category;
  readonly title: string;
  /** What it measures, in one or two sentences. */
  readonly description: string;
  /** Whence the definition: who, which year. */
  readonly source: string;
  readonly unit: Unit;
  readonly direction: 'lower-is-better' | 'higher-is-better' | 'neither';
  /** What one row of the view is. */
  readonly grain: string;
  /** Which instant `at` is, and why that one. */
  readonly at: string;
  readonly aggregate: Aggregate;
  /** Absent: each row counts. */
  readonly countsOnce?: CountsOnce;
  /** The view has `business_value` too: the same in business hours of the team. A question chooses its clock. */
  readonly hasBusinessHours?: true;
  /** A row can belong to several services: the view has `services`, and a row counts once in each that is asked about. */
  readonly hasManyServices?: true;
  /**
   * `window`: nothing before the window is looked at, because there are tens of millions of rows. Then a group exists
   * in the periods of the window only where it has rows in the window. Not for a `count`, whose zeros need a beginning.
   */
  readonly history?: 'window';
  /** Columns that figures can be grouped and filtered by. `organisation` can be asked of every metric with a repo. */
  readonly dimensions: readonly Dimension[];
  /** Every reason that the view gives for a null value, in words. */
  readonly gaps: Readonly<Record<string, string>>;
  /**
   * Which rows without a value wait for one: held against a limit, what has waited longer has broken it, and does not
   * slip through because nobody ever answered. Absent: rows without a value are never held against anything.
   */
  readonly pending?: Pending;
  /** What `basis` may say, in words. */
  readonly basis: Readonly<Record<string, string>>;
  readonly exclusions: readonly Exclusion[];
  /** Of what the coverage (n ÷ total) is a share. */
  readonly coverage: string;
  /**
   * What the value is the sum of, in order: each part a column of the view, in seconds, and the metric that shows it by
   * itself. Null in the view where a part did not happen.
   */
  readonly parts?: readonly { readonly metric: string; readonly column: string }[];
  /** Columns that lead from a figure to the things behind it. */
  readonly drillDown: readonly string[];
  /** Streams without which it stays empty, `<source>.<stream>`; between ` | ` those of which one is enough. */
  readonly requires: readonly string[];
  readonly howItMisleads: readonly string[];
}

export type Category = 'dora' | 'flow' | 'review' | 'ci' | 'operations' | 'standards' | 'data-quality';

/** Of `value`. `money` is in the currency of the configuration, `coefficient` between 0 and 1 without being a share. */
export type Unit =
  | 'seconds'
  | 'ratio'
  | 'coefficient'
  | 'money'
  | 'deployments'
  | 'changes'
  | 'pull requests'
  | 'lines'
  | 'rounds'
  | 'comments'
  | 'people'
  | 'incidents'
  | 'findings'
  | 'sources';

export type Dimension =
  | 'organisation'
  | 'repo'
  | 'service'
  | 'team'
  | 'team_group'
  | 'environment'
  | 'is_bot'
  | 'kind'
  | 'starts_at'
  | 'is_draft'
  | 'provider'
  | 'pipeline'
  | 'job'
  | 'severity'
  | 'path'
  | 'rule'
  | 'source'
  | 'finding';

export interface Pending {
  /** The gaps that mean "not yet", or "never, and nobody waits any more". */
  readonly gaps: readonly string[];
  /** Column of the view: since when the row waits. Null: nobody knows, or the wait stands still. */
  readonly since: string;
  /** Column of the view: when nobody waited any more. Null or absent: it is still waited for. */
  readonly until?: string;
}

/** How the rows of a period become one figure. */
export type Aggregate =
  /** Median, p75 and p90 of `value`. */
  | { readonly kind: 'distribution' }
  /** Sum of `value` (0 or 1) ÷ number of values. */
  | { readonly kind: 'ratio'; readonly numerator: string; readonly denominator: string }
  /** Number of values, zero where nothing happened in the life of the group. */
  | { readonly kind: 'count' }
  /** Sum of `value`; null where no row of the period has one. */
  | { readonly kind: 'sum' }
  /** Rows are intervals [at, ends_at); the figure is how many stand at the end of the period, and for how long. */
  | { readonly kind: 'snapshot' }
  /** Rows are intervals [at, ends_at); the figure is the share with value 1 of those that stand at the end of the period. */
  | { readonly kind: 'standing-ratio'; readonly numerator: string; readonly denominator: string }
  /**
   * How unevenly a load is spread over people. Nobody may be told from it, so derivation has computed it for each team,
   * group and organisation and each calendar period: the view has `level`, `grain`, `period_start`, `time_zone`,
   * `holders` and `busiest_tenth_share` beside `value`, the Gini coefficient. Nothing can be added up from it.
   */
  | { readonly kind: 'concentration' };

export type AggregateKind = Aggregate['kind'];

/**
 * Several rows can stand for one thing: a change that reaches two services. In each group it counts once, with its
 * best row.
 */
export interface CountsOnce {
  /** Columns that name the thing. */
  readonly key: readonly string[];
  /** Dimensions in which rows of one thing differ; in some of them two can share a name, '(withheld)' for instance. */
  readonly variesBy: readonly Dimension[];
  /**
   * Boolean columns that are true in one row of each thing and each value of `by`, the row that comes first by
   * `prefer`. The one whose `by` is empty stands for the thing when no dimension of `variesBy` is asked about.
   */
  readonly markers: readonly { readonly column: string; readonly by: readonly Dimension[] }[];
  /** Columns, ascending: the row that comes first stands for the thing. */
  readonly prefer: readonly string[];
}

export interface Exclusion {
  readonly what: string;
  readonly why: string;
  readonly howToSee: string;
}

const IDENTIFIER = /^[a-z][a-z0-9_]*$/;
const GAP = /^[a-z][a-z0-9-]*$/;

/**
 * Declares a metric.
 *
 * @throws Error when a name in it could not stand in SQL as it is: every identifier of compiled SQL comes from here
 */
export function defineMetric<const Definition extends MetricDefinition>(definition: Definition): Definition {
  const { id, countsOnce, dimensions, drillDown, parts = [], pending, gaps } = definition as MetricDefinition;
  const names = [
    id,
    ...dimensions,
    ...drillDown,
    ...parts.flatMap(({ metric, column }) => [metric, column]),
    ...(pending ? [pending.since, ...(pending.until === undefined ? [] : [pending.until])] : []),
    ...(countsOnce
      ? [
          ...countsOnce.key,
          ...countsOnce.variesBy,
          ...countsOnce.markers.flatMap(({ column, by }) => [column, ...by]),
          ...countsOnce.prefer,
        ]
      : []),
  ];
  const wrong = names.find((name) => !IDENTIFIER.test(name));
  if (wrong !== undefined) throw new Error(`metric ${id}: "${wrong}" is not a snake_case name`);
  const unknown = pending?.gaps.find((gap) => !GAP.test(gap) || gaps[gap] === undefined);
  if (unknown !== undefined) throw new Error(`metric ${id}: "${unknown}" is none of its gaps`);
  const { history, aggregate } = definition as MetricDefinition;
  if (history === 'window' && (aggregate.kind === 'count' || aggregate.kind === 'snapshot')) {
    throw new Error(`metric ${id}: the zeros of a ${aggregate.kind} need to know when its history begins`);
  }
  return definition;
}

/** The folder of a metric: `change_lead_time` lives in `change-lead-time`. */
export function folderOf(metric: Pick<MetricDefinition, 'id'>): string {
  return metric.id.replaceAll('_', '-');
}
