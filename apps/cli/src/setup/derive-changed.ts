import { deriveChanged, deriveRules } from '@bellwether/derive';
import { formatCount } from '../terminal/format.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Session } from './session.ts';

/**
 * Computes the facts of what changed; with a configuration also of those repositories that an earlier run was cut off
 * from.
 *
 * @param repos what this command changed
 */
export async function deriveAfter(
  { warehouse, config, file }: Session,
  repos: readonly string[],
  { talk, signal }: Terminal,
): Promise<void> {
  // Without a configuration there is no rule of one's own: the facts of others in this warehouse stay as they are.
  const only = file === null ? repos : undefined;
  const derived = await deriveChanged({ warehouse, rules: deriveRules(config), talk, signal, only });
  if (derived.repositories > 0) {
    talk.info(`Facts: ${formatCount(derived.written)} rows written, ${formatCount(derived.removed)} removed`);
  }
}
