/** What is shown instead of the name of a team, group or service that few people stand behind. */
export const WITHHELD = '(withheld)';

/** Whether a name looks like what stands for a missing one: `(withheld)`, `(several)`, `(unattributed)`. */
export function isPlaceholder(name: string): boolean {
  return /^\s*\(.*\)\s*$/s.test(name);
}
