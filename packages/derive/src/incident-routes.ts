import type { IncidentRow, OverrideRow, ServiceRow } from '@bellwether/warehouse';

export const incidentColumns = [
  'repo',
  'incident_id',
  'service',
  'environment',
  'severity',
  'opened_at',
  'acknowledged_at',
  'resolved_at',
  'caused_by',
] as const;

/** An incident, as one of the repositories sees it that it may be about. */
export type DomainIncident = Pick<IncidentRow, (typeof incidentColumns)[number]> & {
  /** What a person ruled to be its cause: a deployment id, or empty for none. Null: nobody ruled. */
  ruled_cause: string | null;
  /** No other repository is asked about it. */
  is_only_here: boolean;
  /** This repository was hit or is at fault; the one where it was reported need not be. */
  is_about: boolean;
  /** The one repository under which it counts. */
  is_primary: boolean;
};

export interface RoutingInput {
  /** All repositories that have facts. */
  repos: readonly string[];
  catalogue: readonly Pick<ServiceRow, 'repo' | 'service'>[];
  incidents: readonly Omit<DomainIncident, 'ruled_cause' | 'is_only_here' | 'is_about' | 'is_primary'>[];
  attributions: readonly Attribution[];
  /** Repositories of deployments by their ids, as far as somebody names them. */
  homeOf: ReadonlyMap<string, string>;
}

/** A ruling of the kind `attribution`. It stands under the incident's repository, or under the deployment's. */
export type Attribution = Pick<OverrideRow, 'repo' | 'entity' | 'ruling' | 'ruled_at'>;

export interface IncidentRoutes {
  /** In order of their ids. */
  of(repo: string): readonly DomainIncident[];
  /** Where incidents were reported. */
  homes: readonly string[];
}

/**
 * Which repositories each incident may be about: the one that it was reported in, those whose catalogue has its
 * service (unless its own has), those that its cause names, and the one that a person named. An operations team often
 * keeps the incidents of a whole company in one repository.
 */
export function routeIncidents({
  repos,
  catalogue,
  incidents,
  attributions,
  homeOf,
}: RoutingInput): IncidentRoutes {
  const known = new Set(repos);
  const serviceRepos = new Map<string, Set<string>>();
  for (const { repo, service } of catalogue) {
    const of = serviceRepos.get(service) ?? new Set();
    serviceRepos.set(service, of.add(repo));
  }
  const rulingOn = rulingFinder(incidents, attributions);
  const placesIn = (text: string): string[] => {
    const home = homeOf.get(text);
    return home === undefined ? repositoriesIn(text, known) : [home];
  };

  const routes = new Map<string, DomainIncident[]>();
  for (const incident of [...incidents].sort(byId)) {
    const ruling = rulingOn(incident);
    const ofService = serviceRepos.get(incident.service) ?? new Set<string>();
    const isHomeHit = ofService.has(incident.repo);
    // In the order in which they would have it: a person's word, the cause that is named, the service that was hit.
    const about = new Set([
      ...(ruling === undefined ? [] : placesIn(ruling.ruling)),
      ...placesIn(incident.caused_by ?? ''),
      ...(isHomeHit ? [incident.repo] : [...ofService].sort()),
    ]);
    const targets = new Set([incident.repo, ...about, ...(ruling === undefined ? [] : [ruling.repo])]);
    const primary = [...about].find((repo) => known.has(repo)) ?? incident.repo;
    for (const repo of targets) {
      const row: DomainIncident = {
        ...incident,
        ruled_cause: ruling?.ruling ?? null,
        is_only_here: targets.size === 1,
        is_about: repo === primary || about.has(repo),
        is_primary: repo === primary,
      };
      const list = routes.get(repo);
      if (list === undefined) routes.set(repo, [row]);
      else list.push(row);
    }
  }
  return { of: (repo) => routes.get(repo) ?? [], homes: incidents.map(({ repo }) => repo) };
}

/**
 * The repository that a text names: `https://github.com/acme/shop/deployments/7`, `github.com/acme/shop@tag:v1`. At
 * most one, the longest name.
 */
export function repositoriesIn(text: string, known: ReadonlySet<string>): string[] {
  const parts = text.replace(/^https?:\/\//i, '').split(/[/@#:?]/, 8);
  for (let length = parts.length; length > 1; length--) {
    const name = parts.slice(0, length).join('/');
    if (known.has(name)) return [name];
  }
  return [];
}

/** Ids are unique within a repository only, so a ruling elsewhere counts where it can mean no incident of its own. */
function rulingFinder(
  incidents: RoutingInput['incidents'],
  attributions: readonly Attribution[],
): (incident: Pick<IncidentRow, 'repo' | 'incident_id'>) => Attribution | undefined {
  const keyOf = (repo: string, id: string): string => JSON.stringify([repo, id]);
  const own = new Set(incidents.map(({ repo, incident_id }) => keyOf(repo, incident_id)));
  const byKey = new Map<string, Attribution>();
  for (const row of attributions) {
    const exact = keyOf(row.repo, row.entity);
    const key = own.has(exact) ? exact : row.entity;
    const other = byKey.get(key);
    if (other === undefined || isLater(row, other)) byKey.set(key, row);
  }
  return ({ repo, incident_id }) => byKey.get(keyOf(repo, incident_id)) ?? byKey.get(incident_id);
}

function isLater(a: Attribution, b: Attribution): boolean {
  return a.ruled_at === b.ruled_at ? a.repo > b.repo : a.ruled_at > b.ruled_at;
}

function byId(a: Pick<IncidentRow, 'repo' | 'incident_id'>, b: typeof a): number {
  if (a.repo !== b.repo) return a.repo < b.repo ? -1 : 1;
  return a.incident_id < b.incident_id ? -1 : 1;
}
