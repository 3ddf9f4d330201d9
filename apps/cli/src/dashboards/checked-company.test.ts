import {
  buildDashboards,
  type BuiltDashboard,
  type CheckedWarehouse,
  checkDashboards,
  defaultSettings,
} from '@bellwether/dashboards';
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
    expect(outcomes.columnGone).toEqual(['query-runs']);
    expect(outcomes.resultRenamed).toEqual(['query-columns']);
    expect(outcomes.numberOff).toEqual(['number-agrees']);
    expect(outcomes.truthOff).toEqual(['number-known']);
    expect(outcomes.forbidden).toContain('query-runs');
  }, 120_000);
});
