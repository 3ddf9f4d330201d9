import { z } from 'zod';
import { isAlive, livingOwner, startedTicks } from '../folder-owner.ts';
import { type EndpointFile, readEndpoint } from './endpoint-file.ts';
import { IDENTITY_PATH, isProof, newNonce } from './endpoint-proof.ts';
import { loopbackRequest, shortText } from './loopback-request.ts';

/** A server of this account that answers. */
export type Endpoint = Pick<EndpointFile, 'url' | 'key' | 'pid' | 'since'>;

export type FoundEndpoint =
  | { kind: 'none' }
  /**
   * Left behind, somebody else's, or not to be trusted: as if it were not there. `reason` ends a sentence. `isPassing`:
   * a server that is just starting will put another file in its place.
   */
  | { kind: 'ignored'; reason: string; isPassing: boolean }
  /** The process runs and owns the folder, but does not answer. */
  | { kind: 'silent'; pid: number }
  | { kind: 'alive'; endpoint: Endpoint };

const ANSWER_MS = 5_000;

/** The server that has `folder` open, if one runs. Sends nothing secret before that server has proved who it is. */
export async function findEndpoint(folder: string): Promise<FoundEndpoint> {
  const reading = readEndpoint(folder);
  if (reading.kind === 'none') return reading;
  if (reading.kind === 'ignored') return { ...reading, isPassing: false };
  const { endpoint } = reading;
  // This very process: it has the engine at hand.
  if (endpoint.pid === process.pid) return { kind: 'none' };
  if (!isRunning(endpoint)) return passing('was left behind by a server that is gone');
  try {
    return (await hasProved(endpoint))
      ? { kind: 'alive', endpoint }
      : passing('names an address where another program listens');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ETIMEDOUT') return { kind: 'silent', pid: endpoint.pid };
    return passing('names an address where nothing listens');
  }
}

function passing(reason: string): FoundEndpoint {
  return { kind: 'ignored', reason, isPassing: true };
}

const POLL_MS = 100;
const START_MS = 20_000;

/**
 * As `findEndpoint`, but where a server has the folder and cannot be asked it is given some time: it is just starting,
 * or about to let go.
 */
export async function awaitEndpoint(folder: string): Promise<FoundEndpoint> {
  const until = performance.now() + START_MS;
  for (;;) {
    const found = await findEndpoint(folder);
    if (found.kind === 'alive' || found.kind === 'silent') return found;
    if (found.kind === 'ignored' && !found.isPassing) return found;
    if (livingOwner(folder)?.command !== SERVE || performance.now() > until) return found;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const SERVE = 'bellwether serve';

function isRunning({ pid, startedTicks: ticks }: EndpointFile): boolean {
  return ticks === null ? isAlive(pid) : startedTicks(pid) === ticks;
}

const Identity = z.object({ proof: z.string() });

async function hasProved({ url, key }: EndpointFile): Promise<boolean> {
  const nonce = newNonce();
  const address = new URL(`${IDENTITY_PATH}?nonce=${nonce}`, url);
  const response = await loopbackRequest(address, { method: 'GET' }, ANSWER_MS);
  const text = await shortText(response);
  try {
    const identity = Identity.safeParse(JSON.parse(text));
    return identity.success && isProof(key, nonce, identity.data.proof);
  } catch {
    return false;
  }
}
