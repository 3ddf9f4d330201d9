import type { GraphQLError } from 'graphql';
import { isGranted, refusalOf, type Requirement } from '../tokens/access.ts';
import type { Permission, Token } from '../tokens/token.ts';
import { fieldError } from './errors.ts';

/** What single fields ask of a token beyond seeing the repository. */
const requirements: Readonly<Record<string, Requirement>> = {
  'Organization.team': ofOrganisation('read:org', 'read:discussion'),
  'Organization.teams': ofOrganisation('read:org', 'read:discussion'),
  'Team.members': ofOrganisation('read:org', 'read:discussion'),
  'User.email': { scopes: ['user:email', 'read:user'], permission: null },
  'Repository.branchProtectionRules': of('administration'),
  'Repository.deployments': of('deployments'),
  'Repository.issue': of('issues'),
  'Repository.issues': of('issues'),
  'Repository.object': of('contents'),
  'Repository.pullRequest': of('pull_requests'),
  'Repository.pullRequests': of('pull_requests'),
  'Repository.ref': of('contents'),
  'Repository.refs': of('contents'),
  'Repository.releases': of('contents'),
  'Ref.target': of('contents'),
  'CheckSuite.checkRuns': of('checks'),
};

function of(permission: Permission): Requirement {
  return { scopes: [], permission };
}

function ofOrganisation(...scopes: string[]): Requirement {
  return { scopes, permission: 'members' };
}

/** Null where a field asks for nothing special. */
export function requirementOf(field: string): Requirement | null {
  return requirements[field] ?? null;
}

/** Null when the token may read the field; otherwise the error that GitHub puts in its place. */
export function refuseField(token: Token, field: string, requirement: Requirement): GraphQLError | null {
  if (isGranted(token, requirement)) return null;
  if (token.kind !== 'classic') return fieldError('FORBIDDEN', refusalOf(token), { saml_failure: false });
  const list = (scopes: readonly string[]): string => `[${scopes.map((scope) => `'${scope}'`).join(', ')}]`;
  return fieldError(
    'INSUFFICIENT_SCOPES',
    `Your token has not been granted the required scopes to execute this query. The '${field.split('.')[1] ?? field}' field requires one of the following scopes: ${list(requirement.scopes)}, but your token has only been granted the: ${list(token.scopes)} scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`,
  );
}
