export { bandOf, bandOfValue, type BandVerdict, isBenchmarked } from './band.ts';
export {
  type Benchmark,
  type BenchmarkedMetric,
  benchmarks,
  type BenchmarkTier,
  type BenchmarkYear,
  type Tier,
} from './years.ts';
