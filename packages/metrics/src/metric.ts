/**
 * What a metric says about itself. Compiler, report, `explain`, dashboards and reference pages read this and nothing
 * else, so that they cannot disagree.
 */
export interface MetricDefinition {
  /** snake_case; the view is `metrics.<id>`, the folder its kebab-case. */
  readonly id: string;
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
  /** Columns that figures can be grouped by; repo, service, team and environment can be filtered by as well. */
  readonly dimensions: readonly Dimension[];
  /** Every reason that the view gives for a null value, in words. */
  readonly gaps: Readonly<Record<string, string>>;
  /** What `basis` may say, in words. */
  readonly basis: Readonly<Record<string, string>>;
  readonly exclusions: readonly Exclusion[];
  /** Of what the coverage (n ÷ total) is a share. */
  readonly coverage: string;
  /** Columns that lead from a figure to the things behind it. */
  readonly drillDown: readonly string[];
  /** Streams without which it stays empty, `<source>.<stream>`. */
  readonly requires: readonly string[];
  readonly howItMisleads: readonly string[];
}

export type Unit = 'seconds' | 'deployments' | 'changes' | 'ratio';

export type Dimension = 'repo' | 'service' | 'team' | 'environment' | 'is_bot' | 'kind' | 'starts_at';

/** How the rows of a period become one figure. */
export type Aggregate =
  /** Median, p75 and p90 of `value`. */
  | { readonly kind: 'distribution' }
  /** Sum of `value` (0 or 1) ÷ number of values. */
  | { readonly kind: 'ratio'; readonly numerator: string; readonly denominator: string }
  /** Number of values, zero where nothing happened in the life of the group. */
  | { readonly kind: 'count' }
  /** Rows are intervals [at, ends_at); the figure is how many stand at the end of the period, and for how long. */
  | { readonly kind: 'snapshot' }
  /** How unevenly `value` is spread over the things that `holder` names. A thing is never a person. */
  | { readonly kind: 'concentration'; readonly holder: string };

export type AggregateKind = Aggregate['kind'];

/**
 * Several rows can stand for one thing: a change that reaches two services. In each group it counts once, with its
 * best row.
 */
export interface CountsOnce {
  /** Columns that name the thing. */
  readonly key: readonly string[];
  /** Dimensions in which rows of one thing differ. Grouped by all of them, nothing has to be chosen. */
  readonly variesBy: readonly Dimension[];
  /** Boolean column, true in the one row that stands for the thing when no dimension of `variesBy` is asked about. */
  readonly marker: string;
  /** Columns, ascending: the row that comes first stands for the thing. */
  readonly prefer: readonly string[];
}

export interface Exclusion {
  readonly what: string;
  readonly why: string;
  readonly howToSee: string;
}

const IDENTIFIER = /^[a-z][a-z0-9_]*$/;

/**
 * Declares a metric.
 *
 * @throws Error when a name in it could not stand in SQL as it is: every identifier of compiled SQL comes from here
 */
export function defineMetric<const Definition extends MetricDefinition>(definition: Definition): Definition {
  const { id, aggregate, countsOnce, dimensions, drillDown } = definition as MetricDefinition;
  const names = [
    id,
    ...dimensions,
    ...drillDown,
    ...(aggregate.kind === 'concentration' ? [aggregate.holder] : []),
    ...(countsOnce
      ? [...countsOnce.key, ...countsOnce.variesBy, countsOnce.marker, ...countsOnce.prefer]
      : []),
  ];
  const wrong = names.find((name) => !IDENTIFIER.test(name));
  if (wrong !== undefined) throw new Error(`metric ${id}: "${wrong}" is not a snake_case name`);
  return definition;
}

/** The folder of a metric: `change_lead_time` lives in `change-lead-time`. */
export function folderOf(metric: Pick<MetricDefinition, 'id'>): string {
  return metric.id.replaceAll('_', '-');
}
