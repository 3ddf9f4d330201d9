import type { Role } from '@bellwether/core';

/** What each role may do, in the words of the documentation. */
export const roleTexts: Readonly<Record<Role, string>> = {
  dashboards: 'reads the metric views',
  analyst: 'reads metrics, facts and domain, which know people by keys alone',
  bot: 'reads evidence, and stores findings',
  operator: 'reads everything, and writes',
};
