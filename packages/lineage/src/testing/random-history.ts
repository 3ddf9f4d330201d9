import fc from 'fast-check';
import { buildCommitGraph, type CommitGraph, type CommitRow } from '../commit-graph.ts';
import type { GroupDeployment } from '../deployment-group.ts';
import { byTimeThenRef, type OrderedByTime } from '../deployment-order.ts';
import type { RevertPair } from '../reverts.ts';
import { seededRandom } from './seeded-random.ts';

/** A small history as it can happen, and one group of deployments of it. */
export interface RandomHistory {
  /** Row `n` is commit `n` of the graph; children may come before their parents. */
  readonly commits: readonly CommitRow[];
  readonly graph: CommitGraph;
  /** Tips of the branches, main first; merged and abandoned branches included. Never empty. */
  readonly tips: readonly number[];
  /** Commits that land a change: merges of pull requests, and some squashed ones. */
  readonly landings: ReadonlySet<number>;
  /** In the order of `byTimeThenRef`. */
  readonly deployments: readonly (GroupDeployment & OrderedByTime)[];
  readonly reverts: readonly RevertPair[];
}

interface Draft {
  parents: number[][];
  tips: number[];
  landings: Set<number>;
  deployments: (GroupDeployment & OrderedByTime)[];
  reverts: RevertPair[];
  now: number;
}

/** What can happen next; `x` and `y` choose among what is there, `z` is the time that passes or a yes or no. */
type Step = (draft: Draft, x: number, y: number, z: number) => void;

const commitOn: Step = (draft, x) => void append(draft, x, []);
const fork: Step = (draft, x) => void draft.tips.push(x % draft.parents.length);
const startNewRoot: Step = (draft) => void draft.tips.push(draft.parents.push([]) - 1);

const merge: Step = (draft, x, y, z) => {
  const commit = append(draft, x, [pick(draft.tips, y)]);
  if (z > 0) draft.landings.add(commit);
};
const mergeThree: Step = (draft, x, y, z) => {
  const commit = append(draft, x, [pick(draft.tips, y), pick(draft.tips, y + 1)]);
  if (z > 1) draft.landings.add(commit);
};
const squash: Step = (draft, x) => void draft.landings.add(append(draft, x, []));

const revertAny: Step = (draft, x, y, z) => {
  const reverted = y % draft.parents.length;
  addRevert(draft, reverted, append(draft, x, []), z === 0);
};
const revertTip: Step = (draft, x) => addRevert(draft, pick(draft.tips, x), append(draft, x, []), false);
const revertRevert: Step = (draft, x, y) => {
  if (draft.reverts.length === 0) return;
  addRevert(draft, pick(draft.reverts, y).revert, append(draft, x, []), false);
};

const deployTip: Step = (draft, x, y, z) => deploy(draft, pick(draft.tips, x), y, z);
const deployMain: Step = (draft, _, y, z) => deploy(draft, append(draft, 0, []), y, z);
const tagOldCommit: Step = (draft, x, y, z) => deploy(draft, x % draft.parents.length, y, z);
const deployUnknown: Step = (draft, _, y, z) => deploy(draft, -1, y, z);
const deployAgain: Step = (draft, x, y, z) => {
  if (draft.deployments.length > 0) deploy(draft, pick(draft.deployments, x).commit, y, z);
};
const rollBack: Step = (draft, _, y, z) => {
  const target = draft.deployments.at(-2 - (y % 3));
  if (target !== undefined) deploy(draft, target.commit, y, z);
};
const deployHotfix: Step = (draft, x, y, z) => {
  const base = x % 2 === 0 ? draft.deployments.at(-1)?.commit : pick(draft.tips, x);
  if (base === undefined || base < 0) return;
  draft.tips.push(draft.parents.push([base]) - 1);
  deploy(draft, draft.parents.length - 1, y, z, true);
};

/**
 * Histories with merges (foxtrot and octopus too), maintenance and hotfix branches, other roots, reverts of reverts;
 * deployed in and out of order, at equal instants, backwards, again, and from revisions that are not at hand.
 */
export function randomHistory(maxSteps = 40): fc.Arbitrary<RandomHistory> {
  const number = fc.nat({ max: 999 });
  const step = fc.tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(commitOn, merge, deployMain) },
      { weight: 3, arbitrary: fc.constantFrom(fork, deployTip, rollBack, revertTip) },
      { weight: 2, arbitrary: fc.constantFrom(revertAny, revertRevert, deployAgain, deployHotfix, squash) },
      { weight: 1, arbitrary: fc.constantFrom(mergeThree, tagOldCommit, startNewRoot, deployUnknown) },
    ),
    number,
    number,
    fc.nat({ max: 3 }),
  );
  return fc.tuple(fc.array(step, { maxLength: maxSteps, size: 'max' }), fc.nat()).map(([steps, seed]) => {
    const draft: Draft = {
      parents: [[]],
      tips: [0],
      landings: new Set(),
      deployments: [],
      reverts: [],
      now: 0,
    };
    for (const [apply, x, y, z] of steps) apply(draft, x, y, z);
    return finish(draft, seed);
  });
}

function pick<T>(list: readonly T[], at: number): T {
  return list[at % list.length]!;
}

function append(draft: Draft, branch: number, otherParents: readonly number[]): number {
  const at = branch % draft.tips.length;
  const first = draft.tips[at]!;
  const others = [...new Set(otherParents)].filter((parent) => parent !== first);
  const commit = draft.parents.push([first, ...others]) - 1;
  draft.tips[at] = commit;
  return commit;
}

function addRevert(draft: Draft, reverted: number, revert: number, isGuess: boolean): void {
  draft.reverts.push(isGuess ? { reverted, revert, isGuess } : { reverted, revert });
}

function deploy(draft: Draft, commit: number, y: number, z: number, hasHotfix = false): void {
  draft.now += z > 1 ? z * 1000 : 0;
  draft.deployments.push({ commit, finishedAt: draft.now, ref: `v${y % 7}`, hasHotfix });
}

/** Numbers the commits anew, so that no test passes only because parents come before children. Seed 0: as they are. */
function finish(draft: Draft, seed: number): RandomHistory {
  const random = seededRandom(seed);
  const oldOf = draft.parents.map((_, commit) => commit);
  if (seed > 0) {
    for (let at = oldOf.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      [oldOf[at], oldOf[other]] = [oldOf[other]!, oldOf[at]!];
    }
  }
  const newOf = new Map(oldOf.map((old, commit) => [old, commit]));
  const renumber = (old: number): number => newOf.get(old) ?? -1;
  const sha = (commit: number): string => `c${commit}`;
  const commits = oldOf.map((old, commit) => ({
    sha: sha(commit),
    parents: draft.parents[old]!.map((parent) => sha(renumber(parent))),
  }));
  return {
    commits,
    graph: buildCommitGraph(commits).graph,
    tips: draft.tips.map(renumber),
    landings: new Set([...draft.landings].map(renumber)),
    deployments: draft.deployments
      .map((each) => ({ ...each, commit: renumber(each.commit) }))
      .sort(byTimeThenRef),
    reverts: draft.reverts.map((pair) => ({
      ...pair,
      reverted: renumber(pair.reverted),
      revert: renumber(pair.revert),
    })),
  };
}
