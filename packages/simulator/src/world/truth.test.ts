import { describe, expect, it } from 'vitest';
import { generateWorld } from './generate-world.ts';
import type { Deployment, PullRequest, Repository, TrueDeployment, World } from './model.ts';

const now = Date.UTC(2026, 4, 4, 12);
const seeds = [21, 22, 23, 24];
// More trouble than usual, so that every kind of it is among so few repositories.
const parameters = { deployments: { severalProductionsShare: 0.5 }, failures: { share: 0.2 } };
const worlds = seeds.map((seed) => generateWorld({ seed, repositories: 9, years: 0.7, now, parameters }));

function repositoryOf(world: World, name: string): Repository {
  return [...world.repositories.values()].find((each) => each.name === name)!;
}

/** A commit and everything before it, by walking the parents: nothing that the generator itself does. */
function historyOf({ commits }: Repository, sha: string): Set<string> {
  const found = new Set<string>();
  const left = [sha];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    left.push(...commits.get(next)!.parents);
  }
  return found;
}

function groupsOf(world: World): Map<string, TrueDeployment[]> {
  const groups = new Map<string, TrueDeployment[]>();
  for (const deployment of world.truth.deployments) {
    const key = `${deployment.repository}/${deployment.service}/${deployment.environment}`;
    groups.set(key, [...(groups.get(key) ?? []), deployment]);
  }
  return groups;
}

/** All environments of a service together. */
function byService(groups: Map<string, TrueDeployment[]>): Map<string, TrueDeployment[][]> {
  const services = new Map<string, TrueDeployment[][]>();
  for (const group of groups.values()) {
    const key = `${group[0]!.repository}/${group[0]!.service}`;
    services.set(key, [...(services.get(key) ?? []), group]);
  }
  return services;
}

function isOf(repository: Repository, service: string, { files }: PullRequest): boolean {
  const { path } = repository.services.find(({ name }) => name === service)!;
  return path === '' || files.some((file) => file.path.startsWith(`${path}/`));
}

/** Which deployment of the group first had the change; the first of all has what nobody can tell the time of. */
function firstWith(
  repository: Repository,
  group: TrueDeployment[],
  shas: string[],
): TrueDeployment | 'first' | null {
  const index = group.findIndex(({ commitSha }) => {
    const history = historyOf(repository, commitSha);
    return shas.some((sha) => history.has(sha));
  });
  if (index === -1) return null;
  return index === 0 ? 'first' : group[index]!;
}

