import type { Instant } from '@bellwether/core';
import type { Figure } from '../query/figure.ts';
import type { Bots, Grain } from '../query/request.ts';
import type { BandVerdict, BenchmarkYear } from '../benchmarks/index.ts';

/** What a report is asked for. */
export interface ReportRequest {
  repo: string;
  /** Only these services; all where empty. */
  services: readonly string[];
  grain: Exclude<Grain, 'whole'>;
  /** Begin of the window, given its end; a number of whole periods by default. */
  since?: ((until: Instant) => Instant) | undefined;
  /** End of the window; by default the last thing that is known, because nobody looked at what came after it. */
  until?: Instant | undefined;
  timeZone: string;
  benchmark: BenchmarkYear | 'none';
  /** Whether changes by bots count in figures about changes. */
  bots: Bots;
}

/** The figures of one repository, ready to be printed or serialised. Instants in ms, UTC. */
export interface Report {
  repo: string;
  grain: ReportRequest['grain'];
  timeZone: string;
  benchmark: ReportRequest['benchmark'];
  /** Null for a repository of which nothing is known. */
  window: ReportWindow | null;
  /** The repository as a whole first; then, where it has several, its services with releases in the window. */
  scopes: readonly ScopeReport[];
  /** Services of the repository without a release in the window. */
  quietServices: readonly string[];
}

export interface ReportWindow {
  since: Instant;
  until: Instant;
  /** The last merge or release that is known. */
  lastActivityAt: Instant;
}

export interface ScopeReport {
  /** Null: the whole repository, in which a change counts once. */
  service: string | null;
  metrics: readonly MetricReport[];
}

export interface MetricReport {
  id: string;
  title: string;
  unit: string;
  direction: string;
  /** One figure for the whole window; never an average of the periods. */
  whole: ReportFigure;
  periods: readonly ReportFigure[];
}

export type ReportFigure = Figure & {
  /** Against the period before: a share of it, for ratios a difference of shares. Null where either is missing or cut. */
  change: number | null;
  band: BandVerdict;
};
