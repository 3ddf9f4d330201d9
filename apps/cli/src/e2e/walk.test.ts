import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DrillDownRow, type Figure, type Report, toldFigure } from '@bellwether/metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedCase, simulatedCase } from '../testing/simulated-github.ts';

let github: SimulatedCase;
let folder: string;
beforeAll(async () => {
  // A history that is the same at every run, with incidents in it.
  github = await simulatedCase({ repositories: 4, now: Date.UTC(2025, 5, 2, 12) });
  folder = await github.newFolder();
  const config = {
    github: { url: github.github.url, organisations: [github.organisation] },
    privacy: { minimumGroupSize: 2 },
    agreements: [
      { name: 'Reviewed within a day', metric: 'time_to_first_review', atMost: '1bd' },
      { name: 'Small', metric: 'pull_request_size', atMost: 400, target: 0.5 },
    ],
    targets: [{ metric: 'change_lead_time', value: '30d' }],
  };
  await writeFile(join(folder, 'bellwether.yaml'), JSON.stringify(config));
  const outcome = await github.run(folder, ['collect', '--source', 'github']);
  expect(outcome.code, outcome.talk.join('\n')).toBe(0);
}, 120_000);
afterAll(() => Promise.resolve(github[Symbol.asyncDispose]()));

const run = async (...args: string[]): Promise<string> => {
  const { code, stdout, talk } = await github.run(folder, args);
  expect(code, talk.join('\n')).toBe(0);
  return stdout;
};
type Printed = Report & {
  agreements: {
    name: string;
    clock: string;
    measurements: { team: string | null; value: number | null }[];
  }[];
  targets: { measurements: { verdict: string }[] }[];
};
const reportOf = async (...args: string[]): Promise<Printed> => {
  const [report] = JSON.parse(await run('report', ...args, '--json')) as Printed[];
  if (report === undefined) throw new Error('no report');
  return report;
};
const wholeOf = (report: Report, id: string): Figure | undefined =>
  [...(report.scopes[0]?.metrics ?? []), ...report.sections.flatMap(({ metrics }) => metrics)].find(
    (metric) => metric.id === id,
  )?.whole;
const rowsOf = async (...args: string[]): Promise<{ figure: Figure; rows: DrillDownRow[] }> =>
  JSON.parse(await run('explain', ...args, '--rows', '--json')) as { figure: Figure; rows: DrillDownRow[] };

describe('from a number to what is behind it', () => {
  it('goes from the company’s figure to its rows, to a pull request, to its deployment, and back', async () => {
    const company = await reportOf('--section', 'flow');
    expect(company.scope).toEqual({});
    const lead = wholeOf(company, 'change_lead_time');
    const { figure, rows } = await rowsOf('change_lead_time', '--limit', '10000');
    expect(figure.value).toBe(lead?.value);
    expect(rows).toHaveLength(figure.total);
    // The median of the rows is the figure: sorted by hand here, interpolated in the middle.
    const values = rows.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
    const middle = [
      values[Math.floor((values.length - 1) / 2)] ?? 0,
      values[Math.ceil((values.length - 1) / 2)] ?? 0,
    ];
    expect(((middle[0] ?? 0) + (middle[1] ?? 0)) / 2).toBe(figure.value);

    const row = rows.find(({ value, change_id }) => value !== null && String(change_id).includes('#'));
    const [change, deployment] = [String(row?.['change_id']), String(row?.['deployment_id'])];
    const text = await run('explain', '--entity', change);
    expect(text).toContain(`first carried by ${deployment}`);
    expect(text).toContain(`= ${String(row?.value)} s`);
    expect(text).toContain('Its stages');
    expect(text).toMatch(/Its team is /);
    expect(await run('explain', '--entity', deployment)).toContain(change);
  });

  it('has behind each figure the rows of the very window that the report speaks of', async () => {
    const report = await reportOf('--all');
    const told = new Map(
      report.sections.flatMap(({ metrics }) => metrics.map((metric) => [metric.id, toldFigure(metric)])),
    );
    // States are recorded after the last merge, and a spread is known for whole months alone.
    const states = ['source_freshness', 'branch_protection_coverage', 'code_owner_coverage', 'data_findings'];
    for (const id of [...states, 'review_load_balance', 'knowledge_concentration', 'cycle_time']) {
      const { figure, rows } = await rowsOf(id, '--limit', '10000');
      const { value, gap, total, periodStart } = told.get(id)!;
      expect(figure, id).toMatchObject({ value, gap, total, periodStart });
      expect(rows, id).toHaveLength(total);
    }
    expect(told.get('source_freshness')?.value).toBeGreaterThan(0);
    expect(told.get('review_load_balance')?.value).toBeGreaterThan(0);
    const text = await run('explain', 'review_load_balance', '--rows');
    expect(text).toMatch(/^0\.\d+ in [A-Z][a-z]{2} 2025: a spread over \d+ people/m);
    expect(await run('explain', 'knowledge_concentration', '--rows')).toMatch(/ 00:00:00 UTC/);
  });

  it('shows stages that sum to the cycle time', async () => {
    const { rows } = await rowsOf('cycle_time', '--limit', '200');
    const row = rows.find(({ value }) => value !== null);
    const text = await run('explain', '--entity', String(row?.['change_id']));
    const seconds = [...text.matchAll(/^ {2}(?:coding|pickup|review|merge wait|deploy) .*? (\d+) {2}/gm)];
    const sum = seconds.reduce((total, [, each]) => total + Number(each), 0);
    expect(sum).toBe(row?.value);
  });

  it('names an incident’s cause, and the incident on its cause', async () => {
    const { rows } = await rowsOf('incidents', '--limit', '100');
    const found = rows.map((row) => String(row['incident_id']));
    expect(found.length).toBeGreaterThan(0);
    for (const id of found.slice(0, 5)) {
      const text = await run('explain', '--entity', id);
      expect(text).toContain(`${id}: an incident`);
      const [, cause] = /held against (\S+),/.exec(text) ?? [];
      if (cause !== undefined) expect(await run('explain', '--entity', cause)).toContain(id);
    }
  });
});

