import { describe, expect, it } from 'vitest';
import { inWords, tallyOf, total } from './tally.js';

const green = { success: true, numPassedTests: 3, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const file = (status: string, ...tests: string[]) => ({
  name: '/repository/a.test.ts',
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('tallyOf', () => {
  it('counts passed tests, and skipped ones together with those still to be written', () => {
    expect(tallyOf({ ...green, numPendingTests: 1, numTodoTests: 2 })).toEqual({
      passed: 3,
      failed: 0,
      skipped: 3,
    });
  });

  it('counts failed tests', () => {
    const testResults = [file('failed', 'failed', 'passed', 'failed'), file('passed', 'passed')];

    expect(tallyOf({ ...green, success: false, testResults }).failed).toBe(2);
  });

  it('counts a file that could not be loaded', () => {
    expect(tallyOf({ ...green, success: false, testResults: [file('failed')] }).failed).toBe(1);
  });

  it('counts an error outside every test', () => {
    expect(tallyOf({ ...green, success: false, testResults: [file('passed', 'passed')] }).failed).toBe(1);
  });
});

describe('inWords', () => {
  it('leaves out the skipped ones where there are none', () => {
    expect(inWords({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed');
    expect(
      inWords(
        total([
          { passed: 1, failed: 1, skipped: 1 },
          { passed: 1, failed: 0, skipped: 1 },
        ]),
      ),
    ).toBe('2 passed, 1 failed, 2 skipped');
  });
});
