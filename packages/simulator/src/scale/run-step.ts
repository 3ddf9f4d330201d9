import { readFile } from 'node:fs/promises';
import type { Warehouse } from '@bellwether/warehouse';
import { pushShare, type ScaleSize } from './size.ts';

/** What a step may ask for. A row belongs to it when it changed after `since` and not after `until`, in ms. */
export interface StepValues {
  readonly seed: number;
  readonly size: ScaleSize;
  readonly since: number;
  readonly until: number;
}

/** Made before anything is loaded, in this order: everything that will ever happen. */
export const planSteps = [
  'plan-drafts',
  'plan-landings',
  'plan-changes',
  'plan-releases',
  'plan-attempts',
] as const;

/** What a look at the plan puts into the warehouse. The marks come last: they follow from what was loaded. */
export const loadSteps = [
  { step: 'load-roots', table: 'domain.commits' },
  { step: 'load-commits', table: 'domain.commits' },
  { step: 'load-landings', table: 'domain.commits' },
  { step: 'load-pull-requests', table: 'domain.pull_requests' },
  { step: 'load-pull-request-events', table: 'domain.pull_request_events' },
  { step: 'load-review-requests', table: 'domain.review_requests' },
  { step: 'load-reviews', table: 'domain.reviews' },
  { step: 'load-deployments', table: 'domain.deployments' },
  { step: 'load-incidents', table: 'domain.incidents' },
  { step: 'load-builds', table: 'domain.builds' },
  { step: 'load-build-jobs', table: 'domain.build_jobs' },
  { step: 'load-repositories', table: 'domain.repositories' },
  { step: 'load-marks', table: 'ops.derivations' },
] as const;

/** Few large parts: a small one for each block would be merged for minutes afterwards. */
const SETTINGS = [
  'max_threads = 2',
  'max_insert_threads = 1',
  'min_insert_block_size_rows = 2000000',
  'min_insert_block_size_bytes = 1000000000',
].join(', ');

/** Runs one file of `sql/`: SQL stays SQL, and its values are bound. */
export async function runStep(warehouse: Warehouse, step: string, values: StepValues): Promise<void> {
  // SQL files stay in src/; this path holds from src/ and from dist/ alike.
  const file = new URL(`../../src/scale/sql/${step}.sql`, import.meta.url);
  const sql = await readFile(file, 'utf8');
  const known: Record<string, number> = {
    seed: values.seed,
    since: values.since,
    until: values.until,
    engineers: values.size.engineers,
    bots: values.size.bots,
    push_share: pushShare,
  };
  const used = Object.entries(known).filter(([name]) => sql.includes(`{${name}:`));
  await warehouse.command(`${sql.trimEnd()}\nSETTINGS ${SETTINGS}`, Object.fromEntries(used));
}
