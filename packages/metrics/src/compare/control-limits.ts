/**
 * An XmR chart: what a series does when nothing changes. Individuals and moving ranges, after Shewhart; the factors
 * 2.66 = 3 ÷ 1.128 and 3.268 are those for ranges of two (Wheeler, Understanding Variation, 1993; NIST/SEMATECH
 * e-Handbook of Statistical Methods, 6.3.2.2).
 */
export interface ControlLimits {
  centre: number;
  lower: number;
  upper: number;
  /** Beyond it a step from one value to the next is itself a signal. */
  largestStep: number;
  /** Values that the limits rest on. */
  n: number;
}

/** With fewer values the limits jump with each new one. */
const MINIMUM_POINTS = 10;

const TO_LIMIT = 2.66;
const TO_LARGEST_STEP = 3.268;
/** So many in a row on one side of the centre: less than one in a hundred by chance, wherever one looks (Wheeler’s rule). */
const RUN = 8;

/**
 * The limits of a series, in its unit; null where there are fewer than `MINIMUM_POINTS` values.
 *
 * @param values in order of time, null where a period has no figure; a step over a gap is no moving range
 * @param bounds what the figure cannot leave: `{ least: 0, most: 1 }` for a share
 */
export function controlLimits(
  values: readonly (number | null)[],
  bounds: { least?: number; most?: number } = { least: 0 },
): ControlLimits | null {
  const known = values.filter((value) => value !== null);
  const steps = values.flatMap((value, index) => {
    const before = index === 0 ? null : values[index - 1]!;
    return value === null || before === null ? [] : [Math.abs(value - before)];
  });
  if (known.length < MINIMUM_POINTS || steps.length < MINIMUM_POINTS - 1) return null;
  const centre = mean(known);
  const step = mean(steps);
  return {
    centre,
    lower: Math.max(bounds.least ?? -Infinity, centre - TO_LIMIT * step),
    upper: Math.min(bounds.most ?? Infinity, centre + TO_LIMIT * step),
    largestStep: TO_LARGEST_STEP * step,
    n: known.length,
  };
}

export interface Signal {
  /** Its place in the series. */
  index: number;
  why: 'above' | 'below' | 'run';
}

/** Values that chance does not explain: outside the limits, or the last of a long run on one side of the centre. */
export function signals(values: readonly (number | null)[], limits: ControlLimits): Signal[] {
  const found: Signal[] = [];
  let side = 0;
  let length = 0;
  values.forEach((value, index) => {
    if (value === null) return;
    const now = Math.sign(value - limits.centre);
    length = now !== 0 && now === side ? length + 1 : 1;
    side = now;
    if (value > limits.upper) found.push({ index, why: 'above' });
    else if (value < limits.lower) found.push({ index, why: 'below' });
    else if (now !== 0 && length >= RUN) found.push({ index, why: 'run' });
  });
  return found;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
