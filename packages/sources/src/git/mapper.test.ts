import { describe, expect, it } from 'vitest';
import type { RawCommit } from './log.ts';
import { believable, believableFrom, mapCommit } from './mapper.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const DAY_MS = 86_400_000;

const raw: RawCommit = {
  sha: 'a'.repeat(40),
  parents: ['b'.repeat(40)],
  authorName: 'Robin Example',
  authorEmail: 'robin@example.org',
  authored: '1767603600',
  committed: '1767607200',
  subject: 'Add a thing (#12)',
  body: '',
  paths: ['b.txt', 'a.txt'],
};
const mapping = { repo: 'local/app', now: NOW, authorOf: () => ({ key: 'k', isBot: false }) };

describe('a commit as a row', () => {
  it('keeps both dates, in milliseconds, and sorts the paths', () => {
    expect(mapCommit(raw, mapping)).toEqual({
      repo: 'local/app',
      sha: 'a'.repeat(40),
      parents: ['b'.repeat(40)],
      author_key: 'k',
      author_is_bot: false,
      authored_at: Date.parse('2026-01-05T09:00:00Z'),
      committed_at: Date.parse('2026-01-05T10:00:00Z'),
      subject: 'Add a thing (#12)',
      number: 12,
      head_branch: null,
      reverts_sha: null,
      reverts_number: null,
      cherry_picked_from: null,
      has_paths: true,
      paths: ['a.txt', 'b.txt'],
    });
  });

  it('tells "touched no file" from "not known"', () => {
    expect(mapCommit({ ...raw, paths: [] }, mapping)).toMatchObject({ has_paths: true, paths: [] });
    expect(mapCommit({ ...raw, paths: null }, mapping)).toMatchObject({ has_paths: false, paths: [] });
  });

  it.each(['', '0', '-5', '86399', '99999999999', '18446744073709551615', '99999999999999999999999', 'abc'])(
    'takes the date %j for none',
    (seconds) => {
      expect(believable(seconds, NOW)).toBeNull();
    },
  );

  it('grants a clock one day of haste', () => {
    expect(believable(String((NOW + DAY_MS) / 1000), NOW)).toBe(NOW + DAY_MS);
    expect(believable(String((NOW + DAY_MS) / 1000 + 1), NOW)).toBeNull();
  });

  it('knows when a date in the future becomes believable', () => {
    const inTenDays = (NOW + 10 * DAY_MS) / 1000;
    expect(believableFrom(String(inTenDays), NOW)).toBe(NOW + 9 * DAY_MS);
    expect(believable(String(inTenDays), NOW + 9 * DAY_MS)).toBe(NOW + 10 * DAY_MS);
    expect(believableFrom(String(NOW / 1000), NOW)).toBeNull();
    expect(believableFrom('99999999999', NOW)).toBeNull();
  });
});