describe('the report of a part', () => {
  it('is of an organisation, a team or a repository, and they hold what they should', async () => {
    const company = await reportOf();
    const organisation = await reportOf('--organisation', github.organisation);
    expect(wholeOf(organisation, 'change_lead_time')).toEqual(wholeOf(company, 'change_lead_time'));

    // The history is shorter than two years, so that each window holds all of it.
    const { figure, rows } = await rowsOf('deployment_frequency', '--since', '2y', '--limit', '10000');
    const repos = [...new Set(rows.map(({ repo }) => String(repo)))];
    expect(repos.length).toBeGreaterThan(1);
    let sum = 0;
    for (const repo of repos) {
      const part = await rowsOf('deployment_frequency', '--since', '2y', '--repo', repo);
      expect(part.figure.value).toBe(rows.filter((row) => row['repo'] === repo).length);
      sum += part.figure.value ?? 0;
    }
    expect(sum).toBe(figure.value);
  });

  it('measures agreements on their clock, and targets', async () => {
    const { agreements, targets } = await reportOf();
    expect(agreements.map(({ name, clock }) => [name, clock])).toEqual([
      ['Reviewed within a day', 'business'],
      ['Small', 'wall'],
    ]);
    const share = agreements[1]?.measurements[0]?.value ?? Number.NaN;
    const { rows } = await rowsOf('pull_request_size', '--limit', '10000');
    const sizes = rows.flatMap(({ value }) => value ?? []);
    expect(share).toBe(sizes.filter((size) => size <= 400).length / sizes.length);
    expect(targets).toHaveLength(1);
    expect(await run('report')).toContain('Working agreements over the whole window');
  });

  it('has all sections with --all, and says what it has no figure for', async () => {
    const { sections } = await reportOf('--all');
    expect(sections.map(({ category }) => category)).toEqual([
      'dora',
      'flow',
      'review',
      'ci',
      'operations',
      'standards',
      'data-quality',
    ]);
    for (const { metrics } of sections) {
      for (const { id, whole } of metrics) expect(whole.value === null, id).toBe(whole.gap !== '');
    }
    const text = await run('report', '--all');
    // Of a spread n is how many people it is over.
    const spread = toldFigure(sections[2]!.metrics.find(({ id }) => id === 'review_load_balance')!);
    if (spread.kind !== 'concentration') throw new Error('no spread');
    const line = /Review load balance \(.*?\) +(\S+) +(\d+) /.exec(text);
    expect(line?.slice(1)).toEqual([(spread.value ?? 0).toFixed(2), String(spread.holders)]);
    for (const title of ['Flow of pull requests', 'Continuous integration', 'Standards']) {
      expect(text).toContain(title);
    }
  });

  it('compares with another system, and refuses what such a system does not know', async () => {
    const text = await run('report', '--definition', 'devlake');
    expect(text).toContain('DORA as Apache DevLake computes it');
    expect(text).toContain('Why they differ: Deployment frequency');
    const { comparisons } = JSON.parse(await run('report', '--definition', 'four-keys', '--json')) as {
      comparisons: unknown[];
    };
    expect(comparisons).toHaveLength(4);
    const refused = await github.run(folder, ['report', '--definition', 'devlake', '--team', 'x']);
    expect(refused.talk.join('\n')).toContain('Error (definition-scope)');
    const unknown = await github.run(folder, ['report', '--definition', 'guesswork']);
    expect(unknown.talk.join('\n')).toMatch(/Error \(definition-unknown\)[^]*devlake, four-keys/);
  });

  it.each([
    ['--team', 'nobody', 'team-unknown'],
    ['--group', 'nobody', 'team-group-unknown'],
    ['--organisation', 'nobody', 'organisation-unknown'],
    ['--service', 'nobody', 'service-unknown'],
    ['--repo', 'nobody', 'repository-unknown'],
    ['--section', 'gossip', 'usage'],
  ])('refuses %s %s', async (flag, value, code) => {
    const outcome = await github.run(folder, ['report', flag, value]);
    expect(outcome.talk.join('\n')).toContain(`Error (${code})`);
    expect(outcome.code).toBe(2);
  });
});
