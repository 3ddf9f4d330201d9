import { deriveChanged, deriveRules } from '@bellwether/derive';
import { storeTeamSettings } from '@bellwether/sources';
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
  session: Session,
  repos: readonly string[],
  { talk, signal }: Terminal,
): Promise<void> {
  const { warehouse, config, file } = session;
  if (file !== null) await settleTeams(session, talk);
  // Without a configuration there is no rule of one's own: the facts of others in this warehouse stay as they are.
  const only = file === null ? repos : undefined;
  const derived = await deriveChanged({ warehouse, rules: deriveRules(config), talk, signal, only });
  if (derived.repositories > 0) {
    talk.info(`Facts: ${formatCount(derived.written)} rows written, ${formatCount(derived.removed)} removed`);
  }
}

/** After collecting and before deriving: names of teams are only known by then, and facts depend on what is said of them. */
async function settleTeams({ warehouse, config }: Session, talk: Terminal['talk']): Promise<void> {
  const { unknown, doubled } = await storeTeamSettings({ warehouse, config });
  for (const name of unknown) {
    talk.warn(
      `No collected team is called "${name}", or several are. What \`teams\` of bellwether.yaml says of it has no effect; ` +
        'write its full name, such as acme/payments.',
    );
  }
  for (const name of doubled) {
    talk.warn(
      `"${name}" under \`teams\` of bellwether.yaml is a team that stands there already for the same time, under another ` +
        'name. Only one of the entries counts; give each its own `from:`.',
    );
  }
}
