import { z } from 'zod';
import type { GitHubSession } from './session.ts';

/** For what GitHub does not announce, and a push often comes with: files of the default branch, rules of branches. */
export const SettingsCursor = z.object({
  headSha: z.string().nullable(),
  pushedAt: z.number().nullable(),
  isArchived: z.boolean(),
  readAt: z.number(),
});
export type SettingsCursor = z.infer<typeof SettingsCursor>;

const READ_AGAIN_AFTER_MS = 7 * 86_400_000;

/** Whether nothing was pushed since, and the last reading is not a week old. What is archived cannot change. */
export function areSettingsCurrent(cursor: SettingsCursor, { hint }: GitHubSession, now: number): boolean {
  return (
    cursor.headSha === hint.headSha &&
    cursor.pushedAt === hint.pushedAt &&
    cursor.isArchived === hint.isArchived &&
    (hint.isArchived || now - cursor.readAt < READ_AGAIN_AFTER_MS)
  );
}

export function settingsCursor({ hint }: GitHubSession, now: number): SettingsCursor {
  const { headSha, pushedAt, isArchived } = hint;
  return { headSha, pushedAt, isArchived, readAt: now };
}
