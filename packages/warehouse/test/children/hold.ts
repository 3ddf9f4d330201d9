import { createInterface } from 'node:readline';
import { openWarehouse } from '../../src/open-warehouse.ts';

/** Holds a folder until it is told to let go. */
const [path = ''] = process.argv.slice(2);
const warehouse = await openWarehouse({ path });
process.stdout.write('held\n');
createInterface({ input: process.stdin }).once('line', () => {
  void warehouse.close().then(() => process.exit(0));
});
