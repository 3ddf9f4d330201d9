import type { Dimension } from '../../metric.ts';
import type { Variables } from '../plan.ts';
import type { Bots, Clock, Grain, Keeps } from '../request.ts';

/** Which number of a figure is shown. `chosen`: by the variable `percentile`, of metrics that have percentiles. */
export type Percentile = 'p50' | 'p75' | 'p90' | 'chosen';

/**
 * What of a figure is shown: its value, of what stands also its age in seconds, of what is counted also how many there
 * were in a week on average.
 */
export type Measure = 'value' | 'age' | 'per-week';

interface Asked {
  readonly metric: string;
  readonly percentile?: Percentile;
  readonly measure?: Measure;
  /** Names that the dashboard itself narrows to, whatever the reader picks. */
  readonly filters?: Readonly<Partial<Record<Dimension, readonly string[]>>>;
  readonly bots?: Bots;
  readonly clock?: Clock;
  readonly keeps?: Keeps;
  /** Said where nothing of the kind was ever seen, instead of the usual words. */
  readonly noData?: string;
}

/** What a panel asks. It says everything that its SQL is made from, so that the one can be held against the other. */
export type PanelQuestion =
  /** One row: the figure of the window with what is needed to judge it. */
  | (Asked & {
      readonly shape: 'figure';
      readonly target?: number;
      /** The figure alone, without the window before: half the work, where something else tells the rest. */
      readonly isBare?: boolean;
    })
  /** A row for each period: the course of a figure. By a dimension: a row for each of its names and each period. */
  | (Asked & {
      readonly shape: 'trend';
      readonly grain: Exclude<Grain, 'whole'>;
      readonly groupBy?: Dimension;
      /** Median, p75 and p90 side by side instead of one. */
      readonly isSpread?: boolean;
    })
  /** A row for each name of a dimension, as `figure`; clearly worse ones first, then by name. */
  | (Asked & { readonly shape: 'parts'; readonly groupBy: Dimension; readonly limit: number })
  /** The rows behind the figure, latest first, with what they lead to. */
  | (Asked & {
      readonly shape: 'rows';
      readonly limit: number;
      readonly only?: 'failures' | 'open';
      /** Columns of the view that further variables narrow: a single deployment. */
      readonly keys?: Readonly<Record<string, string>>;
    })
  /** For each period what the parts of a whole took on average: they add up, which medians never do. */
  | (Asked & { readonly shape: 'stages'; readonly grain: Exclude<Grain, 'whole'> });

export type PanelShape = PanelQuestion['shape'];

/** What all panels of a dashboard share. */
export interface PanelContext {
  /** IANA name of the organisation's time zone: weeks and months begin there. */
  readonly timeZone: string;
  /** The variables of the dashboard that narrow a dimension. */
  readonly variables: Variables;
}

/** A column of the result: what a reader of the frame has to know of it. */
export interface PanelColumn {
  readonly name: string;
  /** `measure`: in the unit of the question; `share`: a ratio; `label` and `link` are texts. */
  readonly role: 'time' | 'measure' | 'count' | 'share' | 'label' | 'link' | 'text';
}

export interface CompiledPanel {
  readonly sql: string;
  readonly columns: readonly PanelColumn[];
}
