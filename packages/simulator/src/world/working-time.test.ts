import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { workingTime } from './working-time.ts';

const strict = workingTime({ from: 9, to: 18, offHoursShare: 0 });
const random = seededRandom(1);

describe('working time', () => {
  it('knows the hours of each place, and its summer time', () => {
    // 07:30 UTC is 09:30 in Berlin in July, and 08:30 in January.
    expect(strict.isAtWork(Date.UTC(2026, 6, 1, 7, 30), 'Europe/Berlin')).toBe(true);
    expect(strict.isAtWork(Date.UTC(2026, 0, 7, 7, 30), 'Europe/Berlin')).toBe(false);
    // 15:00 UTC is 20:30 in Kolkata, 10:00 in New York in winter.
    expect(strict.isAtWork(Date.UTC(2026, 0, 7, 15), 'Asia/Kolkata')).toBe(false);
    expect(strict.isAtWork(Date.UTC(2026, 0, 7, 15), 'America/New_York')).toBe(true);
  });

  it('moves a Friday night to Monday morning', () => {
    const friday = Date.UTC(2026, 0, 9, 21);
    const moved = strict.atWork(friday, 'UTC', random);
    expect(moved).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 12, 9));
    expect(moved).toBeLessThan(Date.UTC(2026, 0, 12, 18));
  });

  it('moves an early morning to the same day, where that is a working day', () => {
    // 22:00 UTC on Sunday is 09:00 on Monday in Sydney's summer, 21:00 is an hour before work.
    const moved = strict.atWork(Date.UTC(2026, 0, 11, 21), 'Australia/Sydney', random);
    expect(moved).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 11, 22));
    expect(moved).toBeLessThan(Date.UTC(2026, 0, 12, 7));
  });

  it('leaves what happens at work, and what happens out of hours all the same', () => {
    const noon = Date.UTC(2026, 0, 7, 12);
    expect(strict.atWork(noon, 'UTC', random)).toBe(noon);
    const restless = workingTime({ from: 9, to: 18, offHoursShare: 1 });
    const night = Date.UTC(2026, 0, 7, 3);
    expect(restless.atWork(night, 'UTC', random)).toBe(night);
  });
});
