import type { Instant } from '@bellwether/core';

/** One number with everything needed to judge it. Which fields it has besides depends on the kind of aggregate. */
export type Figure = FigureBase &
  (
    | {
        kind: 'distribution';
        /** `value` is the median. */
        p75: number | null;
        p90: number | null;
      }
    /** Of what happened in the period, of what stands at its end, or the share that keeps a limit. */
    | { kind: 'ratio'; numerator: number; denominator: number }
    | { kind: 'sum' }
    | {
        kind: 'count';
        /** How much of the period lies in the window and in the life of the group: the denominator of a rate. */
        observedSeconds: number | null;
      }
    | {
        kind: 'snapshot';
        /** The instant of the state: the end of the period, or of the window. */
        asOf: Instant;
        /** Median, p75 and p90 of how long what stands has stood by then. */
        ageSeconds: number | null;
        ageP75Seconds: number | null;
        ageP90Seconds: number | null;
      }
    | {
        kind: 'concentration';
        /** `value` is the Gini coefficient over this many people; 0 where there is none. */
        holders: number;
        busiestTenthShare: number | null;
      }
  );

export interface FigureBase {
  group: Readonly<Record<string, string | boolean>>;
  periodStart: Instant;
  /** Exclusive. */
  periodEnd: Instant;
  /** The window holds only part of the period. */
  isPartial: boolean;
  /** In the unit of the metric; null with its reason in `gap`. */
  value: number | null;
  /** Rows with a value. */
  n: number;
  /** Rows. */
  total: number;
  /** n ÷ total; null where there are no rows. */
  coverage: number | null;
  /** Why there is no value; '' where there is one. `explainGap` puts it in words. */
  gap: string;
  /** How many values rest on what: `{ merge: 12, first_commit: 3 }`. */
  basis: Readonly<Record<string, number>>;
  /** How many rows lack a value for which reason. */
  gaps: Readonly<Record<string, number>>;
}

/** The share of the values that rest on `word`; 0 where there are none. */
export function basisShare(figure: Pick<Figure, 'n' | 'basis'>, word: string): number {
  return figure.n === 0 ? 0 : (figure.basis[word] ?? 0) / figure.n;
}
