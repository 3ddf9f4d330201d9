import { migrate } from '../../src/migrate.ts';
import { openWarehouse } from '../../src/open-warehouse.ts';

/** Migrates, slowly enough to be killed in the middle, and says after each statement how far it is. */
const [path = '', folder = ''] = process.argv.slice(2);
const warehouse = await openWarehouse({ path });
let count = 0;
const slow: typeof warehouse = Object.create(warehouse, {
  command: {
    value: async (sql: string) => {
      await warehouse.command(sql);
      process.stdout.write(`ran ${String(++count)}\n`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  },
  query: { value: warehouse.query.bind(warehouse) },
  readRows: { value: warehouse.readRows.bind(warehouse) },
  insert: { value: warehouse.insert.bind(warehouse) },
  remove: { value: warehouse.remove.bind(warehouse) },
}) as typeof warehouse;
await migrate(slow, { folder: new URL(folder) });
process.stdout.write('migrated\n');
await warehouse.close();
