import { expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { createScheduler } from './scheduler.ts';

it('lets things happen in order of time, and of one instant in the order of planning', () => {
  const schedule = createScheduler();
  const random = seededRandom(2);
  const planned = Array.from({ length: 500 }, (_, order) => ({ at: random.integer(0, 60) * 1000, order }));
  const happened: typeof planned = [];
  for (const item of planned) schedule.at(item.at, () => happened.push(item));
  schedule.runUntil(60_000);
  expect(happened).toEqual([...planned].sort((a, b) => a.at - b.at || a.order - b.order));
});

it('never runs what lies behind the end, and never goes back in time', () => {
  const schedule = createScheduler();
  const happened: number[] = [];
  schedule.at(5000, (at) => {
    happened.push(at);
    schedule.at(1000, (late) => happened.push(late));
    schedule.at(10_000, (last) => happened.push(last));
    schedule.at(11_000, (never) => happened.push(never));
  });
  schedule.runUntil(10_000);
  expect(happened).toEqual([5000, 5000, 10_000]);
});
