import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { commit, day, hour, release, sha, snapshot, start } from '../testing/snapshot.ts';
import { deploymentsOf } from '../testing/rows-of.ts';
import { computeFacts, deriveRules } from './facts.ts';

const rules = deriveRules(Config.parse({}));

describe('gaps', () => {
  it('keep a release whose commit nobody has, as a release and a finding', () => {
    const facts = computeFacts(
      snapshot({
        head: 'a',
        commits: [commit({ name: 'root' }), commit({ name: 'a', parents: ['root'], at: start + day })],
        deployments: [
          release('v1', 'gone', start),
          release('v2', 'root', start + hour),
          release('v3', 'a', start + 2 * day),
        ],
      }),
      rules,
    );
    expect(facts.outcomes).toHaveLength(3);
    expect(facts.findings).toMatchObject([{ kind: 'unknown-deployment-commit', entity: 'v1' }]);
    // v2 is the first whose history is known: it is the baseline, and v3 delivers from there.
    expect(deploymentsOf(facts, `@${sha('a')}`)).toMatchObject([
      { deployment_id: 'v3', lead_time_seconds: 86_400 },
    ]);
  });

  it('name a release whose date cannot be believed, and count it nowhere', () => {
    const facts = computeFacts(
      snapshot({
        head: 'a',
        commits: [commit({ name: 'a' })],
        deployments: [release('v1', 'a', start), release('v2', 'a', null)],
      }),
      rules,
    );
    expect(facts.outcomes.map((row) => row.deployment_id)).toEqual(['v1']);
    expect(facts.findings).toMatchObject([{ kind: 'unrealistic-deployment-date', entity: 'v2' }]);
  });

  it('name the parents that a shallow clone cut off', () => {
    const facts = computeFacts(
      snapshot({ head: 'a', commits: [commit({ name: 'a', parents: ['cut'] })] }),
      rules,
    );
    expect(facts.findings).toMatchObject([{ kind: 'missing-parent', entity: sha('cut') }]);
  });
});
