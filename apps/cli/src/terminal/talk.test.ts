import { fixedClock } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { createTalk } from './talk.ts';

function record(isInteractive: boolean) {
  const written: string[] = [];
  const clock = fixedClock(0);
  const talk = createTalk({ write: (text) => written.push(text), columns: 40 }, { isInteractive, clock });
  return { written, clock, talk };
}

describe('talk on a terminal', () => {
  it('redraws one line, at most ten times a second, and clears it before the next message', () => {
    const { written, clock, talk } = record(true);
    talk.progress({ task: 'commits', done: 1, unit: 'commits' });
    talk.progress({ task: 'commits', done: 2, unit: 'commits' });
    clock.set(100);
    talk.progress({ task: 'commits', done: 3, total: 9, unit: 'commits' });
    talk.info('done');
    expect(written).toEqual([
      '\r\u001B[Kcommits: 1 commits',
      '\r\u001B[Kcommits: 3 of 9 commits',
      '\r\u001B[Kdone\n',
    ]);
  });
});

describe('talk elsewhere', () => {
  it('says nothing of short work, and of long work a plain line every five seconds', () => {
    const { written, clock, talk } = record(false);
    for (const now of [0, 1_000, 5_000, 5_500, 10_000]) {
      clock.set(now);
      talk.progress({ task: 'commits', done: now, unit: 'commits' });
    }
    talk.warn('careful');
    expect(written).toEqual(['commits: 5,000 commits\n', 'commits: 10,000 commits\n', '! careful\n']);
  });
});
