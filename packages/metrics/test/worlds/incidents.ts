import { type IncidentFactRow, incidentFacts } from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';
import type { ReferenceRow } from '../reference.ts';
import { environments, services, teams } from '../requests.ts';
import { incidentFact } from '../rows/incidents.ts';
import { pick, shownService, teamGroupOf, type WorldKind } from '../world.ts';

/** The incidents about one repository, at random. */
export interface IncidentWorld {
  repo: string;
  incidents: IncidentFactRow[];
}

const place = {
  service: fc.constantFrom(...services, ''),
  is_service_withheld: fc.constantFrom(false, false, false, true),
  team: fc.constantFrom(...teams),
};

const seconds = fc.integer({ min: 0, max: 5_000_000 });

const lapse = fc.oneof(
  { weight: 3, arbitrary: fc.record({ seconds, business: fc.option(seconds, { freq: 8 }) }) },
  { weight: 1, arbitrary: fc.constantFrom('open', 'negative') },
);

const anIncident = fc.record({
  ...place,
  environment: fc.constantFrom(...environments, ''),
  severity: fc.constantFrom('', 'low', 'high'),
  opened_at: instant,
  acknowledged: fc.oneof(
    { weight: 4, arbitrary: lapse },
    { weight: 1, arbitrary: fc.constant('not-recorded') },
  ),
  resolved: lapse,
  cause: fc.constantFrom(
    { is_change_caused: true, cause_gap: '', evidence: 'incident', deployment_id: 'v1' },
    { is_change_caused: true, cause_gap: '', evidence: 'incident-window', deployment_id: 'v2' },
    { is_change_caused: false, cause_gap: '', evidence: 'override', deployment_id: '' },
    { is_change_caused: false, cause_gap: '', evidence: 'incident-window', deployment_id: '' },
    { is_change_caused: null, cause_gap: 'no-cause-found', evidence: '', deployment_id: '' },
    { is_change_caused: null, cause_gap: 'no-deployment-known', evidence: '', deployment_id: '' },
  ),
  is_out_of_hours: fc.boolean(),
});
type RandomIncident = typeof anIncident extends fc.Arbitrary<infer Each> ? Each : never;

/** Incidents that several repositories share; which of them is a matter of the index. */
const sharedIncidents = fc.sample(anIncident, { numRuns: 4 });
const HOME = 'host/random/0';

export const incidentReports: WorldKind<IncidentWorld> = {
  of: (repo) =>
    fc
      .record({
        own: fc.array(anIncident, { maxLength: 30 }),
        shared: fc.array(fc.record({ ...place, index: fc.nat(sharedIncidents.length - 1) }), {
          maxLength: 2,
        }),
      })
      .map(({ own, shared }) => {
        const about = new Map(shared.map(({ index, ...rest }) => [index, rest]));
        return {
          repo,
          incidents: [
            ...own.map((draft, index) => rowOf(draft, { repo, incident_id: `${repo}#${String(index)}` })),
            ...[...about].map(([index, here]) =>
              rowOf(
                { ...sharedIncidents[index]!, ...here },
                {
                  ...{ repo, incident_id: `INC-${String(index)}`, home_repo: HOME },
                  is_primary: repo === HOME,
                },
              ),
            ),
          ],
        };
      }),
  async insert(warehouse, worlds) {
    await warehouse.insert(
      incidentFacts,
      worlds.flatMap(({ incidents }) => incidents),
    );
  },
};

function rowOf(
  { acknowledged, resolved, cause, ...draft }: RandomIncident,
  key: Pick<IncidentFactRow, 'repo' | 'incident_id'> & Partial<IncidentFactRow>,
): IncidentFactRow {
  const { opened_at } = draft;
  const ends = (end: typeof acknowledged): number | null => {
    if (typeof end !== 'string') return opened_at + end.seconds * 1000;
    return end === 'negative' ? opened_at - 1000 : null;
  };
  return incidentFact({
    ...key,
    ...draft,
    ...(cause as Partial<IncidentFactRow>),
    team_group: teamGroupOf(draft.team),
    acknowledged_at: ends(acknowledged),
    resolved_at: ends(resolved),
    ...(typeof acknowledged === 'string'
      ? { acknowledge_gap: acknowledged }
      : {
          acknowledge_gap: '',
          acknowledge_seconds: acknowledged.seconds,
          acknowledge_business_seconds: acknowledged.business,
        }),
    ...(typeof resolved === 'string'
      ? { resolve_gap: resolved }
      : {
          resolve_gap: '',
          resolve_seconds: resolved.seconds,
          resolve_business_seconds: resolved.business,
        }),
  });
}

/** An incident as a row that still lacks its figure: it counts once, whichever repositories it is about. */
export function reported(
  row: IncidentFactRow,
): Pick<ReferenceRow, 'at' | 'dimensions' | 'thing' | 'isBaseline'> {
  return {
    at: row.opened_at,
    dimensions: {
      ...pick(row, ['repo', 'team', 'team_group', 'severity']),
      service: shownService(row),
      environment: row.is_service_withheld ? '(withheld)' : row.environment,
    },
    thing: `${row.home_repo} ${row.incident_id}`,
    isBaseline: !row.is_primary,
  };
}
