import { describe, expect, it } from 'vitest';
import { incident } from './testing/snapshot.ts';
import { repositoriesIn, routeIncidents, type RoutingInput } from './incident-routes.ts';

const repos = ['h/acme/app', 'h/acme/api', 'h/acme/ops'];
const at = 1_000;

function reached(input: Partial<RoutingInput>): Record<string, string[]> {
  const routes = routeIncidents({
    repos,
    catalogue: [],
    incidents: [],
    attributions: [],
    homeOf: new Map(),
    ...input,
  });
  const entries = repos.map((repo) => [repo, routes.of(repo).map(({ incident_id }) => incident_id)] as const);
  return Object.fromEntries(entries.filter(([, ids]) => ids.length > 0));
}

describe('an incident counts', () => {
  const rowsOf = (rest: object, input: Partial<RoutingInput> = {}) => {
    const incidents = [incident('i', at, { repo: 'h/acme/ops', ...rest })];
    const routes = routeIncidents({
      repos,
      catalogue: [],
      incidents,
      attributions: [],
      homeOf: new Map(),
      ...input,
    });
    return [...repos, ''].flatMap((repo) =>
      routes.of(repo).map(({ is_about, is_primary }) => [repo, is_about, is_primary]),
    );
  };
  const catalogue = [
    { repo: 'h/acme/app', service: 'shop' },
    { repo: 'h/acme/api', service: 'shop' },
  ];

  it('where it was reported, as long as it is about nothing else', () => {
    expect(rowsOf({})).toEqual([['h/acme/ops', true, true]]);
    expect(rowsOf({ repo: '' })).toEqual([['', true, true]]);
  });

  it('in every repository that it is about, and as one in the first by name', () => {
    expect(rowsOf({ service: 'shop' }, { catalogue })).toEqual([
      ['h/acme/app', true, false],
      ['h/acme/api', true, true],
      ['h/acme/ops', false, false],
    ]);
  });

  it('as one where its cause lies, which stands above the service that it hit', () => {
    const rows = rowsOf({ service: 'shop', caused_by: 'https://h/acme/app/deployments/5' }, { catalogue });
    expect(rows.filter(([, , isPrimary]) => isPrimary)).toEqual([['h/acme/app', true, true]]);
  });
});

describe('an incident reaches', () => {
  const inOps = (rest: object) => [incident('i', at, { repo: 'h/acme/ops', ...rest })];

  it('the repository that it was reported in', () => {
    expect(reached({ incidents: inOps({}) })).toEqual({ 'h/acme/ops': ['i'] });
  });

  it('those whose catalogue has its service, unless its own has', () => {
    const catalogue = [{ repo: 'h/acme/app', service: 'shop' }];
    const incidents = inOps({ service: 'shop' });
    expect(reached({ catalogue, incidents })).toEqual({ 'h/acme/app': ['i'], 'h/acme/ops': ['i'] });
    const own = [...catalogue, { repo: 'h/acme/ops', service: 'shop' }];
    expect(reached({ catalogue: own, incidents })).toEqual({ 'h/acme/ops': ['i'] });
  });

  it('the one that its cause lies in', () => {
    const incidents = inOps({ caused_by: 'https://h/acme/api/actions/runs/5' });
    expect(Object.keys(reached({ incidents }))).toEqual(['h/acme/api', 'h/acme/ops']);
  });

  it('the one that a person named, in the ruling or by where it stands; the last ruling holds', () => {
    const ruling = (repo: string, text: string, ruled_at: number) => ({
      repo,
      entity: 'i',
      ruling: text,
      ruled_at,
    });
    const incidents = inOps({});
    expect(
      Object.keys(
        reached({
          incidents,
          attributions: [
            ruling('h/acme/ops', 'h/acme/api@tag:v1', 2),
            ruling('h/acme/app', 'own-id-of-a-deployment', 1),
          ],
        }),
      ),
    ).toEqual(['h/acme/api', 'h/acme/ops']);
    const routes = routeIncidents({
      repos,
      catalogue: [],
      incidents,
      attributions: [ruling('h/acme/app', 'own-id', 1)],
      homeOf: new Map(),
    });
    expect(routes.of('h/acme/app')).toMatchObject([{ ruled_cause: 'own-id', is_only_here: false }]);
  });
});

describe('ids', () => {
  it('of imported deployments lead to their repository', () => {
    const incidents = [incident('i', at, { repo: 'h/acme/ops', caused_by: 'deploy-77' })];
    const homeOf = new Map([['deploy-77', 'h/acme/app']]);
    expect(Object.keys(reached({ incidents, homeOf }))).toEqual(['h/acme/app', 'h/acme/ops']);
  });

  it('of incidents are each repository’s own: a ruling on one says nothing of its namesake', () => {
    const incidents = ['h/acme/app', 'h/acme/api'].map((repo) => incident('INC-1', at, { repo }));
    const attributions = [{ repo: 'h/acme/app', entity: 'INC-1', ruling: '', ruled_at: 1 }];
    const routes = routeIncidents({ repos, catalogue: [], incidents, attributions, homeOf: new Map() });
    expect(routes.of('h/acme/app')).toMatchObject([{ ruled_cause: '' }]);
    expect(routes.of('h/acme/api')).toMatchObject([{ ruled_cause: null }]);
  });
});

describe('the repository that a text names', () => {
  const known = new Set(['h/acme/app', 'h/group/sub/app', 'local/app']);
  it.each([
    ['https://h/acme/app/releases/tag/v1', ['h/acme/app']],
    ['h/acme/app@tag:v1', ['h/acme/app']],
    ['h/group/sub/app@tag:v1', ['h/group/sub/app']],
    ['local/app@tag:@scope/pkg@1.0.0', ['local/app']],
    ['h/acme/application/releases/tag/v1', []],
    ['v1.2.3', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(repositoriesIn(text, known)).toEqual(expected);
  });
});
