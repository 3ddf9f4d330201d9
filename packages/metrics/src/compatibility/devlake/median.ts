import type { RivalClause, RivalRow } from '../system.ts';

/** The same rows by either median. */
export function lowerMedian(text: (value: number) => string): RivalClause {
  return {
    rule: 'The median is the lower one: the greatest value with a percent rank of at most one half. Here the two in the middle are interpolated ({4, 10} → 7, there 4).',
    effect: (row: RivalRow) => {
      const interpolated = row['interpolated'] ?? null;
      if (row.value === null || interpolated === null) return null;
      const [lower, middle] = [text(row.value), text(interpolated)];
      return lower === middle
        ? null
        : `the lower median takes ${lower} where the interpolated one of the same rows is ${middle}`;
    },
  };
}
