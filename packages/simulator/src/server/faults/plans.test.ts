import { BellwetherError } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { parseFaults } from './plans.ts';

describe('parseFaults', () => {
  it('reads probabilities and settings', () => {
    expect(parseFaults('gatewayTimeout=0.05, cutJson=1,waitSeconds=2,skewSeconds=-30')).toEqual({
      gatewayTimeout: 0.05,
      cutJson: 1,
      waitSeconds: 2,
      skewSeconds: -30,
    });
    expect(parseFaults('')).toEqual({});
  });

  it('spreads all over every fault that passes, and leaves the named ones as they are', () => {
    const faults = parseFaults('all=0.01,slow=0.5');
    expect(faults).toMatchObject({ slow: 0.5, cutJson: 0.01, dropped: 0.01, secondaryLimit200: 0.01 });
    expect(faults).not.toHaveProperty('revokedToken');
    expect(faults).not.toHaveProperty('expiredToken');
    expect(faults).not.toHaveProperty('clockSkew');
    // 14 faults, 3 of which last.
    expect(Object.keys(faults)).toHaveLength(11);
  });

  it.each([
    ['gatewayTimeouts=0.1', 'unknown-fault', 'There is no fault "gatewayTimeouts".'],
    ['cutJson=2', 'bad-fault', '"cutJson=2" gives no probability between 0 and 1.'],
    ['cutJson', 'bad-fault', '"cutJson" gives no probability between 0 and 1.'],
    ['waitSeconds=soon', 'bad-fault', '"waitSeconds=soon" gives no number of seconds.'],
  ])('refuses %s', (text, code, message) => {
    const thrown = (() => {
      try {
        return parseFaults(text);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(BellwetherError);
    expect(thrown).toMatchObject({ code, message, exitCode: 2 });
  });
});
