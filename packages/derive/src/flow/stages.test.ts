import { describe, expect, it } from 'vitest';
import { measureStages } from './stages.ts';

const seconds = ({ from, to }: { from: number; to: number }): number => to - from;

describe('measureStages', () => {
  it('moves time in draft to coding', () => {
    const spans = new Map([
      ['coding', { from: 0, to: 10 }],
      ['pickup', { from: 10, to: 30 }],
    ] as const);
    expect(measureStages(spans, [{ from: 15, to: 20 }], seconds)).toMatchObject({ coding: 15, pickup: 15 });
  });

  it('loses none of it where there is no coding to take it to', () => {
    const spans = new Map([['pickup', { from: 10, to: 30 }]] as const);
    expect(measureStages(spans, [{ from: 15, to: 20 }], seconds)).toMatchObject({ coding: null, pickup: 20 });
  });
});
