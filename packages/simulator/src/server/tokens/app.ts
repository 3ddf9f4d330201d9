import { createPublicKey, verify } from 'node:crypto';
import type { Permissions } from './token.ts';

/** A GitHub App that may ask for installation tokens. */
export interface App {
  readonly id: number;
  readonly clientId?: string;
  readonly slug: string;
  /** PEM; the App signs with the private half. */
  readonly publicKey: string;
  readonly installations: readonly Installation[];
}

export interface Installation {
  readonly id: number;
  readonly permissions: Permissions;
  /** Names of repositories; left out: all. */
  readonly repositories?: readonly string[];
  readonly isSuspended?: boolean;
}

const LONGEST_LIFE_SECONDS = 600;

/** GitHub allows that much between its clock and the App's. */
const GRACE_SECONDS = 60;

/** Null when the JSON Web Token proves that the App sent it; otherwise what GitHub answers, in its words. */
export function refuseJwt(app: App, token: string, now: number): string | null {
  const [header, payload, signature] = token.split('.');
  const claims = readJson(payload);
  if (header === undefined || payload === undefined || signature === undefined || claims === null) {
    return 'A JSON web token could not be decoded';
  }
  const isSigned =
    readJson(header)?.['alg'] === 'RS256' &&
    verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      createPublicKey(app.publicKey),
      Buffer.from(signature, 'base64url'),
    );
  if (!isSigned) return 'A JSON web token could not be decoded';
  const { iss, iat, exp } = claims;
  if (String(iss) !== String(app.id) && iss !== app.clientId) {
    return "'Issuer' claim ('iss') must be an Integer or the client ID of the App";
  }
  return refuseTimes(iat, exp, now / 1000);
}

function refuseTimes(iat: unknown, exp: unknown, now: number): string | null {
  if (typeof exp !== 'number' || exp <= now) {
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  }
  if (exp > now + LONGEST_LIFE_SECONDS + GRACE_SECONDS) {
    return "'Expiration time' claim ('exp') is too far in the future";
  }
  if (typeof iat !== 'number' || iat > now + GRACE_SECONDS) {
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  }
  return null;
}

function readJson(part: string | undefined): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
