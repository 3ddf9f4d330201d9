import type { BandVerdict } from '../benchmarks/index.ts';
import type { Figure } from '../query/figure.ts';
import type { MetricReport, ReportFigure } from './report.ts';

/** Metrics that need to know which service a change belongs to. */
export const attributedMetrics: ReadonlySet<string> = new Set([
  'change_lead_time',
  'change_fail_rate',
  'failed_deployment_recovery_time',
  'deployment_rework_rate',
]);

const noBand = (reason: string): BandVerdict => ({ band: null, tiers: [], reason, caveats: [] });

/** The figures of a service whose changes nobody can tell: shown as unknown, because any number would be a guess. */
export function withoutService(metric: MetricReport): MetricReport {
  const withhold = (figure: ReportFigure): ReportFigure => ({
    ...nothing(figure),
    gap: 'service-unknown',
    change: null,
    band: noBand('there is no figure'),
  });
  return { ...metric, whole: withhold(metric.whole), periods: metric.periods.map(withhold) };
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
