import { createHash } from 'node:crypto';
import { derivations, type Warehouse } from '@bellwether/warehouse';
import type { DeriveRules } from '../compute/facts.ts';
import type { SharedDomain } from '../shared-domain.ts';
import { workingCalendars } from '../working-time/index.ts';
import type { Written } from '../write-facts.ts';
import { writeCompanyFindings } from './company-findings.ts';
import { homelessIncidents, writeHomelessIncidents } from './homeless-incidents.ts';
import { writeReviewLoad } from './review-load.ts';

/** No repository has this name; the mark of the company stands beside theirs. */
const COMPANY = { repo: '', side: 'company' } as const;

/**
 * What is computed across repositories, after all of them: does nothing where neither the facts of any repository nor
 * anything about teams and people changed since. Its mark is set last.
 */
export async function deriveCompany(
  warehouse: Warehouse,
  shared: SharedDomain,
  rules: DeriveRules,
): Promise<Written> {
  const mark = await companyMark(warehouse, shared);
  const [stored] = await warehouse.readRows(derivations, ['mark'], {
    sql: 'repo = {repo:String} AND side = {side:String}',
    params: COMPANY,
  });
  if (stored?.mark === mark) return { written: 0, removed: 0 };
  const homeless = homelessIncidents(shared, workingCalendars(rules.businessHours));
  const done = [
    await writeReviewLoad(warehouse, shared.directory, rules),
    await writeHomelessIncidents(warehouse, homeless.incidents),
    await writeCompanyFindings(warehouse, shared, homeless.findings),
  ];
  await warehouse.insert(derivations, [{ ...COMPANY, mark }]);
  return {
    written: done.reduce((sum, { written }) => sum + written, 0),
    removed: done.reduce((sum, { removed }) => sum + removed, 0),
  };
}

/** Of everything that the company's facts are computed from: facts of repositories change with their marks. */
async function companyMark(
  warehouse: Warehouse,
  { memberships, teams, settings, incidentsOf }: SharedDomain,
): Promise<string> {
  const marks = await warehouse.readRows(derivations, ['repo', 'mark'], { sql: "side = 'facts'" });
  const zones = await warehouse.query(
    'SELECT time_zone, count() FROM domain.people FINAL GROUP BY 1 ORDER BY 1',
  );
  const hash = createHash('sha256');
  for (const rows of [marks, memberships, teams, settings, zones, incidentsOf('')]) {
    const texts = rows.map((row) => JSON.stringify(row)).sort();
    hash.update(JSON.stringify(texts));
  }
  return hash.digest('hex').slice(0, 16);
}
