import { byTimeThenRef, compareBytewise, deploymentBasis, firstDeployments } from '@bellwether/lineage';
import type { DomainDeployment } from '../domain-snapshot.ts';
import type { History } from './history.ts';

/** A counted deployment with the date that its place in a line needs. */
export type Release = DomainDeployment & { finished_at: number };

/** The deployments of one service to one environment, in order, and what each was the first to carry. */
export interface ReleaseLine {
  service: string;
  environment: string;
  environmentKind: string;
  /** By time, then by ref. */
  releases: readonly Release[];
  /** For each release the index of its commit, -1 where the history does not have it. */
  releaseCommit: Int32Array;
  /** For each commit the release that first carried it, -1 for none. */
  firstRelease: Int32Array;
  /** The first release whose commit is known: what it carried was deployed at an unknown time. -1 for none. */
  baseline: number;
  /**
   * For each release 1 where it continues nothing that was released before: the baseline, and the first release of
   * another root. After a rewritten history all old work would look newly delivered.
   */
  isFreshStart: Uint8Array;
}

/**
 * Puts every deployment into its line. Deployments without a date cannot stand in one, and a pre-release is a tag that
 * went nowhere: no environment ran it, so nothing was delivered, failed or recovered by it.
 */
export function buildReleaseLines(deployments: readonly DomainDeployment[], history: History): ReleaseLine[] {
  const groups = new Map<string, Release[]>();
  for (const deployment of deployments) {
    if (!isRelease(deployment)) continue;
    const key = JSON.stringify([deployment.service, deployment.environment]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [deployment]);
    else group.push(deployment);
  }
  return [...groups.values()].map((group) => toLine(group, history)).sort(byServiceThenEnvironment);
}

/** By time, then by ref: releases of a monorepo often share an instant. */
export function inOrder(a: Release, b: Release): number {
  return (
    byTimeThenRef({ finishedAt: a.finished_at, ref: a.ref }, { finishedAt: b.finished_at, ref: b.ref }) ||
    compareBytewise(a.deployment_id, b.deployment_id)
  );
}

/** Whether a deployment can stand in a line. */
export function isRelease(deployment: DomainDeployment): deployment is Release {
  return deployment.finished_at !== null && deployment.environment_kind !== 'prerelease';
}

function toLine(group: Release[], { graph, indexOf }: History): ReleaseLine {
  const releases = group.sort(inOrder);
  const releaseCommit = Int32Array.from(releases, ({ sha }) => indexOf.get(sha ?? '') ?? -1);
  const firstRelease = firstDeployments(graph, releaseCommit);
  const [sample] = releases;
  if (sample === undefined) throw new RangeError('a release line needs a release');
  return {
    service: sample.service,
    environment: sample.environment,
    environmentKind: sample.environment_kind,
    releases,
    releaseCommit,
    firstRelease,
    isFreshStart: deploymentBasis(graph, releaseCommit, firstRelease).isBaseline,
    baseline: releaseCommit.findIndex((commit) => commit !== -1),
  };
}

function byServiceThenEnvironment(a: ReleaseLine, b: ReleaseLine): number {
  return compareBytewise(a.service, b.service) || compareBytewise(a.environment, b.environment);
}
