import type { z } from 'zod';

/** Where an answer first differs from what was expected, and how: its type, never its value. */
export function firstDifference(error: z.ZodError): { path: string; what: string } {
  const [issue] = error.issues;
  if (!issue) return { path: '', what: 'it has another shape' };
  const path = issue.path.map(String).join('.').slice(0, 200);
  // Only these are made of types alone; the others may quote what was found.
  if (issue.code === 'invalid_type') {
    const found = /received (\w+)$/.exec(issue.message)?.[1];
    return { path, what: `${issue.expected} expected${found ? `, ${found} found` : ''}` };
  }
  return { path, what: issue.code.replaceAll('_', ' ') };
}
