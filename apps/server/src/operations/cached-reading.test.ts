import { fixedClock } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { CachedReading } from './cached-reading.ts';

function reading() {
  const clock = fixedClock(0);
  const answers: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const read = (): Promise<string> => new Promise((resolve, reject) => answers.push({ resolve, reject }));
  return { clock, answers, cached: new CachedReading(read, 1000, clock) };
}

describe('CachedReading', () => {
  it('asks once for all who want to know, and again when what it knows is old', async () => {
    const { cached, answers, clock } = reading();
    const both = Promise.all([cached.get(), cached.get()]);
    answers[0]!.resolve('first');
    expect(await both).toEqual(['first', 'first']);
    clock.set(999);
    expect(await cached.get()).toBe('first');
    clock.set(1000);
    const again = cached.get();
    answers[1]!.resolve('second');
    expect(await again).toBe('second');
    expect(answers).toHaveLength(2);
  });

  it('remembers no failure', async () => {
    const { cached, answers } = reading();
    const failing = cached.get();
    answers[0]!.reject(new Error('gone'));
    await expect(failing).rejects.toThrow('gone');
    const again = cached.get();
    answers[1]!.resolve('back');
    expect(await again).toBe('back');
  });

  it('keeps no answer that was on its way when it was told to forget', async () => {
    const { cached, answers } = reading();
    const old = cached.get();
    cached.forget();
    const fresh = cached.get();
    answers[0]!.resolve('old');
    answers[1]!.resolve('fresh');
    expect(await Promise.all([old, fresh])).toEqual(['old', 'fresh']);
    expect(await cached.get()).toBe('fresh');
  });
});
