import { type Figure, type PanelQuestion, runQuery, type QueryRequest } from '@bellwether/metrics';
import type { Finding } from './finding.ts';
import type { Answered, Picked, ResultRow } from './run-queries.ts';

type Asking = Parameters<typeof runQuery>[0];

/** What a panel shows beside what the report would say: the same definition, asked with bound values. */
export async function compareNumbers(
  warehouse: Asking,
  answered: readonly Answered[],
  { picked, timeZone }: { picked: Picked; timeZone: string },
): Promise<{ compared: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  const told = new Map<string, Promise<Figure[]>>();
  let compared = 0;
  for (const { query, rows } of answered) {
    const { question } = query;
    if (question === null || question.shape === 'rows' || question.shape === 'stages') continue;
    const request = requestOf(question, picked, timeZone);
    const key = JSON.stringify(request);
    const figures = await (told.get(key) ?? runQuery(warehouse, request));
    told.set(key, Promise.resolve(figures));
    for (const [name, expected] of figuresOf(question, figures)) {
      const row = rows.find((each) => nameOf(question, each) === name);
      // A table shows so many names and no more.
      if (row === undefined && question.shape === 'parts' && rows.length >= question.limit) continue;
      compared += 1;
      const found = row === undefined ? undefined : shown(question, row);
      if (!isSame(found, expected)) {
        findings.push({
          rule: 'number-agrees',
          dashboard: query.dashboard,
          where: query.where,
          message: `it shows ${String(found)}${name === '' ? '' : ` for ${name}`}, and the report says ${String(expected)}`,
        });
      }
    }
  }
  return { compared, findings };
}

function requestOf(question: PanelQuestion, { range }: Picked, timeZone: string): QueryRequest {
  const grain = question.shape === 'trend' ? question.grain : 'whole';
  const groupBy = (question.shape === 'trend' || question.shape === 'parts') && question.groupBy;
  return {
    metric: question.metric,
    period: { since: range.from, until: range.to, grain, timeZone },
    filters: { ...question.filters, ...(question.bots && { bots: question.bots }) },
    ...(groupBy && { groupBy: [groupBy] }),
    ...(question.clock && { clock: question.clock }),
    ...(question.keeps && { keeps: question.keeps }),
  } as QueryRequest;
}

/** The figures by the name of their row: their group, their period, or both. */
function figuresOf(question: PanelQuestion, figures: readonly Figure[]): [string, number | null][] {
  return figures.map((figure) => {
    const group = Object.values(figure.group).map(String);
    const period = question.shape === 'trend' ? [String(figure.periodStart)] : [];
    return [[...period, ...group].join(' '), expectedOf(question, figure)];
  });
}

function nameOf(question: PanelQuestion, row: ResultRow): string {
  const group =
    'groupBy' in question && question.groupBy !== undefined ? [String(row[question.groupBy])] : [];
  const period = question.shape === 'trend' ? [String(row['time'])] : [];
  return [...period, ...group].join(' ');
}

/** The median, whatever percentile is picked: `p50` is what is picked where nothing is. */
function shown(question: PanelQuestion, row: ResultRow): unknown {
  return row[question.shape === 'trend' && question.isSpread === true ? 'p50' : 'value'];
}

function expectedOf(question: PanelQuestion, figure: Figure): number | null {
  if (question.measure === 'per-week' && figure.kind === 'count') {
    return figure.value === null ? null : (figure.value * 604_800) / (figure.observedSeconds ?? Number.NaN);
  }
  if (question.measure === 'age' && figure.kind === 'snapshot') {
    return question.percentile === 'p90' ? figure.ageP90Seconds : figure.ageSeconds;
  }
  const isCut =
    question.shape === 'trend' && figure.isPartial && (figure.kind === 'count' || figure.kind === 'sum');
  return isCut ? null : figure.value;
}

function isSame(found: unknown, expected: number | null): boolean {
  if (expected === null || found === null) return found === expected;
  return typeof found === 'number' && Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
}
