/** What GitHub calls the permissions of fine-grained tokens and Apps; only those that are read here. */
export type Permission =
  | 'actions'
  | 'administration'
  | 'checks'
  | 'contents'
  | 'deployments'
  | 'issues'
  | 'members'
  | 'metadata'
  | 'pull_requests';

export type Permissions = Partial<Record<Permission, 'read' | 'write'>>;

/** Everything that Bellwether can read. */
export const allPermissions: Permissions = {
  actions: 'read',
  administration: 'read',
  checks: 'read',
  contents: 'read',
  deployments: 'read',
  issues: 'read',
  members: 'read',
  metadata: 'read',
  pull_requests: 'read',
};

interface TokenState {
  readonly value: string;
  /** Milliseconds since 1970; null or left out: never. */
  expiresAt?: number | null;
  isRevoked?: boolean;
  /** The organisation's single sign-on has not approved this token. */
  needsSso?: boolean;
}

export interface ClassicToken extends TokenState {
  readonly kind: 'classic';
  /** Of the user it belongs to; tokens of one user share one budget. */
  readonly login: string;
  readonly scopes: readonly string[];
}

export interface FineGrainedToken extends TokenState {
  readonly kind: 'fine-grained';
  readonly login: string;
  readonly permissions: Permissions;
  /** Names of repositories; left out: all. */
  readonly repositories?: readonly string[];
}

/** Given out by `/app/installations/{id}/access_tokens`; lives for an hour. */
export interface InstallationToken extends TokenState {
  readonly kind: 'installation';
  readonly installationId: number;
  readonly permissions: Permissions;
  readonly repositories?: readonly string[];
}

export type Token = ClassicToken | FineGrainedToken | InstallationToken;

/** Whose budget a token spends. */
export function budgetOf(token: Token): string {
  return token.kind === 'installation' ? `installation:${token.installationId}` : `user:${token.login}`;
}
