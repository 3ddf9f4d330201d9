import { findMetric, type PanelQuestion } from '@bellwether/metrics';

const fieldNames: Readonly<Record<string, string>> = {
  shape: 'kind of question',
  percentile: 'percentile',
  measure: 'measure',
  grain: 'period',
  groupBy: 'told apart by',
  isSpread: 'percentiles side by side',
  isBare: 'without the period before',
  target: 'target',
  keeps: 'limit of the agreement',
  clock: 'clock',
  bots: 'bots',
  filters: 'narrowed to',
  limit: 'at most so many rows',
  only: 'only',
  keys: 'narrowed by variables',
  noData: 'said where there is nothing',
};

/** What differs between two questions, in words: `percentile: p50 → p75`. */
export function questionChanges(before: PanelQuestion, after: PanelQuestion): string[] {
  const metric =
    before.metric === after.metric ? [] : [`metric: ${titleOf(before.metric)} → ${titleOf(after.metric)}`];
  const others = Object.keys(fieldNames).flatMap((field) => {
    const [old, now] = [valueOf(before, field), valueOf(after, field)];
    return old === now ? [] : [`${fieldNames[field]!}: ${old} → ${now}`];
  });
  return [...metric, ...others];
}

/** What is asked where nothing is said. */
const defaults: Readonly<Record<string, string>> = {
  percentile: 'p50',
  measure: 'value',
  clock: 'wall',
  bots: 'exclude',
  isSpread: 'no',
  isBare: 'no',
};

function valueOf(question: object, field: string): string {
  const value = (question as Readonly<Record<string, unknown>>)[field];
  if (value === undefined) return defaults[field] ?? 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** An old file may ask what is in no catalogue any more. */
function titleOf(id: string): string {
  try {
    return findMetric(id).title;
  } catch {
    return id;
  }
}
