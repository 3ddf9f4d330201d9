import { describe, expect, it } from 'vitest';
import { formatPasswordHash, hashPassword, isPassword, parsePasswordHash } from './password-hash.ts';

describe('password hashes', () => {
  it('know their password after a way through the configuration, and no other', async () => {
    const text = formatPasswordHash(await hashPassword('correct horse'));
    const hash = parsePasswordHash(text)!;

    expect(text).toMatch(/^scrypt:32768:8:3:/);
    expect(await isPassword('correct horse', hash)).toBe(true);
    expect(await isPassword('correct horsf', hash)).toBe(false);
    expect(await isPassword('', hash)).toBe(false);
  });

  it('are salted: the same password has another hash each time', async () => {
    const [one, other] = await Promise.all([hashPassword('same'), hashPassword('same')]);
    expect(one.hash.equals(other.hash)).toBe(false);
  });

  it('take the same letters typed in two ways for the same password', async () => {
    expect(await isPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true);
  });

  const salt = Buffer.alloc(16, 1).toString('base64');
  const hash = Buffer.alloc(32, 2).toString('base64');
  it.each([
    ['too weak', `scrypt:1024:8:1:${salt}:${hash}`],
    ['no power of two', `scrypt:20000:8:1:${salt}:${hash}`],
    ['4 GB of memory', `scrypt:4194304:8:1:${salt}:${hash}`],
    ['an hour of work', `scrypt:32768:8:900:${salt}:${hash}`],
    ['a salt that is cut off', `scrypt:32768:8:1:AAA=:${hash}`],
    ['a hash that is cut off', `scrypt:32768:8:1:${salt}:AAA=`],
    ['something behind it', `scrypt:32768:8:1:${salt}:${hash}:x`],
    ['another function', `bcrypt:32768:8:1:${salt}:${hash}`],
  ])('are refused with %s', (_, text) => {
    expect(parsePasswordHash(text)).toBeNull();
  });
});
