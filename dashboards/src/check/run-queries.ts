import { BellwetherError } from '@bellwether/core';
import { expandQuery } from '../expand/expand-query.ts';
import type { TimeRange } from '../expand/macros.ts';
import type { VariableStates } from '../expand/variable-state.ts';
import type { Finding } from './finding.ts';
import type { DashboardQuery } from './queries-of.ts';

/** A row of a result; instants are milliseconds since 1970. */
export type ResultRow = Readonly<Record<string, unknown>>;

/** Runs a statement as a reader of dashboards would, and gives its rows; throws what the warehouse says. */
export type RunStatement = (sql: string) => Promise<readonly ResultRow[]>;

export interface Picked {
  /** In words, for a finding: "with everything". */
  readonly name: string;
  readonly range: TimeRange;
  readonly variables: VariableStates;
}

export interface Answered {
  readonly query: DashboardQuery;
  readonly rows: readonly ResultRow[];
}

/**
 * Runs each query once with what is picked, and holds the columns of its rows against those that the panel shows. What
 * several panels ask is asked once.
 */
export async function runQueries(
  run: RunStatement,
  queries: readonly DashboardQuery[],
  picked: Picked,
): Promise<{ answered: Answered[]; findings: Finding[] }> {
  const answers = new Map<string, readonly ResultRow[] | Error>();
  const answered: Answered[] = [];
  const findings: Finding[] = [];
  for (const query of queries) {
    const complain = (rule: string, message: string): void => {
      findings.push({
        rule,
        dashboard: query.dashboard,
        where: query.where,
        message: `${message}, ${picked.name}`,
      });
    };
    const answer = answers.get(query.rawSql) ?? (await ask(run, query.rawSql, picked));
    answers.set(query.rawSql, answer);
    if (answer instanceof Error) {
      complain('query-runs', `its query fails: ${answer.message.slice(0, 400)}`);
      continue;
    }
    const [first] = answer;
    const missing = first === undefined ? [] : (query.columns ?? []).filter((name) => !(name in first));
    if (missing.length > 0) complain('query-columns', `its query gives no column ${missing.join(', ')}`);
    answered.push({ query, rows: answer });
  }
  return { answered, findings };
}

async function ask(
  run: RunStatement,
  rawSql: string,
  { range, variables }: Picked,
): Promise<readonly ResultRow[] | Error> {
  try {
    return await run(expandQuery(rawSql, { range, variables, intervalMs: 60_000 }));
  } catch (error) {
    // A refusal of the query is what is looked for; a warehouse that is gone is not.
    if (error instanceof BellwetherError && error.retry !== 'no') throw error;
    return error instanceof Error ? error : new Error(String(error));
  }
}
