/**
 * How unevenly a quantity is spread over its holders: 0 where all have the same, towards 1 where one has everything.
 * The mean absolute difference of all pairs, as a share of twice the mean. Null where there is nothing to share or
 * nobody to share it with.
 *
 * @param counts one per holder, those with nothing included
 */
export function gini(counts: readonly number[]): number | null {
  const sorted = counts.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, count) => sum + count, 0);
  if (sorted.length < 2 || total === 0) return null;
  const weighted = sorted.reduce(
    (sum, count, index) => sum + (2 * (index + 1) - sorted.length - 1) * count,
    0,
  );
  return weighted / (sorted.length * total);
}

/** The share that the busiest tenth has, of ten or fewer holders the busiest one. Null where there is nothing to share. */
export function busiestTenthShare(counts: readonly number[]): number | null {
  const descending = counts.toSorted((a, b) => b - a);
  const total = descending.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const tenth = descending.slice(0, Math.ceil(descending.length / 10));
  return tenth.reduce((sum, count) => sum + count, 0) / total;
}
