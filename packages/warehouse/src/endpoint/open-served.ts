import { BellwetherError } from '@bellwether/core';
import type { Limits } from '../engine.ts';
import { awaitEndpoint } from './find-endpoint.ts';
import { ServedEngine } from './served-engine.ts';
import type { LeaseOptions } from './take-lease.ts';

/**
 * The folder through the server that has it open; undefined: none has, and the folder can be opened here.
 *
 * @param folder absolute
 * @throws BellwetherError `server-silent`, `warehouse-locked`, `server-ended`
 */
export async function openServed(
  folder: string,
  options: { readOnly?: Limits | undefined; lease?: LeaseOptions | undefined },
): Promise<ServedEngine | undefined> {
  const found = await awaitEndpoint(folder);
  if (found.kind === 'alive') return ServedEngine.open(found.endpoint, { folder, ...options });
  if (found.kind === 'silent') throw silentError(folder, found.pid);
  return undefined;
}

function silentError(folder: string, pid: number): BellwetherError {
  return new BellwetherError({
    code: 'server-silent',
    message: `Process ${String(pid)} (bellwether serve) has the warehouse in ${folder} open, but does not answer.`,
    retry: 'later',
    next: `Look at its log; if it hangs, stop it (kill ${String(pid)}) and run the same command again.`,
  });
}
