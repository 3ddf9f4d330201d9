export { computeFacts, deriveRules, type DeriveRules, type Facts } from './compute/facts.ts';
export { deriveChanged, type DeriveOptions, type DeriveResult, staleRepositories } from './derive.ts';
export { smallestGroupShown } from './marks.ts';
export type { DomainCommit, DomainDeployment, DomainService, DomainSnapshot } from './domain-snapshot.ts';
