import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ROLES, type Role } from '@bellwether/core';

/** Answers `GET ?nonce=…` of anybody: proves that it knows the key, and tells nothing else. */
export const IDENTITY_PATH = '/bellwether/identity';
/** Held open by whoever writes; see `take-lease.ts`. */
export const LEASE_PATH = '/bellwether/lease';
/** Makes a backup: POST with a `BackupRequest`. */
export const BACKUP_PATH = '/bellwether/backup';
/** On each request of a command that holds the lease. */
export const LEASE_HEADER = 'x-bellwether-lease';

const NONCE = /^[0-9a-f]{32,128}$/;

export function newNonce(): string {
  return randomBytes(32).toString('hex');
}

/**
 * What a server answers to a nonce: a listener that took the port of a dead server cannot, and so never gets to see
 * the key or a row.
 *
 * @returns undefined where the nonce is none
 */
export function proveIdentity(key: string, nonce: string): string | undefined {
  if (!NONCE.test(nonce)) return undefined;
  return createHmac('sha256', key).update(`bellwether:endpoint:${nonce}`).digest('hex');
}

export function isProof(key: string, nonce: string, proof: string): boolean {
  const expected = Buffer.from(proveIdentity(key, nonce) ?? '');
  const given = Buffer.from(proof);
  return expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given);
}

/** The name under which a command of this account asks, with the key as its password. None can be configured so. */
export function endpointUser(role: Role): string {
  return `@${role}`;
}

/** The role of such a name; undefined: it is a configured user's name, or nobody's. */
export function roleOfEndpointUser(name: string): Role | undefined {
  return ROLES.find((role) => endpointUser(role) === name);
}
