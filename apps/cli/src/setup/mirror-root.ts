import { basename, dirname, join } from 'node:path';
import type { WarehouseTarget } from '@bellwether/warehouse';
import type { Terminal } from '../terminal/terminal.ts';
import { cacheRoot } from './cache-folder.ts';

/**
 * Where mirrors of repositories stand: beside the embedded data (`.bellwether/data` → `.bellwether/mirrors`), so that
 * deleting one folder is enough; for a server in the cache of this machine. They hold no file contents, and losing them
 * costs nothing but fetching them again.
 */
export function mirrorRoot(target: WarehouseTarget, terminal: Pick<Terminal, 'env'>): string {
  if (!('path' in target)) return join(cacheRoot(terminal), 'mirrors');
  // A folder of another name may have neighbours that are no business of ours.
  return basename(target.path) === 'data' ? join(dirname(target.path), 'mirrors') : `${target.path}-mirrors`;
}
