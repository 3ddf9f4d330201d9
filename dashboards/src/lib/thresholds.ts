import type { MetricDefinition } from '@bellwether/metrics';

export interface ThresholdStep {
  readonly value: number | null;
  readonly color: string;
}

/** Colour means something: without a target there is nothing to mean, and the figure stays neutral. */
const neutral: readonly ThresholdStep[] = [{ value: null, color: 'text' }];

/** Where a figure meets its target and where it does not. */
export function targetSteps(
  direction: MetricDefinition['direction'],
  target: number | undefined,
): readonly ThresholdStep[] {
  if (target === undefined || direction === 'neither') return neutral;
  const [below, above] =
    direction === 'lower-is-better' ? (['green', 'orange'] as const) : (['orange', 'green'] as const);
  // A step begins at its value; a target that is just met has to be on its good side.
  const from = direction === 'lower-is-better' ? target * (1 + 1e-9) + Number.MIN_VALUE : target;
  return [
    { value: null, color: below },
    { value: from, color: above },
  ];
}

/** How much of what should have a value has one. */
export const coverageSteps: readonly ThresholdStep[] = [
  { value: null, color: 'red' },
  { value: 0.5, color: 'orange' },
  { value: 0.8, color: 'text' },
];

/** What is said of a change, and its colour: better and worse are judgements, the others are none. */
export const wordColours: Readonly<Record<string, string>> = {
  better: 'green',
  worse: 'orange',
  changed: 'blue',
  met: 'green',
  missed: 'orange',
};
