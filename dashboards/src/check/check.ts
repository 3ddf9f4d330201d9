import type { runQuery } from '@bellwether/metrics';
import type { BuiltDashboard } from '../emit/build.ts';
import type { TimeRange } from '../expand/macros.ts';
import { ALL, type VariableStates } from '../expand/variable-state.ts';
import { compareNumbers } from './compare-numbers.ts';
import type { Finding } from './finding.ts';
import { lintDashboards } from './lint.ts';
import { queriesOf } from './queries-of.ts';
import { type Answered, type Picked, type RunStatement, runQueries } from './run-queries.ts';

/** A number that is known because the company was made so. */
export interface KnownNumber {
  readonly metric: string;
  /** Of the result: `n`, `value`. */
  readonly column: string;
  readonly expected: number;
}

/** A warehouse to check against. */
export interface CheckedWarehouse {
  /** As a reader of dashboards: through the gate of that role. */
  readonly run: RunStatement;
  /** As the report does, with bound values. */
  readonly warehouse: Parameters<typeof runQuery>[0];
  /** All that there is. */
  readonly whole: TimeRange;
  /** A window with much in it. */
  readonly busy: TimeRange;
  /** Names that exist, one for each variable. */
  readonly names: Readonly<Record<string, string>>;
  readonly known: readonly KnownNumber[];
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly dashboards: number;
  /** Queries that ran, with all that was picked. */
  readonly queries: number;
  /** Numbers that were compared. */
  readonly numbers: number;
}

/**
 * Checks dashboards: lint first; then every query of every panel, variable and annotation, with everything picked, with
 * single names, and with names that nobody should have; then the numbers, against the report and against what is known.
 *
 * @param settings `all`: where only some are checked, the others that they link to
 */
export async function checkDashboards(
  built: readonly BuiltDashboard[],
  checked: CheckedWarehouse,
  settings: { currency: string; timeZone: string; all?: readonly BuiltDashboard[] },
  onProgress: (done: number, total: number) => void = () => {},
): Promise<CheckResult> {
  const findings = lintDashboards(built, settings);
  const broken = new Set(
    findings.filter(({ rule }) => rule === 'beyond-the-preview').map(({ dashboard }) => dashboard),
  );
  const queries = built.filter(({ id }) => !broken.has(id)).flatMap(queriesOf);
  const everything: Picked = {
    name: 'with everything picked',
    range: checked.busy,
    variables: nothingPicked,
  };
  const ways = [everything, someNames(checked), hostileNames(checked), wholeTime(checked)];
  const answers: Answered[][] = [];
  let ran = 0;
  for (const [index, picked] of ways.entries()) {
    onProgress(index, ways.length);
    const wanted =
      picked.name === WHOLE ? queries.filter(({ question }) => isKnown(question?.metric, checked)) : queries;
    const { answered, findings: found } = await runQueries(checked.run, wanted, picked);
    findings.push(...found);
    answers.push(answered);
    ran += wanted.length;
  }
  const { compared, findings: differing } = await compareNumbers(checked.warehouse, answers[0] ?? [], {
    picked: everything,
    timeZone: settings.timeZone,
  });
  const shown = new Set(queries.map(({ question }) => question?.metric));
  const isWhole = settings.all === undefined || settings.all.length === built.length;
  // A number that no panel of these shows is missed only where all are looked at.
  const looked = checked.known.filter(({ metric }) => isWhole || shown.has(metric));
  const known = compareKnown(answers.at(-1) ?? [], looked);
  return {
    findings: [...findings, ...differing, ...known.findings],
    dashboards: built.length,
    queries: ran,
    numbers: compared + known.compared,
  };
}

const names = ['group', 'team', 'service', 'repository', 'environment'];

const nothingPicked: VariableStates = {
  ...Object.fromEntries(names.map((name) => [name, { value: [ALL] }])),
  percentile: { value: 'p50' },
  benchmark_year: { value: '2024' },
  deployment: { value: '' },
};

function someNames({ names: real, busy }: CheckedWarehouse): Picked {
  const chosen = Object.entries(real).map(([name, value]) => [name, { value: [value] }]);
  return {
    name: `with ${Object.values(real).join(', ')} picked`,
    range: busy,
    variables: {
      ...nothingPicked,
      ...(Object.fromEntries(chosen) as VariableStates),
      percentile: { value: 'p90' },
      benchmark_year: { value: '2021' },
    },
  };
}

/** Whatever a team or a repository may be called; two at a time, and an id that nobody gave. */
const HOSTILE = ['it\'s "quoted"', '<b>☂</b> -- ); DROP TABLE x', '$__toTime ${team} [[team]]'];

function hostileNames({ busy }: CheckedWarehouse): Picked {
  return {
    name: 'with names of quotes, markup and macros picked',
    range: busy,
    variables: {
      ...nothingPicked,
      ...Object.fromEntries(names.map((name) => [name, { value: HOSTILE }])),
      percentile: { value: 'p75' },
      benchmark_year: { value: 'none' },
      deployment: { value: HOSTILE[0]! },
    },
  };
}

const WHOLE = 'over all time';

function wholeTime({ whole }: CheckedWarehouse): Picked {
  return { name: WHOLE, range: whole, variables: nothingPicked };
}

function isKnown(metric: string | undefined, { known }: CheckedWarehouse): boolean {
  return known.some((each) => each.metric === metric);
}

function compareKnown(
  answered: readonly Answered[],
  known: readonly KnownNumber[],
): { compared: number; findings: Finding[] } {
  const findings: Finding[] = [];
  let compared = 0;
  for (const { metric, column, expected } of known) {
    const panels = answered.filter(
      ({ query: { question } }) => question?.metric === metric && question.shape === 'figure',
    );
    if (panels.length === 0) {
      findings.push({
        rule: 'number-known',
        dashboard: 'all',
        where: metric,
        message: 'no panel shows it any more',
      });
    }
    for (const { query, rows } of panels) {
      compared += 1;
      const found = rows[0]?.[column];
      if (found === expected) continue;
      const message = `its ${column} is ${String(found)}, and what was made has ${String(expected)}`;
      findings.push({ rule: 'number-known', dashboard: query.dashboard, where: query.where, message });
    }
  }
  return { compared, findings };
}
