import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { migrate, openWarehouse, type Warehouse } from '@bellwether/warehouse';
import { makePlan } from './plan.ts';
import { loadSteps, runStep, type StepValues } from './run-step.ts';
import { firstLook, planEnd, scaleSize } from './size.ts';

export interface OrganisationOptions {
  /** 1 is 2 million pull requests; 0.1 serves everyday runs, 0.001 tests. */
  factor: number;
  seed: number;
  /** The organisation gets a folder of its own in here, by size and seed. */
  root: string;
  /** Until when it is seen at first, ms since 1970; by default ten years. */
  until?: number;
  /** Told after each step. */
  onStep?: (done: StepReport) => void;
}

/** What one step took. */
export interface StepReport {
  step: string;
  rows: number;
  seconds: number;
}

/** An organisation on the disk. */
export interface StoredOrganisation {
  /** Of the warehouse. */
  folder: string;
  factor: number;
  seed: number;
  /** Until when it was seen: ms since 1970. */
  until: number;
  /** What building it took; empty where it was there already. */
  steps: readonly StepReport[];
}

/** Raise when the same seed gives another organisation. */
const EDITION = 1;

const DAY = 86_400_000;

/**
 * An organisation of that size, built unless the folder holds one. The manifest is written last: what has none was cut
 * short, and is built anew.
 *
 * @throws Error where the folder holds something else
 */
export async function buildOrganisation(options: OrganisationOptions): Promise<StoredOrganisation> {
  const { factor, seed, onStep, until = firstLook } = options;
  const home = join(resolve(options.root), `organisation-${String(factor)}-seed-${String(seed)}`);
  const stored = await readManifest(home);
  if (stored !== null) return stored;
  await clear(home);
  const folder = join(home, 'warehouse');
  const steps: StepReport[] = [];
  const values = { seed, size: scaleSize(factor), since: -1, until };
  const note = (step: StepReport): void => {
    steps.push(step);
    onStep?.(step);
  };
  const warehouse = await openWarehouse({ path: folder });
  try {
    await migrate(warehouse);
    const started = performance.now();
    await makePlan(warehouse, values);
    note({ step: 'plan', rows: 0, seconds: (performance.now() - started) / 1000 });
    await load(warehouse, values, note);
  } finally {
    await warehouse.close();
  }
  return writeManifest(home, { folder, factor, seed, until, steps });
}

/**
 * Goes on one day: loads what is new or different since the organisation was last seen, and marks its repositories.
 * Cut short and run again it loads the same rows.
 *
 * @throws RangeError at the end of what was planned, two months after the first look
 */
export async function appendDay(
  warehouse: Warehouse,
  organisation: StoredOrganisation,
  onStep?: (done: StepReport) => void,
): Promise<StoredOrganisation> {
  const { folder, factor, seed, until: since } = organisation;
  const until = since + DAY;
  if (until > planEnd) throw new RangeError('nothing is planned for the next day');
  const steps: StepReport[] = [];
  await load(warehouse, { seed, size: scaleSize(factor), since, until }, (step) => {
    steps.push(step);
    onStep?.(step);
  });
  return writeManifest(dirname(folder), { folder, factor, seed, until, steps });
}

async function load(
  warehouse: Warehouse,
  values: StepValues,
  note: (step: StepReport) => void,
): Promise<void> {
  for (const { step, table } of loadSteps) {
    const before = await countRows(warehouse, table);
    const started = performance.now();
    await runStep(warehouse, step, values);
    const seconds = (performance.now() - started) / 1000;
    note({ step, rows: (await countRows(warehouse, table)) - before, seconds });
  }
}

/** Stored rows, not those that FINAL would give: what was written is what is measured. */
async function countRows(warehouse: Warehouse, table: string): Promise<number> {
  const [row] = await warehouse.query<{ rows: number }>(
    "SELECT sum(rows) AS rows FROM system.parts WHERE active AND concat(database, '.', table) = {table:String}",
    { table },
  );
  return row?.rows ?? 0;
}

const MANIFEST = 'organisation.json';

/** Says that the folder is ours to remove. */
const UNFINISHED = 'unfinished';

async function readManifest(home: string): Promise<StoredOrganisation | null> {
  const file = join(home, MANIFEST);
  if (!existsSync(file)) return null;
  const { edition, ...stored } = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  // Of another edition: as good as none.
  return edition === EDITION ? { ...stored, folder: join(home, 'warehouse'), steps: [] } : null;
}

interface Manifest {
  edition: number;
  factor: number;
  seed: number;
  until: number;
}

async function writeManifest(home: string, organisation: StoredOrganisation): Promise<StoredOrganisation> {
  const { factor, seed, until } = organisation;
  const manifest: Manifest = { edition: EDITION, factor, seed, until };
  await writeFile(join(home, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  await rm(join(home, UNFINISHED), { force: true });
  return organisation;
}

/** @throws Error rather than remove what was not made here */
async function clear(home: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const names = await readdir(home);
  if (names.length > 0 && !names.includes(UNFINISHED) && !names.includes(MANIFEST)) {
    throw new Error(
      `${home} holds something else than an organisation: move it away, or choose another folder`,
    );
  }
  await rm(join(home, 'warehouse'), { recursive: true, force: true });
  await rm(join(home, MANIFEST), { force: true });
  await writeFile(join(home, UNFINISHED), '');
}
