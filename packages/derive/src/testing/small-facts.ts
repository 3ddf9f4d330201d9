import { Config } from '@bellwether/core';
import { computeFacts, deriveRules, type Facts } from '../compute/facts.ts';
import type { DomainSnapshot, DomainStandards } from '../domain-snapshot.ts';
import type { TeamRecords } from '../team-directory.ts';
import { commit, day, release, snapshot, start } from './snapshot.ts';

const rules = deriveRules(Config.parse({}));

/** Everything was looked at, and nothing is required of anybody. */
export const standards: DomainStandards = {
  branchRules: [],
  codeOwners: [],
  isProtectionOutOfReach: false,
  streams: new Set(['branch-rules', 'code-owners']),
  isFork: false,
  isArchived: false,
  observedAt: start + 10 * day,
};

/** `root` and `m`, each its own change, and two deployments of the service `app`. */
export function factsOf(input: Partial<DomainSnapshot & TeamRecords>): Facts {
  return computeFacts(
    snapshot({
      head: 'm',
      commits: [commit({ name: 'root' }), commit({ name: 'm', parents: ['root'], at: start + day })],
      deployments: [release('v1', 'root', start), release('v2', 'm', start + 2 * day)],
      standards,
      ...input,
    }),
    rules,
  );
}
