import type { Repository } from '../../world/model.ts';
import type { Permission, Token } from './token.ts';

/** What a field or an endpoint asks of a token. */
export interface Requirement {
  /** One of these, for a classic token. Empty: none. */
  readonly scopes: readonly string[];
  /** For fine-grained and installation tokens. Null: none. */
  readonly permission: Permission | null;
}

/** Scopes that bring others along. */
const impliedScopes: Readonly<Record<string, readonly string[]>> = {
  'admin:org': ['write:org', 'read:org'],
  'write:org': ['read:org'],
  user: ['read:user', 'user:email'],
  repo: ['repo:status', 'repo_deployment', 'public_repo'],
};

/** Whether the token may see that a repository exists. What it may not see is NOT_FOUND to it. */
export function isVisible(token: Token, repository: Repository): boolean {
  if (repository.isDeleted) return false;
  if (repository.visibility === 'PUBLIC') return true;
  if (token.kind === 'classic') return token.scopes.includes('repo');
  return isChosen(token.repositories, repository);
}

/** Whether a selection holds the repository; renaming takes nothing out of it. */
export function isChosen(names: readonly string[] | undefined, repository: Repository): boolean {
  return (
    names === undefined || [repository.name, ...repository.formerNames].some((name) => names.includes(name))
  );
}

/** Whether the token is allowed what a field or an endpoint asks for. */
export function isGranted(token: Token, { scopes, permission }: Requirement): boolean {
  if (token.kind !== 'classic') return permission === null || token.permissions[permission] !== undefined;
  if (scopes.length === 0) return true;
  const granted = token.scopes.flatMap((scope) => [scope, ...(impliedScopes[scope] ?? [])]);
  return scopes.some((scope) => granted.includes(scope));
}

/** GitHub's words for a token that may not. */
export function refusalOf(token: Token): string {
  return token.kind === 'installation'
    ? 'Resource not accessible by integration'
    : 'Resource not accessible by personal access token';
}

export const ssoMessage =
  'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.';
