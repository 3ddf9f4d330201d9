import { migrate } from '../../src/migrate.ts';
import { openWarehouse } from '../../src/open-warehouse.ts';
import { commitDeployments, commits } from '../../src/tables/index.ts';
import { createWriter } from '../../src/writer.ts';
import { commitDeploymentRow, commitRow } from '../rows.ts';

/**
 * Stores without end until it is killed: batches of commits, `BATCH` of them from the number given, and one scope of
 * facts that it replaces as a whole. Says after each acknowledgement what is stored.
 */
const BATCH = 3_000;
const [path = '', from = '0'] = process.argv.slice(2);
const warehouse = await openWarehouse({ path });
await migrate(warehouse);
const writer = createWriter(warehouse, { maxRows: 1_000 });
for (let batch = Number(from); ; batch++) {
  for (let at = batch * BATCH; at < (batch + 1) * BATCH; at += 500) {
    const rows = Array.from({ length: 500 }, (_, row) =>
      commitRow({ sha: String(at + row), subject: 'x'.repeat(100) }),
    );
    await writer.write(commits, rows);
  }
  await writer.flush();
  process.stdout.write(`stored ${String(batch + 1)}\n`);
  const facts = Array.from({ length: 2_000 }, (_, row) =>
    commitDeploymentRow({ sha: String(row), deployment_id: String(batch + 1) }),
  );
  await warehouse.replaceByDifference(commitDeployments, { repo: 'local/example' }, facts);
  process.stdout.write(`derived ${String(batch + 1)}\n`);
}
