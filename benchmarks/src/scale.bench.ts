import { loadavg } from 'node:os';
import { metricViews, metrics } from '@bellwether/metrics';
import { appendDay, buildOrganisation, type StoredOrganisation } from '@bellwether/simulator';
import { migrate, openWarehouse, type Warehouse } from '@bellwether/warehouse';
import { runChecks } from './scale/checks.ts';
import { derive } from './scale/derive.ts';
import { measureQuery, measureScan } from './scale/measure-query.ts';
import type { ScaleOptions } from './scale/options.ts';
import { questionsTo } from './scale/questions.ts';
import { checkLines, deriveLines, loadingLines, queryHeader, queryLine } from './scale/tables.ts';

/** Limits in seconds hold for the whole company; a part of it is shown beside the part of the limit. */
const limits = { deriveAll: 15 * 60, deriveDay: 30 };

const SEED = 1;

/**
 * An organisation of ten years, written straight into a warehouse: how fast it loads, is derived and answers, and
 * whether figures are what the generator knows. It is built once; later runs find it, derive it anew and append a day.
 */
export async function benchScale(runs: number, options: ScaleOptions): Promise<void> {
  print([`scale: ${String(options.factor)} of the company; load of the machine ${loadavg()[0]!.toFixed(1)}`]);
  let organisation = await buildOrganisation({ factor: options.factor, seed: SEED, root: options.root });
  print(loadingLines(organisation));
  if (!options.keepsFacts) organisation = await deriveTwice(organisation, options.factor);

  const warehouse = await open(organisation);
  try {
    print(['', 'What must hold', ...checkLines(await runChecks(warehouse, organisation))]);
    print(['', `Questions; p95 is the slowest of ${String(runs)} runs`, queryHeader]);
    await askAll(warehouse, organisation, runs, options.metrics);
  } finally {
    await warehouse.close();
  }
}

/** From scratch, and after one more day. */
async function deriveTwice(organisation: StoredOrganisation, factor: number): Promise<StoredOrganisation> {
  const before = await open(organisation);
  try {
    await forgetFacts(before);
  } finally {
    await before.close();
  }
  const all = await derive(organisation.folder);
  print(['', ...deriveLines('Derived from scratch', all, limits.deriveAll * Math.min(1, factor))]);

  const opened = await openWarehouse({ path: organisation.folder });
  let next: StoredOrganisation;
  try {
    next = await appendDay(opened, organisation);
  } finally {
    await opened.close();
  }
  const rows = next.steps.reduce((sum, step) => sum + step.rows, 0);
  const day = await derive(next.folder);
  print([
    '',
    ...deriveLines(`One more day, ${rows.toLocaleString('en')} rows; derived`, day, limits.deriveDay),
  ]);
  return next;
}

/** Opened with tables and views as they are now. */
async function open({ folder }: StoredOrganisation): Promise<Warehouse> {
  const warehouse = await openWarehouse({ path: folder });
  await migrate(warehouse, { views: metricViews() });
  return warehouse;
}

async function forgetFacts(warehouse: Warehouse): Promise<void> {
  const tables = await warehouse.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = 'facts'",
  );
  for (const { name } of tables) await warehouse.command(`TRUNCATE TABLE facts.${name}`);
  await warehouse.command("DELETE FROM ops.derivations WHERE side != 'domain'");
}

async function askAll(
  warehouse: Warehouse,
  organisation: StoredOrganisation,
  runs: number,
  only: readonly string[],
): Promise<void> {
  const team = await busiestTeam(warehouse);
  for (const metric of metrics.filter(({ id }) => only.length === 0 || only.includes(id))) {
    const scan = await measureScan(warehouse, metric, runs);
    for (const { name, limitMs, query } of questionsTo(metric, organisation, team)) {
      const figures = await measureQuery(warehouse, query, runs);
      print([queryLine({ metric: metric.id, question: name, limitMs, scan, ...figures })]);
    }
  }
}

async function busiestTeam(warehouse: Warehouse): Promise<string> {
  const [row] = await warehouse.query<{ team: string }>(
    "SELECT team FROM facts.changes FINAL WHERE team NOT IN ('', '(withheld)') GROUP BY team ORDER BY count() DESC, team LIMIT 1",
  );
  if (row === undefined) throw new Error('no change has a team: nothing was derived');
  return row.team;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
