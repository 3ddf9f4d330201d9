import {
  buildDashboards,
  type BuiltDashboard,
  type CheckedWarehouse,
  checkDashboards,
  defaultSettings,
} from '@bellwether/dashboards';
import { expandQuery } from '@bellwether/dashboards/expand';
import { comparePeriods, compilePanel } from '@bellwether/metrics';
import { describe, expect, it } from 'vitest';
import { withCheckedCompany } from './checked-company.ts';

const settings = { currency: 'USD', timeZone: 'UTC', all: buildDashboards(defaultSettings) };

/** The first two metrics of the first page: a row, and three panels each. */
function firstPanels(): BuiltDashboard {
  const page = settings.all.find(({ id }) => id === 'engineering-at-a-glance');
  if (page === undefined) throw new Error('the first page is gone');
  return { ...page, classic: { ...page.classic, panels: (page.classic.panels ?? []).slice(0, 7) } };
}

const rulesOf = async (company: CheckedWarehouse): Promise<string[]> => {
  const { findings } = await checkDashboards([firstPanels()], company, settings);
  return [...new Set(findings.map(({ rule }) => rule))].sort();
};

/** The company as it would be if every statement were asked, or answered, otherwise. */
function changed(
  company: CheckedWarehouse,
  {
    sql = (text) => text,
    row = (each) => each,
  }: { sql?: (text: string) => string; row?: (each: Row) => Row },
): CheckedWarehouse {
  return { ...company, run: async (text) => (await company.run(sql(text))).map(row) };
}
type Row = Readonly<Record<string, unknown>>;

const words: Record<string, string> = {
  'no-clear-change': 'no clear change',
  'too-few': 'too few to tell',
  'not-tested': 'not tested',
};

/** Changes by service as a panel tells them, and as the report does: of a median, a share, a count and what stands. */
async function changesOf({
  run,
  warehouse,
  whole,
}: CheckedWarehouse): Promise<{ panel: unknown[]; report: unknown[] }> {
  // The last three years against the three before.
  const range = { from: whole.to - 3 * 365 * 86_400_000, to: whole.to };
  const variables = { percentile: { value: 'p50' }, benchmark_year: { value: '2024' } };
  const [panel, report]: [unknown[], unknown[]] = [[], []];
  for (const metric of ['change_lead_time', 'change_fail_rate', 'deployment_frequency', 'work_in_progress']) {
    const question = { shape: 'parts', metric, groupBy: 'service', limit: 100 } as const;
    const { sql } = compilePanel(question, { timeZone: 'UTC', variables: {} });
    const shown = await run(expandQuery(sql, { range, variables, intervalMs: 1 }));
    panel.push(...shown.map(({ service, verdict }) => `${metric} ${String(service)}: ${String(verdict)}`));
    const period = { since: range.from, until: range.to, grain: 'whole', timeZone: 'UTC' } as const;
    for (const { group, verdict } of await comparePeriods(warehouse, {
      metric,
      period,
      groupBy: ['service'],
    })) {
      report.push(`${metric} ${String(group['service'])}: ${words[verdict] ?? verdict}`);
    }
  }
  return { panel: panel.sort(), report: report.sort() };
}

// One company for all: making it takes longer than asking it.
describe('bellwether dashboards check', () => {
  it('finds nothing in what we ship, and what was broken on purpose', async () => {
    const outcomes = await withCheckedCompany(
      'UTC',
      { signal: new AbortController().signal },
      async (company) => {
        const whole = await checkDashboards([firstPanels()], company, settings);
        const known = company.known.map((each) => ({ ...each, expected: each.expected + 1 }));
        return {
          whole,
          changes: await changesOf(company),
          columnGone: await rulesOf(
            changed(company, {
              sql: (text) =>
                text.replaceAll(
                  'metrics.change_lead_time',
                  '(SELECT * EXCEPT value, value AS hours FROM metrics.change_lead_time)',
                ),
            }),
          ),
          resultRenamed: await rulesOf(
            changed(company, { row: ({ coverage, ...others }) => ({ ...others, covered: coverage }) }),
          ),
          numberOff: await rulesOf(
            changed(company, {
              row: ({ value, ...others }) => ({
                ...others,
                value: typeof value === 'number' ? value * 1.001 : value,
              }),
            }),
          ),
          truthOff: await rulesOf({ ...company, known }),
          forbidden: await rulesOf(
            changed(company, {
              sql: (text) => text.replaceAll('metrics.deployment_frequency', 'facts.changes'),
            }),
          ),
        };
      },
    );
    expect(outcomes.whole.findings).toEqual([]);
    expect(outcomes.whole.numbers).toBeGreaterThan(100);
    expect(outcomes.changes.panel).toEqual(outcomes.changes.report);
    expect(outcomes.changes.report.join('\n')).toMatch(/better|worse/);
    expect(outcomes.columnGone).toEqual(['query-runs']);
    expect(outcomes.resultRenamed).toEqual(['query-columns']);
    expect(outcomes.numberOff).toEqual(['number-agrees']);
    expect(outcomes.truthOff).toEqual(['number-known']);
    expect(outcomes.forbidden).toContain('query-runs');
  }, 120_000);
});
