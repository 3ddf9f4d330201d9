import type { DomainDeployment } from '../domain-snapshot.ts';
import type { Release, ReleaseLine } from './release-line.ts';

/** A release and where it stands. */
export interface Place {
  line: ReleaseLine;
  position: number;
  release: Release;
}

/** Finds the releases that a text means; none where it means nothing that was deployed. */
export type DeploymentFinder = (text: string) => readonly Place[];

/**
 * Reads how people name a deployment: by its id or the number at its end (GitHub's, of a deployment or run), by tag,
 * sha (whole or from seven digits on) or address, or by an address that ends in one of them. What announces the same release without being counted, a tag beside a deployment, leads to
 * the one that is.
 *
 * @param deployments all successful ones
 */
export function deploymentFinder(
  repo: string,
  deployments: readonly DomainDeployment[],
  lines: readonly ReleaseLine[],
): DeploymentFinder {
  const places = lines.flatMap((line) =>
    line.releases.map((release, position): Place => ({ line, position, release })),
  );
  const byId = new Map(places.map((place) => [place.release.deployment_id, place]));
  const bySha = groupBy(places, ({ release }) => release.sha ?? '');
  const shas = [...new Set(deployments.map(({ sha }) => sha ?? ''))].filter((sha) => sha !== '');
  const announced = new Map<string, DomainDeployment[]>();
  for (const deployment of deployments) {
    for (const name of new Set([deployment.deployment_id, deployment.ref, deployment.url])) {
      if (name !== '') announced.set(name, [...(announced.get(name) ?? []), deployment]);
    }
  }

  const counted = (deployment: DomainDeployment): readonly Place[] => {
    const place = byId.get(deployment.deployment_id);
    if (place !== undefined) return [place];
    const same = deployment.sha === null ? [] : (bySha.get(deployment.sha) ?? []);
    const ofService = same.filter(({ line }) => line.service === deployment.service);
    return ofService.length > 0 ? ofService : same;
  };
  /** By what stands behind the last colon of an id, which says what kind of thing announced it. */
  const numbered = (tail: string): readonly Place[] => [
    ...new Set(
      deployments.filter(({ deployment_id }) => deployment_id.endsWith(`:${tail}`)).flatMap(counted),
    ),
  ];
  const named = (name: string): readonly Place[] => {
    const found = new Set((announced.get(name) ?? []).flatMap(counted));
    if (found.size > 0) return [...found];
    // Before shas: a number of seven digits could be the beginning of one.
    const byNumber = /^\d+$/.test(name) ? numbered(name) : [];
    if (byNumber.length > 0 || !/^[0-9a-f]{7,64}$/i.test(name)) return byNumber;
    const [only, ...others] = shas.filter((sha) => sha.startsWith(name.toLowerCase()));
    return only !== undefined && others.length === 0 ? (bySha.get(only) ?? []) : [];
  };
  return (text) => {
    const name = text.trim();
    const whole = named(name);
    if (whole.length > 0) return whole;
    const path = name.replace(/^https?:\/\//i, '');
    if (!path.startsWith(`${repo}/`)) return [];
    const tail = decoded(path.slice(path.lastIndexOf('/') + 1));
    const byTail = named(tail);
    if (byTail.length > 0) return byTail;
    return numbered(tail);
  };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** As it was before somebody put it into an address. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
