import type { TruncationRow } from '@bellwether/warehouse';
import type { Gap } from './api.ts';

export interface Scope {
  readonly repo: string;
  readonly stream: string;
}

/**
 * What GitHub did not give of a list, as rows of `ops.truncations`. A repository that is not there is no gap: discovery
 * finds out whether it is gone.
 *
 * @param what plural noun: `deployments`
 */
export function gapRows(
  { repo, stream }: Scope,
  what: string,
  answer: { readonly gaps: readonly Gap[]; readonly isOutOfReach?: boolean },
): TruncationRow[] {
  const scope = { repo, source: 'github', stream, entity: what };
  const kinds = new Set(answer.gaps.map(({ kind }) => kind));
  if (kinds.has('forbidden') || kinds.has('insufficient-scopes')) {
    const detail = `The token may not read the ${what} of this repository.`;
    return [{ ...scope, reason: 'no-permission', detail }];
  }
  if (answer.isOutOfReach !== true && !kinds.has('other')) return [];
  return [
    { ...scope, reason: 'out-of-reach', detail: `GitHub could not give all ${what}; some are missing.` },
  ];
}
