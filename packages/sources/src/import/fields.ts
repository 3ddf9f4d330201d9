import { z } from 'zod';

/**
 * Fields of import files. JSON gives numbers and lists, CSV gives text: each field takes both, so that one schema
 * describes both formats. What is empty or null was left out before a line gets here.
 */

/** The words of a field must not hide that it is not there at all. */
function missingOr(words: string): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => (input === undefined ? 'is missing' : words);
}

const anInstant = 'must be an instant such as 2026-01-31T14:05:00Z or 2026-01-31T15:05:00+01:00';
const instantShape = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** A date with its time and its offset from UTC; without an offset nobody could say which instant is meant. */
export const instant = z
  .string({ error: missingOr(anInstant) })
  .regex(instantShape, { error: anInstant })
  .transform((text, context) => {
    const at = Date.parse(text.replace(' ', 'T'));
    if (!Number.isNaN(at) && hasThatDay(text)) return at;
    context.addIssue({ code: 'custom', message: 'is no date of the calendar' });
    return z.NEVER;
  });

/** `2026-02-31` is taken for 3 March by some engines. */
function hasThatDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

/** Ids may come as numbers. Letters, digits and punctuation, no spaces: they stand in other ids and in commands. */
export const identifier = z
  .union([z.string(), z.number().int().nonnegative()], { error: missingOr('must be text or a whole number') })
  .transform(String)
  .pipe(
    z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/, { error: 'must be 1 to 200 letters, digits or signs, no spaces' }),
  );

/** Text on one line that names something. */
export function name(limit = 200) {
  return z
    .string({ error: missingOr('must be text') })
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(limit, { error: `must not be longer than ${String(limit)} characters` });
}

export const sha = z
  .string({ error: missingOr('must be text') })
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i, {
    error: 'must be a whole commit id, 40 (or 64) hexadecimal digits',
  })
  .transform((text) => text.toLowerCase());

export const count = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,10}$/)
        .transform(Number),
    ],
    { error: 'must be a whole number' },
  )
  .pipe(
    z
      .int({ error: 'must be a whole number' })
      .min(0, { error: 'must not be negative' })
      .max(4_294_967_295, { error: 'must be below 2^32' }),
  );

export const yesOrNo = z.union(
  [
    z.boolean(),
    z
      .string()
      .transform((text) => text.toLowerCase())
      .pipe(z.enum(['true', 'false', 'yes', 'no']))
      .transform((text) => text === 'true' || text === 'yes'),
  ],
  { error: 'must be true or false' },
);

/** A list in JSON; in CSV one cell with semicolons. */
export const list = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(';'))], {
    error: 'must be a list of texts; in CSV one cell such as a;b',
  })
  .transform((items) => items.map((item) => item.trim()).filter((item) => item !== ''));

export const address = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .max(2_000, { error: 'must not be longer than 2,000 characters' })
  // An address can carry a password, and the warehouse is no place for one.
  .refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), { error: 'must not hold a name or a password' });

/** One of a few words. */
export function word<const Word extends string>(...words: Word[]) {
  return z.enum(words, { error: `must be one of ${words.join(', ')}` });
}
