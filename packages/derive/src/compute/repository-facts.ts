import { pathMatcher } from '@bellwether/core';
import type { RepositoryFactRow } from '@bellwether/warehouse';
import type { DomainBranchRule, DomainCodeOwner, DomainStandards } from '../domain-snapshot.ts';
import type { TeamDirectory } from '../team-directory.ts';
import type { ServiceOwners } from './service-owners.ts';

export interface RepositoryInput {
  repo: string;
  defaultBranch: string;
  standards: DomainStandards;
  /** Those of the catalogue, and those that have releases. */
  services: readonly string[];
  owners: ServiceOwners;
  directory: TeamDirectory;
}

/** Who owns a repository, and which standards it keeps; null with its reason where nobody looked. */
export function computeRepository(input: RepositoryInput): RepositoryFactRow {
  const { repo, standards, directory } = input;
  const { observedAt, codeOwners, streams } = standards;
  const knowsCodeOwners = streams.has('code-owners') || codeOwners.length > 0;
  return {
    repo,
    ...input.owners.shownServices(input.services, observedAt),
    ...directory.labelOf(owningTeam(input), observedAt),
    is_archived: standards.isArchived,
    is_fork: standards.isFork,
    observed_at: observedAt,
    has_code_owners: knowsCodeOwners ? codeOwners.length > 0 : null,
    code_owners_gap: knowsCodeOwners ? '' : 'not-collected',
    ...protection(input),
  };
}

/** Who owns all of its services; where they disagree or nobody does, the team that CODEOWNERS gives everything to. */
export function owningTeam({
  services,
  owners,
  standards,
}: Pick<RepositoryInput, 'services' | 'owners' | 'standards'>): string {
  const [owner = '', ...others] = new Set(services.map(owners.ownerOf));
  if (owner !== '' && others.length === 0) return owner;
  return catchAllOwner(standards.codeOwners);
}

/** Patterns of CODEOWNERS that match every file. */
export const CATCH_ALL: readonly string[] = ['*', '**', '/**', '/'];

/** The last rule that matches everything wins; a rule with several owners names no one team. */
function catchAllOwner(rules: readonly DomainCodeOwner[]): string {
  const last = rules
    .filter(({ pattern }) => CATCH_ALL.includes(pattern))
    .reduce<DomainCodeOwner | undefined>(
      (best, rule) => (best === undefined || rule.line > best.line ? rule : best),
      undefined,
    );
  const [owner = '', ...others] = last?.owners ?? [];
  return others.length === 0 && owner.startsWith('team:') ? owner.slice('team:'.length) : '';
}

function protection({
  defaultBranch,
  standards,
}: RepositoryInput): Pick<RepositoryFactRow, 'is_protected' | 'protection_gap'> {
  const { branchRules, streams, isProtectionOutOfReach } = standards;
  if (defaultBranch !== '' && branchRules.some((rule) => protects(rule, defaultBranch))) {
    return { is_protected: true, protection_gap: '' };
  }
  if (isProtectionOutOfReach) return { is_protected: null, protection_gap: 'out-of-reach' };
  if (!streams.has('branch-rules') && branchRules.length === 0) {
    return { is_protected: null, protection_gap: 'not-collected' };
  }
  return { is_protected: false, protection_gap: '' };
}

/** A rule that is only evaluated, or switched off, protects nothing. */
function protects({ includes, excludes, enforcement }: DomainBranchRule, branch: string): boolean {
  return enforcement === 'active' && isNamed(includes, branch) && !isNamed(excludes, branch);
}

function isNamed(patterns: readonly string[], branch: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '~ALL' ||
      pattern === '~DEFAULT_BRANCH' ||
      pathMatcher([pattern.replace(/^refs\/heads\//, '')])(branch),
  );
}
