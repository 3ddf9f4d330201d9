import { compareBytewise, type FailureClaim, type Testimony } from '@bellwether/lineage';
import type { DomainOverride } from '../domain-snapshot.ts';
import type { DomainIncident } from '../incident-routes.ts';
import type { DeploymentFinder, Place } from './deployment-names.ts';
import { type CauseInput, causeOf } from './incident-causes.ts';
import type { ReleaseLine } from './release-line.ts';

export interface TestimonyInput extends CauseInput {
  incidents: readonly DomainIncident[];
  overrides: readonly DomainOverride[];
}

/** What incidents and people say of one line. */
export interface LineTestimony extends Testimony {
  /** By position, the incident that is held against a release. */
  incidentOf: ReadonlyMap<number, string>;
}

export interface AllTestimony {
  of(line: ReleaseLine): LineTestimony;
  /** Incidents that nobody else is asked about, and that name what is no deployment. */
  unresolvedCauses: readonly { incident: DomainIncident; name: string }[];
  /** Incidents that nobody else is asked about, and of which nobody knows what they hit. */
  homeless: readonly DomainIncident[];
  /** Rulings on what is no deployment that counts. */
  unresolvedRulings: readonly string[];
}

/** Holds every incident and ruling against the release that it speaks of. */
export function hearTestimony(input: TestimonyInput): AllTestimony {
  const charges = new Map<string, Charge>();
  const unresolvedCauses: { incident: DomainIncident; name: string }[] = [];
  const homeless: DomainIncident[] = [];
  for (const incident of input.incidents) {
    const cause = causeOf(incident, input);
    if (cause.how === 'unresolved' && incident.is_only_here) {
      unresolvedCauses.push({ incident, name: cause.name });
    }
    if (cause.how === 'homeless' && incident.is_only_here) homeless.push(incident);
    if (cause.how !== 'named' && cause.how !== 'window') continue;
    const key = `${cause.place.release.deployment_id} ${cause.how}`;
    const charge = charges.get(key) ?? { ...cause, incidents: [] };
    charge.incidents.push(incident);
    charges.set(key, charge);
  }
  const rulings = ruledPlaces(input.overrides, input.find);
  return {
    of: (line) => testimonyOf(line, [...charges.values()], rulings.places),
    unresolvedCauses,
    homeless,
    unresolvedRulings: rulings.unresolved,
  };
}

interface Charge {
  how: 'named' | 'window';
  place: Place;
  incidents: DomainIncident[];
}

function testimonyOf(
  line: ReleaseLine,
  charges: readonly Charge[],
  ruled: readonly { place: Place; isFailure: boolean }[],
): LineTestimony {
  const ofLine = charges.filter(({ place }) => place.line === line);
  const incidentOf = new Map<number, string>();
  // Those that name the release last, so that they stay.
  for (const { place, incidents } of ofLine.toSorted((a, b) => compareBytewise(b.how, a.how))) {
    incidentOf.set(place.position, firstOpened(incidents).incident_id);
  }
  return {
    claims: ofLine.map(toClaim),
    rulings: new Map(
      ruled
        .filter(({ place }) => place.line === line)
        .map(({ place, isFailure }) => [place.position, isFailure]),
    ),
    incidentOf,
  };
}

/** One failure, from the first incident that was opened to the last that was resolved; open while one of them is. */
function toClaim({ how, place, incidents }: Charge): FailureClaim {
  const resolved = incidents
    .map(({ resolved_at }) => resolved_at ?? Infinity)
    .reduce((a, b) => Math.max(a, b));
  return {
    deployment: place.position,
    evidence: how === 'named' ? 'incident' : 'incident-window',
    confidence: how === 'named' ? 'high' : 'low',
    // A roll-out can do harm before it has finished; the failure of a deployment begins with the deployment.
    failedAt: Math.max(firstOpened(incidents).opened_at, place.release.finished_at),
    recoveredAt: resolved === Infinity ? null : resolved,
    recoveredBy: null,
  };
}

function firstOpened(incidents: readonly DomainIncident[]): DomainIncident {
  return incidents.reduce((first, each) => (each.opened_at < first.opened_at ? each : first));
}

function ruledPlaces(
  overrides: readonly DomainOverride[],
  find: DeploymentFinder,
): { places: { place: Place; isFailure: boolean }[]; unresolved: string[] } {
  const places: { place: Place; isFailure: boolean }[] = [];
  const unresolved: string[] = [];
  for (const { kind, entity, ruling } of overrides) {
    if (kind !== 'failure') continue;
    const found = find(entity);
    if (found.length === 0) unresolved.push(entity);
    for (const place of found) places.push({ place, isFailure: ruling === 'yes' });
  }
  return { places, unresolved };
}
