import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A password that cannot be read back: `scrypt:N:r:p:salt:hash`, salt and hash in base64. */
export interface PasswordHash {
  cost: ScryptCost;
  salt: Buffer;
  hash: Buffer;
}

interface ScryptCost {
  N: number;
  r: number;
  p: number;
}

/** What OWASP recommends for 32 MB of memory: about a quarter of a second. */
const COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };

/** A hash beyond it would be a way to take the server's memory: it stands in a file that others may write. */
const MOST_BYTES = 128 * 1024 ** 2;
const HASH_BYTES = 32;

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { cost: COST, salt, hash: await derive(password, salt, HASH_BYTES, COST) };
}

/** Takes as long for a wrong password as for the right one. */
export async function isPassword(password: string, { cost, salt, hash }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, hash.length, cost), hash);
}

export function formatPasswordHash({ cost: { N, r, p }, salt, hash }: PasswordHash): string {
  return ['scrypt', N, r, p, salt.toString('base64'), hash.toString('base64')].join(':');
}

/** Null for a text that is no hash, or one that is too weak or too expensive to be used. */
export function parsePasswordHash(text: string): PasswordHash | null {
  const parts = /^scrypt:(\d{1,9}):(\d{1,3}):(\d{1,3}):([\w+/=]+):([\w+/=]+)$/.exec(text);
  if (!parts) return null;
  const [N, r, p] = parts.slice(1, 4).map(Number) as [number, number, number];
  const [salt, hash] = parts.slice(4).map((part) => Buffer.from(part, 'base64')) as [Buffer, Buffer];
  const isCost = Number.isInteger(Math.log2(N)) && N >= 2 ** 14 && r >= 1 && p >= 1 && p <= 16;
  const isCheapEnough = 128 * N * r <= MOST_BYTES;
  const isWhole = salt.length >= 8 && hash.length >= 16 && hash.length <= 64;
  return isCost && isCheapEnough && isWhole ? { cost: { N, r, p }, salt, hash } : null;
}

function derive(password: string, salt: Buffer, length: number, cost: ScryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters typed on two systems are the same password.
    const text = password.normalize('NFC');
    scrypt(text, salt, length, { ...cost, maxmem: 2 * MOST_BYTES }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
