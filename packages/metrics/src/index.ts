export {
  type Aggregate,
  type AggregateKind,
  type Category,
  defineMetric,
  type Dimension,
  type Exclusion,
  folderOf,
  type MetricDefinition,
  type Unit,
} from './metric.ts';
export { type Catalogue, findMetric, type MetricId } from './catalogue.ts';
export { metrics } from './registry.ts';
export { type MetricView, metricViews } from './views.ts';
export { type CompiledQuery, compileQuery } from './query/compile.ts';
export { basisShare, type Figure, type FigureBase } from './query/figure.ts';
export { compileDrillDown, drillDown, type DrillDownOptions, type DrillDownRow } from './query/drill-down.ts';
export { explainGap } from './query/gaps.ts';
export { observedSpan, type ObservedSpan } from './query/observed-span.ts';
export { askable, unknownVariables, type Variables } from './query/plan.ts';
export { type AnnotationKind, compileAnnotation } from './query/panels/annotations.ts';
export { BENCHMARK_VARIABLE } from './query/panels/band.ts';
export { compilePanel } from './query/panels/compile-panel.ts';
export { PERCENTILE_VARIABLE } from './query/panels/measured.ts';
export { compileOptions } from './query/panels/options.ts';
export type {
  CompiledPanel,
  Measure,
  PanelColumn,
  PanelContext,
  PanelQuestion,
  PanelShape,
  Percentile,
} from './query/panels/question.ts';
export { Bots, Clock, Filters, Grain, Keeps, Period, QueryRequest } from './query/request.ts';
export { runQuery } from './query/run.ts';
export { comparePeriods, type Comparison, type PreviousPeriod } from './compare/compare-periods.ts';
export { type ChangePoint, changePoints } from './compare/change-points.ts';
export { type ControlLimits, controlLimits, type Signal, signals } from './compare/control-limits.ts';
export {
  meetsTarget,
  MINIMUM_VALUES,
  SIGNIFICANCE,
  SMALLEST_CHANGE,
  type Verdict as ChangeVerdict,
} from './compare/verdict.ts';
export { explainMetric, type BandsOfYear, type MetricExplanation } from './explain.ts';
export {
  bandOf,
  bandOfValue,
  type BandVerdict,
  isBenchmarked,
  type Benchmark,
  type BenchmarkedMetric,
  benchmarks,
  type BenchmarkTier,
  type BenchmarkYear,
  type Tier,
} from './benchmarks/index.ts';
export { buildReport } from './report/build-report.ts';
export type {
  MetricReport,
  Report,
  ReportFigure,
  ReportRequest,
  ReportWindow,
  ScopeReport,
  SectionReport,
} from './report/report.ts';
export {
  dimensionName,
  type ReportScope,
  type ScopeDimension,
  scopeDimensions,
  scopeNames,
} from './report/scope.ts';
export { categories } from './report/sections.ts';
export { figureWindow, toldFigure } from './report/told-figure.ts';
export { type LevelShift, type LevelShifts, type PeriodSignal } from './report/level-shifts.ts';
export { shownTeams } from './report/parts.ts';
export { chooseWindow, isShown } from './report/window.ts';
export { type Agreement, resolveAgreements, resolveTargets, type Target } from './agreements/resolve.ts';
export {
  type KeptVerdict,
  measureAgreements,
  type MeasuredAgreement,
  type MeasuredTarget,
  type Measurement,
  type MeasureRequest,
  measureTargets,
} from './agreements/measure.ts';
export { compareDefinitions, type DefinitionComparison } from './compatibility/compare-definitions.ts';
export type { RivalClause, RivalMetric, RivalRow, RivalSystem } from './compatibility/system.ts';
export { findSystem, rivalSystems } from './compatibility/systems.ts';
