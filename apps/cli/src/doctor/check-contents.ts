import { collectorRuns, repositories, truncations, type Warehouse } from '@bellwether/warehouse';
import { formatAmount, formatCount } from '../terminal/format.ts';
import { type Check, ok, warning } from './check.ts';

/**
 * What is in the warehouse, how old it is, and what is not in it.
 *
 * @param collectCommand what fills an empty one
 */
export async function checkContents(
  warehouse: Warehouse,
  now: number,
  collectCommand: string,
): Promise<Check[]> {
  const known = await warehouse.readRows(repositories, ['repo', 'is_shallow', 'is_gone', 'is_archived']);
  if (known.length === 0) {
    return [warning('Data', 'nothing has been collected', collectCommand)];
  }
  const gone = known.filter(({ is_gone }) => is_gone).length;
  const archived = known.filter(({ is_archived }) => is_archived).length;
  const notes = [
    ...(archived === 0 ? [] : [`${formatCount(archived)} archived`]),
    ...(gone === 0 ? [] : [`${formatCount(gone)} gone at the source`]),
  ];
  const found = `${formatAmount(known.length, 'repository', 'repositories')}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
  return [
    ok('Data', found),
    ...(await checkFreshness(warehouse, now)),
    ...shallowHistory(known.filter(({ is_shallow }) => is_shallow).map(({ repo }) => repo)),
    ...(await checkGaps(warehouse)),
  ];
}

/** By source: when it was last read, and whether each of its targets ended well the last time. */
async function checkFreshness(warehouse: Warehouse, now: number): Promise<Check[]> {
  const runs = await warehouse.readRows(collectorRuns, [
    'source',
    'target',
    'status',
    'started_at',
    'finished_at',
  ]);
  const sources = [...new Set(runs.map(({ source }) => source))].sort();
  return sources.map((source) => {
    const latest = new Map<string, (typeof runs)[number]>();
    for (const run of runs.filter((each) => each.source === source)) {
      const other = latest.get(run.target);
      if (other === undefined || run.started_at > other.started_at) latest.set(run.target, run);
    }
    const newest = Math.max(...[...latest.values()].map(({ started_at }) => started_at));
    const bad = [...latest.values()].filter(({ status }) => status !== 'ok');
    const name = `Data of ${source}`;
    const age = `last read ${ageText(now - newest)} ago`;
    if (bad.length === 0) return ok(name, age);
    const statuses = [...new Set(bad.map(({ status }) => status))].sort().join(', ');
    return warning(
      name,
      `${age}; ${formatAmount(bad.length, 'target', 'targets')} did not end well (${statuses})`,
      source === 'import'
        ? 'Import the file again.'
        : `bellwether collect --source ${source.split('-')[0] ?? source}`,
    );
  });
}

function shallowHistory(repos: readonly string[]): Check[] {
  if (repos.length === 0) return [];
  return [
    warning(
      'History',
      `cut short in ${repos.join(', ')}`,
      'git fetch --unshallow in the clone, then collect',
    ),
  ];
}

/** What could not be read in full, summed up by stream and reason. */
async function checkGaps(warehouse: Warehouse): Promise<Check[]> {
  const cut = await warehouse.readRows(truncations, ['source', 'stream', 'reason']);
  if (cut.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { source, stream, reason } of cut) {
    const kind = `${source} ${stream}: ${reason}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => `${kind} (${formatCount(count)})`);
  return [
    warning(
      'Gaps',
      `${formatAmount(cut.length, 'thing', 'things')} could not be read in full: ${kinds.join('; ')}`,
      'bellwether report names them; SELECT * FROM ops.truncations FINAL has all',
    ),
  ];
}

function ageText(ms: number): string {
  const hours = Math.max(0, ms) / 3_600_000;
  return hours < 1
    ? 'less than an hour'
    : hours < 48
      ? `${hours.toFixed(0)} h`
      : `${(hours / 24).toFixed(0)} d`;
}
