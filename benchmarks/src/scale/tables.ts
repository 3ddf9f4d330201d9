import type { StepReport, StoredOrganisation } from '@bellwether/simulator';
import { limitLine } from '../limit-line.ts';
import type { Check } from './checks.ts';
import type { DeriveRun } from './derive-run.ts';
import type { QueryFigures } from './measure-query.ts';

const LOADING = { rowsPerSecond: 150_000 };

/** One line for each step and one for all of them; what was built before was not measured. */
export function loadingLines({ steps, folder }: StoredOrganisation): string[] {
  if (steps.length === 0) return [`The organisation was there already: ${folder}`];
  const total = steps.reduce(
    (sum, { rows, seconds }) => ({ rows: sum.rows + rows, seconds: sum.seconds + seconds }),
    { rows: 0, seconds: 0 },
  );
  return [
    `Built in ${folder}`,
    ...steps.map(loadingLine),
    limitLine('rows per second, with the plan', total.rows / total.seconds, {
      atLeast: LOADING.rowsPerSecond,
    }),
  ];
}

function loadingLine({ step, rows, seconds }: StepReport): string {
  return [
    step.padEnd(26),
    `${count(rows)} rows`.padStart(18),
    `${seconds.toFixed(1)} s`.padStart(9),
    `${count(rows / seconds)} rows/s`.padStart(19),
  ].join(' ');
}

export function deriveLines(name: string, run: DeriveRun, limitSeconds: number | null): string[] {
  return [
    `${name}: ${count(run.repositories)} repositories, ${count(run.written)} rows written, ${count(run.removed)} removed`,
    limitLine('seconds', run.seconds, limitSeconds === null ? null : { atMost: limitSeconds }, 's'),
    limitLine('rows per second', run.written / run.seconds),
    limitLine('peak memory', run.peakMegabytes, null, 'MB'),
  ];
}

export function checkLines(checks: readonly Check[]): string[] {
  return checks.map(
    ({ name, expected, found }) =>
      `${name.padEnd(48)} ${count(found).padStart(16)}   ${found === expected ? 'as it was made' : `OTHER THAN ${count(expected)}`}`,
  );
}

/** A row of the table of queries. */
export interface QueryLine extends QueryFigures {
  metric: string;
  question: string;
  limitMs: number;
  /** Of the view's value column, ms. */
  scan: number;
}

export const queryHeader = [
  'metric'.padEnd(34),
  'question'.padEnd(12),
  'rows read'.padStart(12),
  'p50 ms'.padStart(8),
  'p95 ms'.padStart(8),
  'cpu ms'.padStart(8),
  'limit'.padStart(6),
  '     ',
  'memory'.padStart(9),
  '÷ scan'.padStart(7),
].join(' ');

export function queryLine({
  metric,
  question,
  rows,
  p50,
  p95,
  cpu,
  limitMs,
  megabytes,
  scan,
}: QueryLine): string {
  return [
    metric.padEnd(34),
    question.padEnd(12),
    count(rows).padStart(12),
    p50.toFixed(0).padStart(8),
    p95.toFixed(0).padStart(8),
    cpu.toFixed(0).padStart(8),
    String(limitMs).padStart(6),
    p95 <= limitMs ? 'ok   ' : 'OVER ',
    `≤ ${String(megabytes)} MB`.padStart(9),
    (p50 / scan).toFixed(1).padStart(7),
  ].join(' ');
}

function count(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 });
}
