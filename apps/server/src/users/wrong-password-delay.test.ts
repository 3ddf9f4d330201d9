import { fixedClock } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { WrongPasswordDelay } from './wrong-password-delay.ts';

/** What each of so many wrong attempts had to wait, one after the other, in milliseconds. */
function waits(
  delay: WrongPasswordDelay,
  clock: ReturnType<typeof fixedClock>,
  count: number,
  name = 'ann',
): number[] {
  return Array.from({ length: count }, () => {
    const attempt = delay.begin('10.0.0.1', name)!;
    clock.set(clock.now() + attempt.waitMs);
    attempt.failed();
    return attempt.waitMs;
  });
}

describe('WrongPasswordDelay', () => {
  it('lets slips of the hand pass, then doubles the wait up to a minute', () => {
    const clock = fixedClock(0);
    const all = waits(new WrongPasswordDelay(clock), clock, 14);
    expect(all).toEqual([0, 0, 0, 0, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('counts attempts at the same time as if they came one after the other', () => {
    const delay = new WrongPasswordDelay(fixedClock(0));
    const attempts = Array.from({ length: 50 }, () => delay.begin('10.0.0.1', 'ann'));

    // The sum of 0.5, 1, 2, 4, 8, 16 seconds; the next would have waited more than a minute.
    expect(attempts.flatMap((each) => each?.waitMs ?? []).at(-1)).toBe(63_500 - 32_000);
    expect(attempts.filter((each) => each === null).length).toBeGreaterThan(30);
  });

  it('is forgotten by the right password', () => {
    const clock = fixedClock(0);
    const delay = new WrongPasswordDelay(clock);
    waits(delay, clock, 6);
    delay.begin('10.0.0.1', 'ann')!.succeeded();
    expect(waits(delay, clock, 3)).toEqual([0, 0, 0]);
  });

  it('keeps neither the same user from elsewhere waiting, nor another user of the same address', () => {
    const clock = fixedClock(0);
    const delay = new WrongPasswordDelay(clock);
    waits(delay, clock, 10);
    expect(delay.begin('10.0.0.1', 'ann')!.waitMs).toBeGreaterThan(0);
    expect(delay.begin('10.0.0.2', 'ann')!.waitMs).toBe(0);
    expect(delay.begin('10.0.0.1', 'bob')!.waitMs).toBe(0);
  });

  it('slows an address that tries many names', () => {
    const clock = fixedClock(0);
    const delay = new WrongPasswordDelay(clock);
    const all = Array.from({ length: 40 }, (_, at) => waits(delay, clock, 1, `user-${String(at)}`)[0]);
    expect(all.slice(0, 21).every((wait) => wait === 0)).toBe(true);
    expect(all.at(-1)).toBe(5000);
  });

  it('is over after a quarter of an hour', () => {
    const clock = fixedClock(0);
    const delay = new WrongPasswordDelay(clock);
    waits(delay, clock, 10);
    clock.set(clock.now() + 15 * 60_000);
    expect(delay.begin('10.0.0.1', 'ann')!.waitMs).toBe(0);
  });

  it('keeps a bounded number of names, the latest', () => {
    const delay = new WrongPasswordDelay(fixedClock(0));
    for (let at = 0; at < 30_000; at++) {
      delay.begin(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`, 'ann')!.failed();
    }
    expect(delay.size).toBeLessThanOrEqual(20_000);
  });
});
