import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a JSON object',
  string: 'text',
};

/**
 * What is wrong with a value, where its field has no words of its own for it: Zod's would speak of types and quote the
 * value, which may say anything.
 */
export function inOwnWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${kinds[issue.expected] ?? 'something else'}`;
    case 'too_big':
      return `must not be ${issue.origin === 'number' ? 'more' : 'longer'} than ${String(issue.maximum)}`;
    case 'too_small':
      return `must not be ${issue.origin === 'number' ? 'less' : 'shorter'} than ${String(issue.minimum)}`;
    default:
      return 'is not what this field takes; see the schema: bellwether import <kind> --schema';
  }
}
