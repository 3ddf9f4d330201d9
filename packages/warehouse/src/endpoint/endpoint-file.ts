import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startedTicks } from '../folder-owner.ts';

/** Where a running server says how the other commands of its account reach it. */
export const endpointFile = (folder: string): string => join(folder, 'endpoint.json');

const EndpointFile = z.object({
  /** `http://127.0.0.1:8123` */
  url: z.url({ protocol: /^http$/ }),
  /** Whoever can read this file may do what the files beside it allow anyway: everything. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  pid: z.int().positive(),
  /** Tells the process from a later one with the same number; null where the system does not say. */
  startedTicks: z.string().nullable(),
  /** A folder on a network drive is seen by machines to which the address means nothing. */
  host: z.string(),
  /** ISO 8601. */
  since: z.string(),
});
export type EndpointFile = z.infer<typeof EndpointFile>;

export type EndpointReading =
  | { kind: 'none' }
  /** Nothing that was left behind or put there by others is ever used; `reason` ends a sentence about the file. */
  | { kind: 'ignored'; reason: string }
  | { kind: 'found'; endpoint: EndpointFile };

/** A password for the commands of this account; a new one for every start. */
export function newEndpointKey(): string {
  return randomBytes(32).toString('hex');
}

/**
 * Tells the other commands of this account where this process serves `folder`. Written beside and renamed: nobody
 * reads half of it.
 *
 * @param url address that this machine can reach: `http://127.0.0.1:8123`
 * @param now ms since 1970
 */
export function publishEndpoint(
  folder: string,
  { url, key }: { url: string; key: string },
  now: number,
): void {
  const content: EndpointFile = {
    url,
    key,
    pid: process.pid,
    startedTicks: startedTicks(process.pid) ?? null,
    host: hostname(),
    since: new Date(now).toISOString(),
  };
  const draft = `${endpointFile(folder)}.${String(process.pid)}`;
  rmSync(draft, { force: true });
  try {
    writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(draft, endpointFile(folder));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes back what this process published. To be called before it stops listening. */
export function withdrawEndpoint(folder: string): void {
  const reading = readEndpoint(folder);
  if (reading.kind === 'found' && reading.endpoint.pid === process.pid) {
    rmSync(endpointFile(folder), { force: true });
  }
}

/** What stands there, if this account wrote it and nobody else could have read or changed it. */
export function readEndpoint(folder: string): EndpointReading {
  const file = endpointFile(folder);
  const stat = statOf(file);
  if (!stat) return { kind: 'none' };
  const ignored = (reason: string): EndpointReading => ({ kind: 'ignored', reason });
  if (!stat.isFile()) return ignored('is not a plain file');
  // Windows has neither accounts nor permissions of this kind.
  if (process.getuid && stat.uid !== process.getuid()) return ignored('belongs to another account');
  if (process.getuid && (stat.mode & 0o077) !== 0) {
    return ignored('can be read or written by others (chmod 600 would be right)');
  }
  try {
    const endpoint = EndpointFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (endpoint.host !== hostname()) return ignored('is of another machine or container');
    return { kind: 'found', endpoint };
  } catch (error) {
    // Gone between the two looks: the server has just stopped.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' };
    return ignored('cannot be understood');
  }
}

/** A folder that is none, or cannot be looked into, is explained by whoever opens it. */
function statOf(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
