import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { BellwetherError } from '@bellwether/core';
import { migrate } from '../../src/migrate.ts';
import { openWarehouse } from '../../src/open-warehouse.ts';
import { commits } from '../../src/tables/index.ts';
import { commitRow } from '../rows.ts';

/** Stores what cannot be compressed until there is no space; on a line from outside it tries once more. */
const [path = '', limit = ''] = process.argv.slice(2);
const warehouse = await openWarehouse({ path });
await migrate(warehouse);
let count = 0;

async function store(rows: number): Promise<void> {
  const batch = Array.from({ length: rows }, (_, at) =>
    commitRow({ sha: String(count + at), subject: randomBytes(150).toString('base64') }),
  );
  await warehouse.insert(commits, batch);
  count += rows;
  process.stdout.write(`stored ${String(count)}\n`);
}

try {
  // Larger and larger, because a limit on single files is only met by a large part.
  for (let rows = 1_000; ; rows *= 2) await store(Math.min(rows, Number(limit)));
} catch (error) {
  const code = error instanceof BellwetherError ? error.code : String(error);
  process.stdout.write(`failed ${code}\n`);
}
createInterface({ input: process.stdin }).once('line', () => {
  void store(100)
    .catch((error: unknown) => process.stdout.write(`again ${String(error)}\n`))
    .then(() => warehouse.close())
    .then(() => process.exit(0));
});
