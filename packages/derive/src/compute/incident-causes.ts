import type { DomainIncident } from '../incident-routes.ts';
import type { DeploymentFinder, Place } from './deployment-names.ts';
import { inOrder, type ReleaseLine } from './release-line.ts';

/** What an incident says about the deployments of a repository. */
export type Cause =
  | { how: 'named' | 'window'; place: Place }
  /** It names something that is no deployment which is known here. */
  | { how: 'unresolved'; name: string }
  /** Which of the services it hit is not known, or none of them is deployed. */
  | { how: 'homeless' }
  /** It speaks of no deployment of this repository. */
  | { how: 'none' };

export interface CauseInput {
  repo: string;
  lines: readonly ReleaseLine[];
  find: DeploymentFinder;
  /** How long after a deployment an incident that names none is held against it. */
  windowHours: number;
}

const HOUR = 3_600_000;

/**
 * Which deployment an incident is held against: the one that a person ruled or that it names, else the last of its
 * service within the window before it opened. At most one, so that an incident is one failure. An incident that names
 * something unknown is held against nothing: it says that something else was the cause.
 */
export function causeOf(incident: DomainIncident, input: CauseInput): Cause {
  const name = incident.ruled_cause ?? incident.caused_by;
  if (name === null) {
    const candidates = linesHit(incident, input);
    const place = lastBefore(incident, candidates, input.windowHours);
    if (place !== undefined) return { how: 'window', place };
    return { how: candidates.length === 0 && input.lines.length > 0 ? 'homeless' : 'none' };
  }
  if (name.trim() === '') return { how: 'none' };
  const place = choose(input.find(name), incident);
  return place === undefined ? { how: 'unresolved', name } : { how: 'named', place };
}

/**
 * Of the deployments that a name can mean (one revision in two regions, or deployed again) the last that was there when
 * the incident opened; else the first.
 */
function choose(places: readonly Place[], incident: DomainIncident): Place | undefined {
  const narrowed = [
    ({ line }: Place): boolean => line.service === incident.service,
    ({ line }: Place): boolean => line.environment === incident.environment,
    ({ line }: Place): boolean => line.environmentKind === 'production',
  ].reduce((left, isMeant) => (left.some(isMeant) ? left.filter(isMeant) : left), places);
  const ordered = narrowed.toSorted((a, b) => inOrder(a.release, b.release));
  return ordered.findLast(({ release }) => release.finished_at <= incident.opened_at) ?? ordered[0];
}

/** When that which it hit was first deployed; null where it never was, or nobody knows what it hit. */
export function firstReleaseHit(incident: DomainIncident, input: CauseInput): number | null {
  const firsts = linesHit(incident, input).flatMap(({ releases }) => releases.slice(0, 1));
  return firsts.length === 0 ? null : Math.min(...firsts.map(({ finished_at }) => finished_at));
}

/** The lines of its service in the environment that it hit, in any production where it does not say which. */
function linesHit(incident: DomainIncident, { repo, lines }: CauseInput): readonly ReleaseLine[] {
  const service = incident.service === '' ? onlyService(incident, repo, lines) : incident.service;
  const ofService = lines.filter((line) => line.service === service);
  const hit = ofService.filter(({ environment }) => environment === incident.environment);
  return hit.length > 0 ? hit : ofService.filter(({ environmentKind }) => environmentKind === 'production');
}

/** The last deployment before it opened, if that is not older than the window. */
function lastBefore(
  { opened_at }: DomainIncident,
  lines: readonly ReleaseLine[],
  windowHours: number,
): Place | undefined {
  return lines
    .flatMap((line): Place[] => {
      const position = line.releases.findLastIndex(({ finished_at }) => finished_at <= opened_at);
      const release = line.releases[position];
      const isRecent = release !== undefined && release.finished_at >= opened_at - windowHours * HOUR;
      return isRecent ? [{ line, position, release }] : [];
    })
    .toSorted((a, b) => inOrder(a.release, b.release))
    .at(-1);
}

/** Whom an incident without a service can only mean: reported here, where there is one. */
function onlyService({ repo: home }: DomainIncident, repo: string, lines: readonly ReleaseLine[]): string {
  const [only = '', ...others] = new Set(lines.map(({ service }) => service));
  return home === repo && others.length === 0 ? only : '';
}
