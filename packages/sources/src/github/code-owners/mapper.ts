import { gitIdentity, personKey } from '@bellwether/core';
import type { CodeOwnerRow } from '@bellwether/warehouse';
import type { CodeOwnersRule, Owner } from './parse.ts';

export interface OwnerNaming {
  readonly repo: string;
  readonly secret: string;
  /** Who owns the repository, in GitHub's own spelling: a file may write its teams otherwise. */
  readonly owner: string;
  /** The person keys behind logins, by login in lower case. Nobody behind one: it owns nothing, as on GitHub. */
  readonly personOf: ReadonlyMap<string, string>;
}

/** Maps the rules of a file. An owner who is named twice in a line stands there once. */
export function mapCodeOwners(rules: readonly CodeOwnersRule[], naming: OwnerNaming): CodeOwnerRow[] {
  return rules.map(({ line, pattern, owners }) => ({
    repo: naming.repo,
    line,
    pattern,
    owners: [...new Set(owners.flatMap((owner) => toKey(owner, naming)))],
  }));
}

function toKey(owner: Owner, { secret, owner: own, personOf }: OwnerNaming): string[] {
  if (owner.kind === 'email') return [personKey(secret, gitIdentity(owner.email))];
  if (owner.kind === 'user') {
    const key = personOf.get(owner.login.toLowerCase());
    return key === undefined ? [] : [key];
  }
  const isOwn = owner.organisation.toLowerCase() === own.toLowerCase();
  return [`team:${isOwn ? own : owner.organisation}/${owner.slug}`];
}
