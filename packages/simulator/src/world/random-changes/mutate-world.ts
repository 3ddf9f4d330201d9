import { advance } from '../empty-world.ts';
import type { Repository, World } from '../model.ts';
import type { Random } from '../random.ts';
import { type Change, isAlive, pickOne } from './change.ts';
import { deploymentChanges } from './deployments.ts';
import { incidentChanges } from './incidents.ts';
import { repositoryChanges, teamChanges } from './organisation.ts';
import { pullRequestChanges } from './pull-requests.ts';
import { releaseChanges } from './releases.ts';
import { reviewChanges } from './reviews.ts';
import { workflowRunChanges } from './workflow-runs.ts';

const changes = {
  ...pullRequestChanges,
  ...reviewChanges,
  ...deploymentChanges,
  ...workflowRunChanges,
  ...incidentChanges,
  ...releaseChanges,
  ...teamChanges,
  ...repositoryChanges,
};

export type MutationKind = keyof typeof changes;
export const mutationKinds = Object.keys(changes) as MutationKind[];

/** How often what happens, against each other. What ends something for good is rare. */
export const defaultMutationWeights: Readonly<Record<MutationKind, number>> = {
  'pull-request.opened': 8,
  'pull-request.commit-pushed': 8,
  'pull-request.force-pushed': 3,
  'pull-request.ready': 2,
  'pull-request.drafted': 1,
  'pull-request.labelled': 4,
  'pull-request.commented': 3,
  'pull-request.auto-merge-enabled': 1,
  'pull-request.queued': 1,
  'pull-request.unqueued': 1,
  'pull-request.merged': 6,
  'pull-request.closed': 1,
  'pull-request.reopened': 1,
  'review.submitted': 8,
  'review.submitted-quietly': 3,
  'review.dismissed': 1,
  'review-request.added': 3,
  'review-request.removed': 1,
  'deployment.created': 5,
  'deployment.status-added': 8,
  'deployment.inactivated': 2,
  'run.started': 6,
  'run.finished': 6,
  'run.rerun': 2,
  'incident.opened': 1,
  'incident.labelled': 1,
  'incident.closed': 1,
  'incident.reopened': 0.3,
  'release.published': 1,
  'tag.created': 1,
  'tag.moved': 0.5,
  'tag.deleted': 0.5,
  'team.joined': 0.5,
  'team.left': 0.5,
  'team.renamed': 0.2,
  'user.deleted': 0.1,
  'branch.pushed': 3,
  'repository.created': 0.3,
  'repository.renamed': 0.2,
  'repository.archived': 0.1,
  'repository.deleted': 0.1,
  'code-owners.changed': 0.5,
  'protection.changed': 0.5,
};

export interface Mutation {
  readonly kind: MutationKind;
  /** Name after the change; null where it is about people or teams. */
  readonly repository: string | null;
  /** Node id of what changed; a name, path or sha where it has none. */
  readonly entity: string;
}

export interface MutateOptions {
  /** Only these, or these more often; what is not named keeps its weight. 0 is never. */
  readonly weights?: Partial<Record<MutationKind, number>>;
}

/**
 * One random, plausible change at that instant, or at the world's `now` where that is later. `truth` is not kept
 * right: it tells of the world as it was generated.
 *
 * @throws RangeError when nothing that has a weight can happen
 */
export function mutateWorld(
  world: World,
  random: Random,
  at: number,
  { weights = {} }: MutateOptions = {},
): Mutation {
  const left: Record<string, number> = { ...defaultMutationWeights, ...weights };
  while (Object.values(left).some((weight) => weight > 0)) {
    const kind = random.weighted(left) as MutationKind;
    const done = tryMutation(world, random, at, kind);
    if (done) return done;
    left[kind] = 0;
  }
  throw new RangeError('nothing can change in this world');
}

/** A change of this kind, in whatever repository it is possible; null where it is in none. */
export function tryMutation(world: World, random: Random, at: number, kind: MutationKind): Mutation | null {
  const instant = advance(world, Math.max(at, world.now));
  const change: Change = changes[kind];
  const tried = new Set<Repository>();
  for (;;) {
    const repository = pickOne(
      random,
      world.repositories.values(),
      (each) => isAlive(each) && !tried.has(each),
    );
    if (!repository) return null;
    const entity = change({ world, random, repository, at: instant });
    if (entity !== null) {
      return { kind, repository: kind in teamChanges ? null : repository.name, entity };
    }
    tried.add(repository);
  }
}
