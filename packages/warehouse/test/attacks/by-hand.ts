import type { Attack } from './attack.ts';
import { BEYOND } from './beyond-the-engine.ts';
import { HIDDEN } from './hidden-statements.ts';

export type { Attack } from './attack.ts';
export * from './changes.ts';
export * from './other-rows.ts';

/**
 * Statements that nobody may run, whatever the role: files, programs, other servers, state of the engine.
 *
 * `@canary` is a file that must not be read, `@out` one that must not be written, `@url` a server not to be asked.
 */
export const FOR_NOBODY: readonly Attack[] = [...HIDDEN, ...BEYOND];
