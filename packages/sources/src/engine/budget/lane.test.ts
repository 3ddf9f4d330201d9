import { describe, expect, it } from 'vitest';
import { busyAt, expectedPace, type Lane, newLane, noteAnswer } from './lane.ts';

function laneThatKnows(): Lane {
  const lane = newLane({ requestsPerMinute: 2000, busySecondsPerMinute: 60 });
  noteAnswer(lane, 'heavy', 0, 3000);
  for (let at = 1; at <= 100; at++) noteAnswer(lane, 'light', at, 200);
  return lane;
}

describe('how long an answer is going to take', () => {
  it('is known by what is asked, however many others came since', () => {
    const lane = laneThatKnows();
    expect(expectedPace(lane, 'heavy')).toBe(3000);
    expect(expectedPace(lane, 'light')).toBeCloseTo(200);
  });

  it('is feared to be long of what was never asked', () => {
    // 3,000 ms · 0.99^100
    expect(expectedPace(laneThatKnows(), 'new')).toBeCloseTo(1098.1, 0);
    expect(expectedPace(newLane({ requestsPerMinute: 1, busySecondsPerMinute: 1 }), 'new')).toBe(0);
  });
});

describe('one more request', () => {
  it('waits while those that just began are going to fill the minute', () => {
    const lane = laneThatKnows();
    // 58.5 s of the minute may be used: 3 + 100 · 0.2 = 23 s are, and eleven of 3 s are under way; 1.5 s of the next
    // one would make 57.5 s.
    for (let run = 0; run < 11; run++) lane.running.add({ startedAt: 1000, points: 1, expected: 3000 });
    expect(busyAt([lane], 60, 3000, 1000)).toBe(1000);
    lane.running.add({ startedAt: 1000, points: 1, expected: 3000 });
    // The 3 s that ended at 0 leave the window first.
    expect(busyAt([lane], 60, 3000, 1000)).toBe(60_000);
  });
});
