import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository } from '@bellwether/sources/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../testing/test-terminal.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-report-'));
  data = join(folder, 'data');
  await using repository = await makeRepository({
    folder: 'shop',
    commits: [
      { id: 'start', at: '2026-01-05T00:00Z' },
      { id: 'work', parents: ['start'], branch: 'topic', at: '2026-01-06T00:00Z' },
      {
        id: 'merge',
        parents: ['start', 'work'],
        at: '2026-01-07T00:00Z',
        message: 'Merge pull request #1 from acme/topic',
      },
      { id: 'squash', at: '2026-01-09T00:00Z', message: 'Faster checkout (#2)' },
      {
        id: 'revert',
        at: '2026-01-11T00:00Z',
        message: 'Revert "Faster checkout (#2)" (#3)\n\nReverts acme/shop#2',
      },
      { id: 'waiting', at: '2026-01-12T00:00Z' },
    ],
    tags: [
      { name: 'v1.0.0', target: 'start', at: '2026-01-05T01:00Z' },
      { name: 'v1.1.0', target: 'merge', at: '2026-01-08T00:00Z' },
      { name: 'v1.2.0', target: 'squash', at: '2026-01-10T00:00Z' },
      { name: 'v1.3.0', target: 'revert', at: '2026-01-11T12:00Z' },
    ],
  });
  expect((await runInProcess(['try', repository.path, '--data', data])).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

async function wholeWindow(id: string): Promise<Record<string, unknown>> {
  const { stdout } = await runInProcess(['report', '--data', data, '--json']);
  const [report] = JSON.parse(stdout) as [
    { scopes: { metrics: { id: string; whole: Record<string, unknown> }[] }[] },
  ];
  const found = report.scopes[0]?.metrics.find((metric) => metric.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found.whole;
}

describe('the report of a history that was worked out by hand', () => {
  it('counts four deployments', async () => {
    expect(await wholeWindow('deployment_frequency')).toMatchObject({ value: 4, n: 4 });
  });

  it('has the lead times 2 d, 1 d and 12 h, and one that is unknown', async () => {
    // #1 from its first commit on the 6th to the 8th; #2 from its merge on the 9th to the 10th; #3 half a day.
    // Sorted 0.5 d, 1 d, 2 d: median 1 d, p75 1 + 0.5 · 1 = 1.5 d, p90 1 + 0.8 · 1 = 1.8 d. The baseline has none.
    expect(await wholeWindow('change_lead_time')).toMatchObject({
      value: DAY,
      p75: 1.5 * DAY,
      p90: 1.8 * DAY,
      n: 3,
      total: 4,
      coverage: 0.75,
      basis: { first_commit: 1, merge: 2 },
      gaps: { baseline: 1 },
    });
  });

  it('charges v1.2.0, which carried what v1.3.0 took back, for a day and a half', async () => {
    expect(await wholeWindow('change_fail_rate')).toMatchObject({
      value: 0.25,
      numerator: 1,
      denominator: 4,
    });
    expect(await wholeWindow('failed_deployment_recovery_time')).toMatchObject({ value: 36 * HOUR, n: 1 });
    expect(await wholeWindow('deployment_rework_rate')).toMatchObject({
      value: 0.25,
      numerator: 1,
      denominator: 4,
    });
  });

  it('shows what is merged and not released', async () => {
    expect(await wholeWindow('changes_awaiting_deployment')).toMatchObject({ value: 1 });
  });

  it('explains a change and a deployment with the same figures', async () => {
    const change = await runInProcess(['explain', 'change_lead_time', '--entity', '#1', '--data', data]);
    expect(change.stdout).toContain('= 172800 s (2 d)');
    const deployment = await runInProcess([
      'explain',
      'change_fail_rate',
      '--entity',
      'v1.2.0',
      '--data',
      data,
    ]);
    expect(deployment.stdout).toContain('It recovered with local/shop@tag:v1.3.0');
    expect(deployment.stdout).toContain('after 36 h');
  });

  it('reads as a person would expect', async () => {
    const { stdout } = await runInProcess(['report', '--data', data]);
    expect(stdout).toContain('local/shop · production');
    expect(stdout).toMatch(/whole window\s+24 h\s+36 h\s+43 h\s+3\s+75%/);
    expect(stdout).toContain('no band: the clock of 67% of the changes starts at the merge');
    expect(stdout).toContain('Incidents: none are known here.');
    expect(stdout).not.toMatch(/robin/i);
  });
});
