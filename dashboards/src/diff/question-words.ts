import { findMetric, type PanelQuestion } from '@bellwether/metrics';

type Asked = Readonly<Record<string, unknown>>;

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
  const [was, is] = [before as unknown as Asked, after as unknown as Asked];
  const metric =
    before.metric === after.metric ? [] : [`metric: ${titleOf(before.metric)} → ${titleOf(after.metric)}`];
  const others = Object.keys(fieldNames).flatMap((field) => {
    const [old, now] = [valueOf(was, field), valueOf(is, field)];
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

function valueOf(question: Asked, field: string): string {
  const value = question[field];
  if (value === undefined) return defaults[field] ?? 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** An old file may ask what is in no catalogue any more. */
function titleOf(id: string): string {
  try {
    return findMetric(id).title;
  } catch {
    return id;
  }
}
