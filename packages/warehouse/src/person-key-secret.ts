import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BellwetherError, exitCodes, usageError } from '@bellwether/core';
import { diskFull, notWritable } from './engine-errors.ts';
import type { WarehouseTarget } from './open-warehouse.ts';

const VARIABLE = 'BELLWETHER_PERSON_KEY';
const SHORTEST = 16;
const HOW_TO_MAKE_ONE = `export ${VARIABLE}=$(openssl rand -hex 32)   (keep it: with another key the same people look new)`;

/**
 * The secret behind every `person_key`: from the environment, else for an embedded warehouse a generated file
 * `person-key` in its folder, readable by its owner only.
 *
 * Several processes that start at once get the same one. A server is shared by machines, so there it has to come from
 * the environment.
 *
 * @throws BellwetherError `person-key-missing`, `person-key-short`, `person-key-damaged`, `disk-full`,
 *   `warehouse-not-writable`
 */
export function personKeySecret(
  target: WarehouseTarget,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const given = env[VARIABLE];
  if (given !== undefined && given !== '') {
    if (given.length >= SHORTEST) return given;
    throw usageError(
      'person-key-short',
      `${VARIABLE} has fewer than ${SHORTEST} characters.`,
      HOW_TO_MAKE_ONE,
    );
  }
  if ('path' in target) return readOrMake(resolve(target.path));
  throw new BellwetherError({
    code: 'person-key-missing',
    message: `A warehouse on a server needs ${VARIABLE}, so that every machine gives a person the same key.`,
    retry: 'no',
    next: HOW_TO_MAKE_ONE,
    exitCode: exitCodes.auth,
  });
}

function readOrMake(folder: string): string {
  const file = join(folder, 'person-key');
  const secret = read(file) ?? make(folder, file);
  if (/^[0-9a-f]{64}$/.test(secret)) return secret;
  throw new BellwetherError({
    code: 'person-key-damaged',
    message: `${file} does not hold a key of 64 hexadecimal digits.`,
    retry: 'no',
    next: `Restore it from a backup, or set ${VARIABLE}. With another key the same people look new.`,
  });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw notWritable(file, String(error));
  }
}

/**
 * Written under another name first and then linked: `link` refuses a name that is taken, and nobody ever sees a file
 * that is only half written.
 */
function make(folder: string, file: string): string {
  const secret = randomBytes(32).toString('hex');
  const draft = `${file}.${String(process.pid)}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, `${secret}\n`, { mode: 0o600, flag: 'wx' });
    linkSync(draft, file);
    return secret;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return read(file) ?? secret;
    if (code === 'ENOSPC') throw diskFull(folder);
    throw notWritable(folder, String(error));
  } finally {
    rmSync(draft, { force: true });
  }
}
