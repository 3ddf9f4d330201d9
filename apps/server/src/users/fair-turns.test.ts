import { describe, expect, it } from 'vitest';
import { FairTurns } from './fair-turns.ts';

describe('FairTurns', () => {
  it('takes owners in turn: who sends much waits for their own', async () => {
    const turns = new FairTurns(1, 10);
    const order: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      order.push(name);
    };
    await Promise.all([
      ...['a1', 'a2', 'a3', 'a4'].map((name) => turns.run('a', work(name))),
      turns.run('b', work('b1')),
      turns.run('c', work('c1')),
    ]);
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
  });

  it('refuses what is too much of one owner, and goes on after a failure', async () => {
    const turns = new FairTurns(1, 1);
    const failing = turns.run('a', () => Promise.reject(new Error('broken')));
    const waiting = turns.run('a', () => Promise.resolve('done'));
    expect(await turns.run('a', () => Promise.resolve('too much'))).toBeNull();
    await expect(failing).rejects.toThrow('broken');
    expect(await waiting).toBe('done');
    expect(await turns.run('a', () => Promise.resolve('again'))).toBe('again');
  });
});
