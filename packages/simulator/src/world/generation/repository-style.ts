import type { DeploymentSignal, Repository } from '../model.ts';
import { pickServiceNames, repositoryName } from '../names.ts';
import type { WorldParameters } from '../parameters.ts';
import type { Random } from '../random.ts';
import type { Style } from './context.ts';

/** What kind of repository it is; only the first is lived in. */
export type Kind = 'service' | 'monorepo' | 'archived' | 'fork' | 'empty';

// The first ones are of fixed kinds, so that small worlds have one of each that matters most.
const firstKinds: readonly Kind[] = ['service', 'monorepo'];
const firstSignals: readonly DeploymentSignal[] = ['deployment', 'deployment', 'release', 'workflow', 'tag'];
const smallWorld = 5;

export function drawKind(random: Random, { repositories }: WorldParameters, index: number): Kind {
  const { monorepoShare, archivedShare, forkShare, emptyShare } = repositories;
  const isEarly = index < smallWorld;
  const rest = Math.max(0, 1 - monorepoShare - archivedShare - forkShare - emptyShare);
  const drawn = random.weighted<Kind>({
    service: isEarly ? 1 : rest,
    monorepo: isEarly ? 0 : monorepoShare,
    archived: isEarly ? 0 : archivedShare,
    fork: isEarly ? 0 : forkShare,
    empty: isEarly ? 0 : emptyShare,
  });
  if (index === 1 && monorepoShare === 0) return 'service';
  return firstKinds[index] ?? drawn;
}

export function drawStyle(
  random: Random,
  parameters: WorldParameters,
  { index, kind }: { index: number; kind: Kind },
): Style {
  const { repositories, deployments, pullRequests } = parameters;
  const drawn = random.weighted(deployments.signals);
  // A fixed kind only where the parameters allow it.
  const fixed = firstSignals[index];
  const signal = fixed !== undefined && deployments.signals[fixed] > 0 ? fixed : drawn;
  const isStaged = signal === 'deployment';
  const hasSeveral = isStaged && kind !== 'monorepo' && random.chance(deployments.severalProductionsShare);
  const short = random.chance(0.3);
  const production = short ? 'prod' : 'production';
  return {
    mergeMethod: random.weighted(repositories.mergeMethods),
    hasMergeQueue: random.chance(repositories.mergeQueueShare),
    hasAutoMerge: random.chance(repositories.autoMergeShare),
    signal,
    rhythm: random.weighted(deployments.rhythms),
    productions: hasSeveral
      ? [`${production}-eu`, `${production}-us`]
      : [isStaged ? production : 'production'],
    stages: isStaged ? (random.chance(0.5) ? ['development', 'staging'] : ['staging']) : [],
    alsoReleases: isStaged && random.chance(deployments.alsoReleasesShare),
    hasNightlyTag: random.chance(deployments.nightlyTagShare),
    serviceIsIn: random.pick(['environment', 'payload']),
    pullRequestsPerWeek: random.logNormal(pullRequests.perWeek, pullRequests.perWeekSpread),
  };
}

export function drawServices(
  random: Random,
  { repositories }: WorldParameters,
  { index, kind }: { index: number; kind: Kind },
): Repository['services'] {
  if (kind !== 'monorepo') return [{ name: repositoryName(index), path: '' }];
  const [fewest, most] = repositories.servicesPerMonorepo;
  const names = pickServiceNames(random, random.integer(fewest, most));
  // Other monorepos have services of the same names: the repository's name keeps them apart.
  return names.map((name) => ({ name: index === 1 ? name : `${name}-${index}`, path: `services/${name}` }));
}
