import type { BandVerdict } from '../benchmarks/index.ts';
import { metric as changeLeadTime } from '../change-lead-time/metric.ts';
import type { Figure } from '../query/figure.ts';
import type { MetricReport, ReportFigure, ScopeReport } from './report.ts';

/** Metrics of deployments that need to know which service a change belongs to. */
const attributedMetrics: ReadonlySet<string> = new Set([
  'change_fail_rate',
  'failed_deployment_recovery_time',
  'deployment_rework_rate',
]);

const noBand = (reason: string): BandVerdict => ({ band: null, tiers: [], reason, caveats: [] });

/** A service of which nobody can tell its changes: what depends on them is unknown, because any number would be a guess. */
export function withoutGuesses({ part, metrics }: ScopeReport): ScopeReport {
  return {
    part,
    metrics: metrics.flatMap((metric) => {
      // No row of the service has a lead time, so there may be no figure to withhold; its periods are those of any other.
      if (metric.id === changeLeadTime.id) return [];
      if (metric.id === 'deployment_frequency') return [metric, unknownLeadTime(metric)];
      return [attributedMetrics.has(metric.id) ? withhold(metric, nothing) : metric];
    }),
  };
}

function unknownLeadTime(periods: MetricReport): MetricReport {
  const { id, title, unit, direction } = changeLeadTime;
  const empty = { kind: 'distribution', p75: null, p90: null, total: 0 } as const;
  return { ...withhold(periods, (figure) => ({ ...nothing(figure), ...empty })), id, title, unit, direction };
}

function withhold(metric: MetricReport, empty: (figure: ReportFigure) => ReportFigure): MetricReport {
  const unknown = (figure: ReportFigure): ReportFigure => ({
    ...empty(figure),
    gap: 'service-unknown',
    change: null,
    band: noBand('there is no figure'),
  });
  const periods = metric.periods.map(unknown);
  return { ...metric, whole: unknown(metric.whole), periods, trend: null, signals: null, changePoint: null };
}

/** A blend of several services has no band: DORA asks about one application or service at a time. */
export function withoutBands(metric: MetricReport): MetricReport {
  const blend = (figure: ReportFigure): ReportFigure =>
    figure.band.band === null
      ? figure
      : { ...figure, band: noBand('several services in one figure; DORA looks at one at a time') };
  return { ...metric, whole: blend(metric.whole), periods: metric.periods.map(blend) };
}

function nothing<Kind extends Figure>(figure: Kind): Kind {
  const empty = { value: null, n: 0, coverage: null, basis: {}, gaps: {} };
  return figure.kind === 'distribution'
    ? { ...figure, ...empty, p75: null, p90: null }
    : { ...figure, ...empty };
}
