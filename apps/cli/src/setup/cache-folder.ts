import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Terminal } from '../terminal/terminal.ts';

/** Where things go that can be made again. */
export function cacheRoot({ env }: Pick<Terminal, 'env'>): string {
  // Empty means unset, by the rules of XDG; and an account may have no home.
  const cache =
    [env['XDG_CACHE_HOME'], homedir() && join(homedir(), '.cache'), tmpdir()].find(Boolean) ?? tmpdir();
  return join(cache, 'bellwether');
}
