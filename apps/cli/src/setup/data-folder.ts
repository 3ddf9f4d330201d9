import { usageError } from '@bellwether/core';
import { loadConfig } from './config-file.ts';
import { warehouseTarget } from './warehouse-target.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * The folder of the embedded warehouse, for what only makes sense for one.
 *
 * @param verb what is to be done with it
 * @throws BellwetherError `server-backup` where the configuration names a ClickHouse server
 */
export function embeddedFolder(
  terminal: Terminal,
  options: { config?: string; data?: string },
  verb: 'backed up' | 'restored',
): string {
  const loaded = loadConfig(terminal.cwd, options.config);
  const target = warehouseTarget(loaded, options.data, terminal.env, terminal.cwd);
  if ('path' in target) return target.path;
  throw usageError(
    'server-backup',
    `A ClickHouse server is ${verb} by its own administrator: it knows its disks, replicas and keys.`,
    "On the server: BACKUP DATABASE raw, DATABASE domain, DATABASE facts, DATABASE metrics, DATABASE ops, DATABASE private TO S3('https://<bucket>…/<path>')",
  );
}
