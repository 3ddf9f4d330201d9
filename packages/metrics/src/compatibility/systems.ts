import { usageError } from '@bellwether/core';
import { devlake } from './devlake/devlake.ts';
import { fourKeys } from './four-keys/four-keys.ts';
import type { RivalSystem } from './system.ts';

/** Those that people come from. */
export const rivalSystems: readonly RivalSystem[] = [devlake, fourKeys];

/**
 * Finds a system by its id.
 *
 * @throws BellwetherError `definition-unknown`
 */
export function findSystem(id: string): RivalSystem {
  const found = rivalSystems.find((system) => system.id === id);
  if (found) return found;
  throw usageError(
    'definition-unknown',
    `There is no definition ${JSON.stringify(id.slice(0, 80))}.`,
    `Use one of: ${rivalSystems.map((system) => system.id).join(', ')}.`,
  );
}
