import type { Dimension, MetricId } from '@bellwether/metrics';
import type { PanelSpec, Question } from './spec.ts';

/** What every panel can be told. */
interface Shown {
  readonly width: number;
  readonly height?: number;
  readonly key?: string;
  readonly title?: string;
  readonly about?: string;
  /** The dashboard that a click leads to. */
  readonly leadsTo?: string;
}

/** The rest of a question, of which shape and metric are known. */
type More<Shape extends 'figure' | 'trend' | 'parts' | 'rows'> = Omit<
  Partial<Question<Shape>>,
  'shape' | 'metric' | 'groupBy'
>;

const HEIGHT = 7;
const TABLE_HEIGHT = 9;

/** Tells how a panel is shown from what it asks. */
function split<Options extends Shown>(metric: MetricId, kind: string, options: Options, tall = HEIGHT) {
  const { width, height = tall, key = `${metric}-${kind}`, title, about, leadsTo, ...asked } = options;
  const base = {
    key,
    width,
    height,
    ...(title !== undefined && { title }),
    ...(about !== undefined && { about }),
    ...(leadsTo !== undefined && { leadsTo }),
  };
  return { base, asked };
}

/** One number, large. */
export function stat(metric: MetricId, options: Shown & More<'figure'>): PanelSpec {
  const { base, asked } = split(metric, 'stat', options);
  return { ...base, kind: 'stat', question: { shape: 'figure', metric, isBare: true, ...asked } };
}

/** What is needed to judge the number beside it. */
export function evidence(metric: MetricId, options: Shown & More<'figure'>): PanelSpec {
  const { base, asked } = split(metric, 'evidence', options);
  return { ...base, kind: 'evidence', question: { shape: 'figure', metric, ...asked } };
}

/** The course of a figure, by weeks unless something else is asked. */
export function trend(
  metric: MetricId,
  options: Shown & More<'trend'> & { draw?: 'line' | 'bars'; groupBy?: Dimension },
): PanelSpec {
  const kind = options.groupBy === undefined ? 'trend' : `trend-${options.groupBy}`;
  const { base, asked } = split(metric, kind, options);
  const { draw = 'line', grain = 'week', ...rest } = asked;
  return { ...base, kind: 'trend', draw, question: { shape: 'trend', metric, grain, ...rest } };
}

/** A table with a row for each name of a dimension; a click on a name leads on. */
export function parts(
  metric: MetricId,
  groupBy: Dimension,
  options: Shown & More<'parts'> & { leadsTo: string },
): PanelSpec {
  const { base, asked } = split(metric, `by-${groupBy}`, options, TABLE_HEIGHT);
  const { limit = 100, ...rest } = asked;
  return {
    ...base,
    leadsTo: options.leadsTo,
    kind: 'parts',
    question: { shape: 'parts', metric, groupBy, limit, ...rest },
  };
}

/** The things behind a figure, latest first. */
export function rows(metric: MetricId, options: Shown & More<'rows'>): PanelSpec {
  const { base, asked } = split(metric, 'rows', options, TABLE_HEIGHT);
  const { limit = 50, ...rest } = asked;
  return { ...base, kind: 'rows', question: { shape: 'rows', metric, limit, ...rest } };
}

/** The parts of a whole, one on the other. */
export function stages(metric: MetricId, options: Shown & { grain?: 'week' | 'month' }): PanelSpec {
  const { base, asked } = split(metric, 'stages', options, TABLE_HEIGHT);
  return { ...base, kind: 'stages', question: { shape: 'stages', metric, grain: asked.grain ?? 'week' } };
}

/** A few words, where a number would need them. */
export function text(
  key: string,
  title: string,
  markdown: string,
  { width, height = 4 }: Pick<Shown, 'width' | 'height'>,
): PanelSpec {
  return { key, title, markdown, width, height, kind: 'text' };
}
