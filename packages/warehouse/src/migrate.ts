import { readdir, readFile } from 'node:fs/promises';
import { splitStatements } from './sql-statements.ts';
import type { Warehouse } from './warehouse.ts';

const folder = new URL('../migrations/', import.meta.url);

/** v1 */
export async function migrate(
  warehouse: Warehouse,
  options: { views?: readonly { name: string; sql: string }[] } = {},
): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  for (const name of names) {
    const text = (await readFile(new URL(name, folder), 'utf8'))
      .replaceAll('{{on_cluster}}', '')
      .replaceAll('{{replacing}}', 'ReplacingMergeTree(_version, _deleted)');
    for (const statement of splitStatements(text)) await warehouse.command(statement);
  }
  for (const view of options.views ?? []) await warehouse.command(view.sql);
}