describe('truth', () => {
  it('is held against worlds with everything that is hard to count', () => {
    const { deployments, deliveries } = {
      deployments: worlds.flatMap(({ truth }) => truth.deployments),
      deliveries: worlds.flatMap((world) => {
        return world.truth.deliveries.map((delivery) => ({
          ...delivery,
          pullRequest: repositoryOf(world, delivery.repository).pullRequests.get(delivery.number)!,
        }));
      }),
    };
    expect(deployments.some(({ environment }) => environment.endsWith('-us'))).toBe(true);
    expect(deployments.some(({ repository, service }) => repository !== service)).toBe(true);
    // From its branch, before the merge.
    expect(deliveries.some(({ deployedAt, pullRequest }) => deployedAt <= pullRequest.mergedAt!)).toBe(true);
    expect(deliveries.some(({ pullRequest }) => pullRequest.headBranch.startsWith('revert-'))).toBe(true);
    const late = [...worlds.flatMap((world) => [...groupsOf(world).values()])].some((group) => {
      return group.some(({ failure, commitSha }, index) => {
        const next = group[index + 1];
        return failure?.cause === 'rollback' && next?.commitSha !== commitSha && next?.isRework === false;
      });
    });
    expect(late).toBe(true);
  });

  it.each(worlds.map((world) => ({ seed: world.seed, world })))(
    'says of every change which deployment first had it (seed $seed)',
    ({ world }) => {
      const expected = new Set<string>();
      const services = byService(groupsOf(world));
      for (const groups of services.values()) {
        const { repository: name, service } = groups[0]![0]!;
        const repository = repositoryOf(world, name);
        for (const pullRequest of repository.pullRequests.values()) {
          if (pullRequest.state !== 'MERGED' || !isOf(repository, service, pullRequest)) continue;
          const { mergeCommitSha, commitShas, number } = pullRequest;
          const shas = mergeCommitSha === null ? commitShas : [mergeCommitSha, ...commitShas];
          const firsts = groups.map((group) => firstWith(repository, group, shas));
          const deployments = firsts.filter((each) => each !== null && each !== 'first');
          if (firsts.includes('first') || deployments.length === 0) continue;
          const [earliest] = deployments.sort((a, b) => a.finishedAt - b.finishedAt);
          const authored = Math.min(...commitShas.map((sha) => repository.commits.get(sha)!.authoredAt));
          expected.add(`${name}#${number} ${service} ${earliest!.id} ${authored} ${earliest!.finishedAt}`);
        }
      }
      const told = world.truth.deliveries.map((delivery) => {
        const { repository, number, service, deploymentId, firstAuthoredAt, deployedAt } = delivery;
        return `${repository}#${number} ${service} ${deploymentId} ${firstAuthoredAt} ${deployedAt}`;
      });
      expect(told.length).toBeGreaterThan(20);
      expect(told.sort()).toEqual([...expected].sort());
    },
  );

  it('names every successful production deployment that a reader of GitHub could find', () => {
    for (const world of worlds) {
      const told = world.truth.deployments.map(({ repository, id, finishedAt, commitSha }) => {
        return `${repository} ${id} ${finishedAt} ${commitSha}`;
      });
      const found = [...world.repositories.values()].flatMap((repository) => {
        return announced(world, repository).map((text) => `${repository.name} ${text}`);
      });
      expect(told.sort()).toEqual(found.sort());
    }
  });

  it('charges rollbacks to what they took out, and nothing that was never deployed again', () => {
    let rollbacks = 0;
    for (const world of worlds) {
      for (const group of groupsOf(world).values()) {
        for (const [index, deployment] of group.entries()) {
          const { failure } = deployment;
          if (failure?.cause !== 'rollback') continue;
          rollbacks += 1;
          const later = group.find(({ finishedAt }) => finishedAt === failure.recoveredAt)!;
          const before = group[index - 1]!;
          expect(later.commitSha).toBe(before.commitSha);
          expect(later.isRework).toBe(true);
          expect(historyOf(repositoryOf(world, later.repository), later.commitSha)).not.toContain(
            deployment.commitSha,
          );
        }
      }
    }
    expect(rollbacks).toBeGreaterThan(10);
  });

  it('knows the incident behind a failure by number', () => {
    const failures = worlds.flatMap((world) => {
      return world.truth.deployments.flatMap(({ repository, service, id, failure }) => {
        const { issues, deployments, workflowRuns } = repositoryOf(world, repository);
        const announced = [...deployments.values(), ...workflowRuns.values()].find((each) => each.id === id);
        const name = announced ? String(announced.databaseId) : id;
        return failure?.incidentNumber == null
          ? []
          : [{ issue: issues.get(failure.incidentNumber), service, name, failure }];
      });
    });
    expect(failures.length).toBeGreaterThan(20);
    for (const { issue, service, name, failure } of failures) {
      expect(issue?.labels).toContain('incident');
      expect(issue?.labels).toContain(`service/${service}`);
      if (failure.cause !== 'incident') continue;
      expect(failure).toMatchObject({ failedAt: issue!.createdAt, recoveredAt: issue!.closedAt });
      expect(issue!.body === 'Customers see errors.' || issue!.body.startsWith(`Deployment: ${name}\n`)).toBe(
        true,
      );
    }
  });
});

/** Id, instant and revision, from what GitHub shows alone. */
function announced(world: World, repository: Repository): string[] {
  switch (world.truth.signals.get(repository.name)) {
    case 'deployment':
      return [...repository.deployments.values()]
        .filter(({ environment }) => environment.includes('prod'))
        .flatMap((each) => {
          const at = succeededAt(each);
          return at === undefined ? [] : [`${each.id} ${at} ${each.commitSha}`];
        });
    case 'workflow':
      return [...repository.workflowRuns.values()]
        .filter(({ workflowId }) => repository.workflows.get(workflowId)!.name.startsWith('Deploy'))
        .filter(({ attempts }) => attempts.at(-1)!.conclusion === 'success')
        .map(({ id, updatedAt, headSha }) => `${id} ${updatedAt} ${headSha}`);
    case 'release':
      return [...repository.releases.values()]
        .filter(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease)
        .map(
          ({ tagName, publishedAt }) =>
            `${tagName} ${publishedAt} ${repository.tags.get(tagName)!.commitSha}`,
        );
    case 'tag':
      return [...repository.tags.values()]
        .filter(({ name }) => /\d+\.\d+\.\d+$/.test(name))
        .map(({ name, annotation, commitSha }) => `${name} ${annotation!.taggedAt} ${commitSha}`);
    case undefined:
      return [];
  }
}

function succeededAt({ statuses }: Deployment): number | undefined {
  return statuses.find(({ state }) => state === 'SUCCESS')?.createdAt;
}
