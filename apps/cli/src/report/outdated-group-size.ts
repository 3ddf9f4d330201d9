import { BellwetherError } from '@bellwether/core';
import { smallestGroupShown } from '@bellwether/derive';
import type { ReportScope } from '@bellwether/metrics';
import type { Session } from '../setup/session.ts';

const next = 'bellwether collect';

/**
 * What to say where the facts show teams that the configuration no longer wants shown: names are withheld when facts
 * are derived, so a higher privacy.minimumGroupSize does nothing before. Null where all is as it should be, and without
 * a configuration, which is no wish to hide more than others did.
 */
export async function outdatedGroupSize({
  warehouse,
  config,
  file,
}: Pick<Session, 'warehouse' | 'config' | 'file'>): Promise<string | null> {
  if (file === null) return null;
  const { minimumGroupSize: wanted } = config.privacy;
  const shown = await smallestGroupShown(warehouse);
  if (shown === null || shown >= wanted) return null;
  return (
    `privacy.minimumGroupSize is ${String(wanted)}, and what is stored was derived with ${String(shown)}: teams of fewer ` +
    `people still have their names there. Figures are not told apart by team, group or service until then. Next: ${next}`
  );
}

/** @throws BellwetherError `group-size-outdated` where a scope names a team, a group or a service */
export function refuseNarrowScopes(outdated: string | null, scopes: readonly ReportScope[]): void {
  if (outdated === null) return;
  const isNarrow = scopes.some(({ team, team_group, service }) => team ?? team_group ?? service);
  if (isNarrow) throw outdatedError(outdated);
}

export function outdatedError(outdated: string): BellwetherError {
  return new BellwetherError({ code: 'group-size-outdated', message: outdated, retry: 'no', next });
}
