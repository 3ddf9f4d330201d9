import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Who holds an embedded folder, as far as it can be known. */
export interface FolderOwner {
  pid: number;
  /** `bellwether serve`, never its arguments. */
  command?: string;
  /** ISO 8601. */
  since?: string;
}

interface OwnerFile extends FolderOwner {
  /** When the process began, in clock ticks since the machine did: tells it from a later one with the same number. */
  startedTicks?: string | undefined;
}

/**
 * The lock itself is the engine's. This file beside the data only says whose it is, so that a second process can name
 * the first, and need not start the engine to be told no.
 */
export function writeOwner(folder: string, now: number): void {
  const owner: OwnerFile = {
    pid: process.pid,
    command: commandName(),
    since: new Date(now).toISOString(),
    startedTicks: startedTicks(process.pid),
  };
  try {
    writeFileSync(ownerFile(folder), `${JSON.stringify(owner)}\n`);
  } catch {
    // Only a courtesy to others; a full disk is reported where data are written.
  }
}

export function removeOwner(folder: string): void {
  if (readOwnerFile(folder)?.pid === process.pid) rmSync(ownerFile(folder), { force: true });
}

/** The process that surely holds the folder now. Undefined: nobody, or nobody that can be seen from here. */
export function livingOwner(folder: string): FolderOwner | undefined {
  const owner = readOwnerFile(folder);
  if (!owner || owner.pid === process.pid || owner.startedTicks === undefined) return undefined;
  return startedTicks(owner.pid) === owner.startedTicks ? owner : undefined;
}

/** The last process that wrote down that it held the folder, alive or not: the engine's own note, else ours. */
export function lastOwner(folder: string): FolderOwner | undefined {
  const status = /^PID: (\d+)/m.exec(readOr(join(folder, 'status'), ''))?.[1];
  const owner = readOwnerFile(folder);
  if (status === undefined || Number(status) === owner?.pid) return owner;
  return { pid: Number(status) };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ownerFile(folder: string): string {
  return join(folder, 'owner.json');
}

function readOwnerFile(folder: string): OwnerFile | undefined {
  try {
    const owner = JSON.parse(readFileSync(ownerFile(folder), 'utf8')) as OwnerFile;
    return Number.isSafeInteger(owner.pid) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** What this process is. The second word only where it is a command's name: arguments can hold anything. */
export function commandName([, script = '', word = '']: readonly string[] = process.argv): string {
  return /^[a-z][a-z-]{1,20}$/.test(word) ? `bellwether ${word}` : basename(script) || 'another program';
}

/** Linux only; elsewhere the engine's lock answers alone. */
export function startedTicks(pid: number): string | undefined {
  // The name of the program stands in brackets and may hold blanks; 20 fields after it comes the start time.
  const fields = readOr(`/proc/${String(pid)}/stat`, '')
    .split(') ')
    .at(-1)
    ?.split(' ');
  return fields?.[19];
}

function readOr(path: string, fallback: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return fallback;
  }
}
