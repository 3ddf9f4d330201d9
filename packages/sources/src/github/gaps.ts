import { BellwetherError } from '@bellwether/core';
import type { TruncationRow } from '@bellwether/warehouse';
import type { Gap } from './api.ts';

export interface Scope {
  readonly repo: string;
  readonly stream: string;
}

/**
 * What GitHub did not give of a list, as rows of `ops.truncations`.
 *
 * @param what plural noun: `deployments`
 * @throws BellwetherError `github-repository-vanished`: a repository that is not there has no empty list, and whoever
 *   took it for one would delete what is stored. Discovery finds out whether it is gone.
 */
export function gapRows(
  { repo, stream }: Scope,
  what: string,
  answer: { readonly gaps: readonly Gap[]; readonly isOutOfReach?: boolean },
): TruncationRow[] {
  const scope = { repo, source: 'github', stream, entity: what };
  const kinds = new Set(answer.gaps.map(({ kind }) => kind));
  if (answer.gaps.some(({ kind, path }) => kind === 'not-found' && path.length <= 1)) throw vanished(repo);
  if (kinds.has('forbidden') || kinds.has('insufficient-scopes')) {
    const detail = `The token may not read the ${what} of this repository.`;
    return [{ ...scope, reason: 'no-permission', detail }];
  }
  if (answer.isOutOfReach !== true && !kinds.has('other')) return [];
  return [
    { ...scope, reason: 'out-of-reach', detail: `GitHub could not give all ${what}; some are missing.` },
  ];
}

function vanished(repo: string): BellwetherError {
  return new BellwetherError({
    code: 'github-repository-vanished',
    message: `${repo} was there a moment ago, and GitHub does not find it now.`,
    retry: 'later',
    next: 'Run the same command again; when it is deleted, the next runs say so.',
  });
}
