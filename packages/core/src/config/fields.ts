import { z } from 'zod';
import { isTimeZone } from '../local-time.ts';
import { isPlaceholder } from '../placeholder-names.ts';
import { parseTagPattern } from '../tag-pattern.ts';

export const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'is not a time zone of the IANA list, such as Europe/Berlin' });

export const glob = z.string().min(1).max(200);

export const tagPattern = z.string().superRefine((value, context) => {
  try {
    parseTagPattern(value);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
  }
});

export const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-4]):[0-5]\d$/, { error: 'is not a time such as 09:00' });
export const day = z.iso.date({ error: 'is not a day such as 2026-01-31' });
export const name = z.string().trim().min(1).max(200);

/** A name that nothing else stands for: `(withheld)` in a report must never be a team that is really called so. */
export function real<Name extends z.ZodString>(text: Name): Name {
  return text.refine((value) => !isPlaceholder(value), {
    error: 'is in brackets, which stand for names that are not shown or not known',
  });
}
export const metricId = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, { error: 'is not the id of a metric; `bellwether explain` lists them' });
