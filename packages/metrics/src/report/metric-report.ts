import { bandOf } from '../benchmarks/index.ts';
import type { MetricDefinition } from '../metric.ts';
import type { Figure } from '../query/figure.ts';
import { levelShifts } from './level-shifts.ts';
import type { MetricReport, ReportFigure, ReportRequest } from './report.ts';

/** The figures of one metric with what makes them readable: bands, and the change against the period before. */
export function metricReport(
  definition: MetricDefinition,
  {
    whole,
    periods,
    business = null,
  }: { whole: Figure; periods: readonly Figure[]; business?: Figure | null },
  benchmark: ReportRequest['benchmark'],
): MetricReport {
  const judge = (figure: Figure, change: number | null): ReportFigure => ({
    ...figure,
    change,
    band: bandOf(definition.id, figure, benchmark),
  });
  const { id, title, unit, direction } = definition;
  return {
    id,
    title,
    unit,
    direction,
    whole: judge(whole, null),
    business,
    periods: periods.map((figure, index) => judge(figure, changeAgainst(periods[index - 1], figure))),
    trend: null,
    ...levelShifts(definition, periods),
  };
}

/** The change against the period before; a period that the window cuts cannot be compared. */
function changeAgainst(before: Figure | undefined, figure: Figure): number | null {
  if (before?.value === undefined || before.value === null || figure.value === null) return null;
  // A state is one at any instant; everything else needs the whole period.
  if (figure.kind !== 'snapshot' && (before.isPartial || figure.isPartial)) return null;
  if (figure.kind === 'ratio') return figure.value - before.value;
  return before.value === 0 ? null : (figure.value - before.value) / before.value;
}
