export {
  type Aggregate,
  type AggregateKind,
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
export { Bots, Filters, Grain, Period, QueryRequest } from './query/request.ts';
export { runQuery } from './query/run.ts';
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
} from './report/report.ts';
