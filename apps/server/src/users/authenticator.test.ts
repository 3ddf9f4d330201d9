import { fixedClock } from '@bellwether/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AuthenticatorOptions, createAuthenticator } from './authenticator.ts';
import type { KnownUser } from './known-users.ts';
import { hashPassword, type PasswordHash } from './password-hash.ts';

const alive = new AbortController().signal;
let ann: KnownUser;
let nobody: PasswordHash;

beforeAll(async () => {
  ann = { name: 'ann', role: 'analyst', hash: await hashPassword('right password') };
  nobody = await hashPassword('of nobody');
});

function authenticator(options: Partial<AuthenticatorOptions> = {}) {
  const clock = fixedClock(0);
  const waited: number[] = [];
  const authenticate = createAuthenticator({
    users: [ann],
    nobody,
    localKey: null,
    clock,
    wait: (ms) => {
      waited.push(ms);
      clock.set(clock.now() + ms);
      return Promise.resolve();
    },
    ...options,
  });
  const login = (name: string, password: string, address = '10.0.0.1') =>
    authenticate({ name, password }, address, new AbortController().signal);
  return { authenticate, login, waited, clock };
}

describe('authenticate, with users', () => {
  it('lets in who knows the password, and says the role', async () => {
    expect(await authenticator().login('ann', 'right password')).toEqual({ name: 'ann', role: 'analyst' });
  });

  it.each([
    ['a wrong password', 'ann', 'wrong'],
    ['no password', 'ann', ''],
    ['nobody', 'bob', 'right password'],
    ['the password of nobody', 'bob', 'of nobody'],
    ['the account that ClickHouse’s clients send by themselves', 'default', ''],
    ['a command of this machine, without its key', '@operator', ''],
  ])('refuses %s in the same words', async (_, name, password) => {
    await expect(authenticator().login(name, password)).rejects.toMatchObject({
      code: 516,
      codeName: 'AUTHENTICATION_FAILED',
      message: 'Authentication failed: password is incorrect, or there is no user with such name.',
    });
  });

  it('asks for a password where none was sent, this machine included', async () => {
    await expect(authenticator().authenticate(null, '127.0.0.1', alive)).rejects.toMatchObject({ code: 194 });
  });

  it('keeps whoever guesses waiting, and nobody whom it knows', async () => {
    const { login, waited } = authenticator();
    await login('ann', 'right password');
    for (let at = 0; at < 6; at++) await login('ann', `guess ${String(at)}`).catch(() => null);
    expect(waited).toEqual([500, 1000]);
    await login('ann', 'right password');
    expect(waited).toEqual([500, 1000]);
  });

  it('proves a password once for many requests at the same time', async () => {
    const { login, waited } = authenticator();
    await Promise.all(Array.from({ length: 50 }, () => login('ann', 'right password')));
    // Fifty proofs would have counted as attempts, and waited.
    expect(waited).toEqual([]);
  });

  it('forgets a proof after ten minutes', async () => {
    const { login, clock, waited } = authenticator();
    await login('ann', 'right password');
    for (let at = 0; at < 5; at++) await login('ann', 'wrong').catch(() => null);
    const before = waited.length;
    clock.set(clock.now() + 9 * 60_000);
    await login('ann', 'right password');
    expect(waited.length).toBe(before);
  });

  it('leaves at once when the client hangs up', async () => {
    const gone = new AbortController();
    const { authenticate } = authenticator({ wait: () => new Promise(() => {}) });
    const waiting = authenticate({ name: 'ann', password: 'wrong' }, '10.0.0.1', gone.signal);
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ code: 394 });
  });
});

describe('authenticate, for commands of this machine', () => {
  const localKey = 'a'.repeat(64);

  it('knows them by the key of the endpoint file, in the role that they ask for', async () => {
    const { login } = authenticator({ localKey });
    expect(await login('@operator', localKey, '127.0.0.1')).toEqual({ name: '@operator', role: 'operator' });
    expect(await login('@analyst', localKey, '::1')).toEqual({ name: '@analyst', role: 'analyst' });
  });

  it.each([
    ['from another machine', '@operator', 'a'.repeat(64), '10.0.0.1'],
    ['with another key', '@operator', 'b'.repeat(64), '127.0.0.1'],
    ['with a part of the key', '@operator', 'a'.repeat(63), '127.0.0.1'],
    ['with a role that there is not', '@root', 'a'.repeat(64), '127.0.0.1'],
  ])('refuses one %s', async (_, name, password, address) => {
    await expect(authenticator({ localKey }).login(name, password, address)).rejects.toMatchObject({
      code: 516,
    });
  });
});

describe('authenticate, without users', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
    'lets programs of this machine (%s) read metrics',
    async (address) => {
      const { authenticate, login } = authenticator({ users: [] });
      const reader = { name: 'default', role: 'dashboards' };
      expect(await authenticate(null, address, alive)).toEqual(reader);
      expect(await login('default', '', address)).toEqual(reader);
    },
  );

  it('lets nobody else in, and knows no other name', async () => {
    const { authenticate, login } = authenticator({ users: [] });
    await expect(authenticate(null, '10.0.0.1', alive)).rejects.toMatchObject({ code: 194 });
    await expect(login('operator', '', '127.0.0.1')).rejects.toMatchObject({ code: 516 });
    await expect(login('default', 'guess', '127.0.0.1')).rejects.toMatchObject({ code: 516 });
  });
});
