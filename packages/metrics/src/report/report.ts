import type { Instant } from '@bellwether/core';
import type { Category } from '../metric.ts';
import type { Figure } from '../query/figure.ts';
import type { Bots, Grain } from '../query/request.ts';
import type { BandVerdict, BenchmarkYear } from '../benchmarks/index.ts';
import type { LevelShift, PeriodSignal } from './level-shifts.ts';
import type { ReportScope, ScopeDimension } from './scope.ts';
import type { Trend } from './trend.ts';

/** What a report is asked for. */
export interface ReportRequest {
  scope: ReportScope;
  /** Which parts of the catalogue follow DORA's; `dora`: what there is besides the usual six. */
  sections: readonly Category[];
  grain: Exclude<Grain, 'whole'>;
  /** Begin of the window, given its end; a number of whole periods by default. */
  since?: ((until: Instant) => Instant) | undefined;
  /** Nothing may be told apart by team, group or service. */
  isUndivided?: boolean;
  /** End of the window; by default the last thing that is known, because nobody looked at what came after it. */
  until?: Instant | undefined;
  timeZone: string;
  benchmark: BenchmarkYear | 'none';
  /** Whether changes by bots count in figures about changes. */
  bots: Bots;
}

/** The figures of a scope, ready to be printed or serialised. Instants in ms, UTC. */
export interface Report {
  scope: ReportScope;
  /** The one repository that it is about; null for anything larger. */
  repo: string | null;
  grain: ReportRequest['grain'];
  timeZone: string;
  benchmark: ReportRequest['benchmark'];
  /** Null where nothing is known of the scope. */
  window: ReportWindow | null;
  /** DORA of the scope as a whole first; then, where it holds several of them, of its parts that did something in the window. */
  scopes: readonly ScopeReport[];
  /** Parts of the scope that deployed nothing in the window. */
  quietParts: readonly string[];
  /** The rest of the catalogue, as far as it was asked for. */
  sections: readonly SectionReport[];
}

export interface ReportWindow {
  since: Instant;
  until: Instant;
  /** The last merge or release that is known. */
  lastActivityAt: Instant;
}

export interface ScopeReport {
  /** Null: the whole scope, in which a change counts once. */
  part: { by: ScopeDimension; name: string } | null;
  metrics: readonly MetricReport[];
}

export interface SectionReport {
  category: Category;
  metrics: readonly MetricReport[];
  /** Metrics that cannot be asked about this scope. */
  notOfScope: readonly string[];
}

export interface MetricReport {
  id: string;
  title: string;
  unit: string;
  direction: string;
  /** One figure for the whole window; never an average of the periods. */
  whole: ReportFigure;
  /** The same in business hours of the team, for the durations that are measured so. */
  business: Figure | null;
  periods: readonly ReportFigure[];
  /** What the last two whole periods say; null where they were not compared. */
  trend: Trend | null;
  /** Periods that chance does not explain; null where too few are known, or where figures are states. */
  signals: readonly PeriodSignal[] | null;
  /** The last clear change of level among all periods; null where there is none. */
  changePoint: LevelShift | null;
}

export type ReportFigure = Figure & {
  /** Against the period before: a share of it, for ratios a difference of shares. Null where either is missing or cut. */
  change: number | null;
  band: BandVerdict;
};
