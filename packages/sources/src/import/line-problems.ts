import { type BellwetherError, usageError } from '@bellwether/core';
import type { LineProblem } from './map-record.ts';

export type { LineProblem } from './map-record.ts';

const SHOWN = 20;

/** `line 7, finished_at: is missing`. */
export function describeProblem({ line, field, problem }: LineProblem): string {
  return field === '' ? `line ${String(line)} ${problem}` : `line ${String(line)}, ${field}: ${problem}`;
}

/** The refusal of a file, with the first of its wrong lines. */
export function invalidLines(
  problems: readonly LineProblem[],
  invalidCount: number,
  lineCount: number,
): BellwetherError {
  const shown = problems.slice(0, SHOWN).map((problem) => `  ${describeProblem(problem)}`);
  const last = problems[Math.min(SHOWN, problems.length) - 1]?.line ?? 0;
  const rest = invalidCount - new Set(problems.slice(0, SHOWN).map(({ line }) => line)).size;
  if (rest > 0) shown.push(`  and ${String(rest)} more wrong lines after line ${String(last)}`);
  return usageError(
    'import-invalid',
    `${String(invalidCount)} of ${String(lineCount)} lines cannot be imported, so nothing was stored:\n${shown.join('\n')}`,
    'Mend them, or leave them out: the same command with --skip-invalid',
  );
}
