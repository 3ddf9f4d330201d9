import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BellwetherError } from '@bellwether/core';

/**
 * Makes named pipes, through which the engine hands over results: `INTO OUTFILE` on a thread of its own, one document
 * of whatever format, with back-pressure. chDB's own stream analyses a query, subqueries included, on the main thread,
 * and makes each piece a document of its own.
 *
 * @throws BellwetherError `pipes-unavailable`
 */
export async function makePipes(folder: string, count: number): Promise<string[]> {
  const paths = Array.from({ length: count }, (_, at) => join(folder, `result-${String(at)}`));
  try {
    // Node has no call for it.
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
  } catch (cause) {
    throw new BellwetherError({
      code: 'pipes-unavailable',
      message: `Named pipes cannot be made in ${folder}.`,
      retry: 'no',
      next: 'Put the data folder on a local disk, and see that the command mkfifo is installed: mkfifo --version',
      cause,
    });
  }
  return paths;
}
