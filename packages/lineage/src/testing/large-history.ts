import { type CommitGraph, type CommitRow, graphFromParents } from '../commit-graph.ts';
import type { GroupDeployment } from '../deployment-group.ts';
import { seededRandom } from './seeded-random.ts';

export interface LargeHistoryOptions {
  readonly commits: number;
  readonly deployments: number;
  /** The same seed gives the same history. */
  readonly seed?: number;
}

export interface LargeHistory {
  readonly graph: CommitGraph;
  readonly head: number;
  /** Per commit 1 where it merges a pull request. */
  readonly isLanding: Uint8Array;
  /** In order, a minute apart; about one in fifty goes back to the revision before. */
  readonly deployments: readonly GroupDeployment[];
}

const MINUTE_MS = 60_000;
const LONGEST_BRANCH = 6;
const SHARE_OF_ROLLBACKS = 0.02;

/** A main branch of direct commits and merged pull requests of one to six commits each, deployed along the way. */
export function largeHistory({ commits, deployments, seed = 1 }: LargeHistoryOptions): LargeHistory {
  const random = seededRandom(seed);
  const parentStart = new Uint32Array(commits + 1);
  const parents = new Uint32Array(2 * commits);
  const isLanding = new Uint8Array(commits);
  const mainline: number[] = [];
  let edges = 0;
  let commit = 0;
  const add = (...parentsOfCommit: readonly number[]): number => {
    for (const parent of parentsOfCommit) parents[edges++] = parent;
    parentStart[commit + 1] = edges;
    return commit++;
  };

  mainline.push(add());
  while (commit < commits) {
    const tip = mainline.at(-1)!;
    const length = Math.floor(random() * (LONGEST_BRANCH + 1));
    if (length === 0 || commit + length >= commits) {
      mainline.push(add(tip));
      continue;
    }
    // Branched off a little earlier than it is merged, as work in parallel is.
    let branch = mainline[Math.max(0, mainline.length - 1 - Math.floor(random() * 10))]!;
    for (let left = length; left > 0; left--) branch = add(branch);
    isLanding[commit] = 1;
    mainline.push(add(tip, branch));
  }

  return {
    graph: graphFromParents(parentStart, parents.slice(0, edges)),
    head: mainline.at(-1)!,
    isLanding,
    deployments: deployAlong(mainline, deployments, random),
  };
}

/** The rows that `buildCommitGraph` takes, with shas of forty digits, made one at a time. */
export function* commitRows({ count, parentStart, parents }: CommitGraph): Generator<CommitRow> {
  const sha = (commit: number): string => commit.toString(16).padStart(40, '0');
  for (let commit = 0; commit < count; commit++) {
    yield {
      sha: sha(commit),
      parents: [...parents.subarray(parentStart[commit], parentStart[commit + 1])].map(sha),
    };
  }
}

function deployAlong(mainline: readonly number[], count: number, random: () => number): GroupDeployment[] {
  const deployed: GroupDeployment[] = [];
  for (let index = 0; index < count; index++) {
    const before = random() < SHARE_OF_ROLLBACKS ? deployed.at(-2) : undefined;
    const commit = before?.commit ?? mainline[Math.floor(((index + 1) * (mainline.length - 1)) / count)]!;
    deployed.push({ commit, finishedAt: index * MINUTE_MS });
  }
  return deployed;
}
