import { compareBytewise } from '@bellwether/lineage';
import type { DomainDeployment } from '../domain-snapshot.ts';
import { isRelease } from './release-line.ts';

/** Previews come and go with every pull request, by the thousand; nothing is delivered to them. */
const kindsWithFacts: ReadonlySet<DomainDeployment['environment_kind']> = new Set<
  DomainDeployment['environment_kind']
>(['production', 'staging', 'testing']);

/** Beside production. Each costs a line of lineage over the whole history. */
const MOST_ENVIRONMENTS = 20;

export interface ChosenDeployments {
  deployments: readonly DomainDeployment[];
  /** Whether facts are computed for the environment of a deployment, this one or another. */
  hasFacts: (deployment: DomainDeployment) => boolean;
  /** Environments without facts of which somebody should know: the most deployed to first. */
  leftOut: readonly { service: string; environment: string; kind: string; count: number }[];
}

/**
 * The deployments to environments that facts are computed for: all of production, and of staging and testing the twenty
 * that are deployed to most, because a platform can make one for each pull request under such a name as well.
 * Development has none, and an environment whose kind nobody knows has none until somebody says what it is.
 */
export function chooseEnvironments(deployments: readonly DomainDeployment[]): ChosenDeployments {
  const counts = new Map<string, ChosenDeployments['leftOut'][number]>();
  const keyOf = ({ service, environment }: DomainDeployment): string =>
    JSON.stringify([service, environment]);
  for (const deployment of deployments.filter(isRelease)) {
    const { service, environment, environment_kind: kind } = deployment;
    const { count } = counts.get(keyOf(deployment)) ?? { count: 0 };
    counts.set(keyOf(deployment), { service, environment, kind, count: count + 1 });
  }
  const busiest = [...counts].sort(
    ([a, one], [b, other]) => other.count - one.count || compareBytewise(a, b),
  );
  const rehearsals = busiest.filter(([, { kind }]) => kind === 'staging' || kind === 'testing');
  const surplus = new Set(rehearsals.slice(MOST_ENVIRONMENTS).map(([key]) => key));
  const hasFacts = (deployment: DomainDeployment): boolean =>
    kindsWithFacts.has(deployment.environment_kind) && !surplus.has(keyOf(deployment));
  return {
    hasFacts,
    // What has no date stands in no environment; it stays for the finding that it makes.
    deployments: deployments.filter((each) => !isRelease(each) || hasFacts(each)),
    leftOut: busiest
      .filter(([key, { kind }]) => kind === 'other' || surplus.has(key))
      .map(([, environment]) => environment),
  };
}
