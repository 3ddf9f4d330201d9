import { overrides } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { threeReleases } from './three-releases.ts';
import { at, HOUR } from './when.ts';

const company = smallCompany();
interface Failed {
  ref: string;
  evidence: string;
  confidence: string;
}
const failuresOf = (repo: string): Promise<Failed[]> =>
  company.query<Failed>(
    `SELECT ref, evidence, confidence FROM metrics.change_fail_rate WHERE repo = '${repo}' AND value = 1 ORDER BY ref`,
  );

describe('a person can overrule', () => {
  const overruled = company.repository('overruled', (story) => {
    threeReleases(story, { reverts_number: 1 });
    const ruling = { repo: story.repo, kind: 'failure' as const, ruled_at: at('2026-03-05 00:00') };
    story.put(overrides, { ...ruling, entity: `${story.repo}!V2`, ruling: 'no' });
    story.put(overrides, { ...ruling, entity: `${story.repo}!V3`, ruling: 'yes' });
  });

  it('that a deployment failed, and that it did not', async () => {
    expect(await failuresOf(overruled.repo)).toEqual([
      { ref: 'V3', evidence: 'override', confidence: 'high' },
    ]);
    expect(await overruled.figure('deployment_rework_rate')).toMatchObject({ value: 0 });
  });

  const moved = company.repository('moved-cause', (story) => {
    threeReleases(story);
    story.incident('9', '2026-03-03 13:00', { resolved_at: at('2026-03-03 14:00') });
    const ruling = {
      entity: `${story.repo}#9`,
      ruling: `${story.repo}!V2`,
      ruled_at: at('2026-03-05 00:00'),
    };
    story.put(overrides, { repo: story.repo, kind: 'attribution', ...ruling });
  });

  it('which deployment caused an incident', async () => {
    // By time it would be V3, an hour before. It lasted from 13:00 to 14:00.
    expect(await failuresOf(moved.repo)).toEqual([{ ref: 'V2', evidence: 'incident', confidence: 'high' }]);
    expect(await moved.figure('failed_deployment_recovery_time')).toMatchObject({ value: HOUR });
    expect(await moved.figure('change_caused_incident_rate')).toMatchObject({
      value: 1,
      basis: { override: 1 },
    });
  });

  const acquitted = company.repository('no-cause', (story) => {
    threeReleases(story);
    story.incident('9', '2026-03-03 13:00', { resolved_at: at('2026-03-03 14:00') });
    const ruling = { entity: `${story.repo}#9`, ruling: '', ruled_at: at('2026-03-05 00:00') };
    story.put(overrides, { repo: story.repo, kind: 'attribution', ...ruling });
  });

  it('that no deployment caused it', async () => {
    expect(await acquitted.figure('change_fail_rate')).toMatchObject({ value: 0, denominator: 3 });
    expect(await acquitted.figure('change_caused_incident_rate')).toMatchObject({ value: 0, n: 1 });
  });
});
