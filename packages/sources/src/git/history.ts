import type { GitClient } from './client.ts';
import { readReachable } from './log.ts';
import { isAboutAnObject, missingObjects } from './objects.ts';

/** What a reading still has to do to make the stored commits equal those that the refs reach. */
export interface ReadingPlan {
  /** Stored commits that no ref reaches any more, parents before their children. */
  readonly removed: readonly string[];
  /** Commits whose whole history is stored and reached: nothing behind them need be read. */
  readonly known: readonly string[];
  /** Commits of the refs that are nobody's parent; null where the reading itself will tell. */
  readonly tips: readonly string[] | null;
}

/** What an earlier reading left behind. */
export interface EarlierReading {
  /** Everything that these reach is stored. */
  readonly tips: readonly string[];
  /** Of what these reach, a part may be stored: a reading of them was cut short. */
  readonly unfinished: readonly string[];
  /** The history is cut elsewhere than it was, so git cannot tell any more what was reached then. */
  readonly isRecut: boolean;
}

export interface StoredCommit {
  readonly sha: string;
  readonly parents: readonly string[];
}

export interface PlanOptions {
  readonly git: GitClient;
  /** What the refs point to now. */
  readonly heads: readonly string[];
  readonly earlier: EarlierReading;
  /** Reads the stored commits; asked for only where git no longer has the objects. */
  readonly readStored: () => Promise<readonly StoredCommit[]>;
}

/**
 * Finds what was rewritten since the earlier reading. Only commits that the earlier reading itself reached are ever
 * removed: another source may have stored others of the same repository.
 */
export async function planReading(options: PlanOptions): Promise<ReadingPlan> {
  const { git, heads, earlier } = options;
  const before = [...new Set([...earlier.tips, ...earlier.unfinished])];
  if (before.length === 0) return { removed: [], known: [], tips: null };
  const removed = earlier.isRecut ? null : await noLongerReached(git, before, heads);
  if (removed === null) return planFromStored(options, before);
  if (removed.length === 0) return { removed, known: earlier.tips, tips: null };
  // What is known reaches commits that are removed, so the tips cannot be told from the new commits alone.
  return { removed: removed.reverse(), known: earlier.tips, tips: await independentTips(git, heads) };
}

/** Children first; null where git has collected some of the old objects, be it only a parent. */
async function noLongerReached(
  git: GitClient,
  before: readonly string[],
  heads: readonly string[],
): Promise<string[] | null> {
  if ((await missingObjects(git, before)).size > 0) return null;
  const shas: string[] = [];
  try {
    for await (const commits of readReachable(git, { heads: before, known: heads })) {
      for (const { sha } of commits) shas.push(sha);
    }
  } catch (error) {
    if (isAboutAnObject(error)) return null;
    throw error;
  }
  return shas;
}

/** The same from the stored graph: git has collected the old objects, or cut the history elsewhere. */
async function planFromStored(
  { git, heads, earlier, readStored }: PlanOptions,
  before: readonly string[],
): Promise<ReadingPlan> {
  const reached = new Set<string>();
  for await (const commits of readReachable(git, { heads, known: [] })) {
    for (const { sha } of commits) reached.add(sha);
  }
  const parentsOf = new Map((await readStored()).map(({ sha, parents }) => [sha, parents]));
  const removed = childrenFirst(parentsOf, before).filter((sha) => !reached.has(sha));
  const complete = childrenFirst(parentsOf, earlier.tips).filter((sha) => reached.has(sha));
  const isParent = new Set(complete.flatMap((sha) => parentsOf.get(sha) ?? []));
  return { removed: removed.reverse(), known: complete.filter((sha) => !isParent.has(sha)), tips: null };
}

/** Every stored commit that the given ones reach, children before their parents. */
export function childrenFirst(
  parentsOf: ReadonlyMap<string, readonly string[]>,
  from: readonly string[],
): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  // Depth first without recursion: a history is deeper than the stack. A commit is written down when all its
  // parents are, so the list is parents first until it is turned round.
  for (const start of from) {
    const path = [{ sha: start, next: 0 }];
    while (path.length > 0) {
      const step = path.at(-1)!;
      const parents = parentsOf.get(step.sha);
      if (step.next === 0 && (parents === undefined || seen.has(step.sha))) path.pop();
      else if (step.next < (parents?.length ?? 0)) {
        seen.add(step.sha);
        path.push({ sha: parents![step.next++]!, next: 0 });
      } else {
        seen.add(step.sha);
        found.push(step.sha);
        path.pop();
      }
    }
  }
  return found.reverse();
}

/** Those of the heads' commits that are nobody's parent. */
async function independentTips(git: GitClient, heads: readonly string[]): Promise<string[]> {
  const tips = new TipFinder();
  for await (const commits of readReachable(git, { heads, known: [] })) {
    for (const commit of commits) tips.add(commit);
  }
  return tips.found;
}

/** Finds the commits that are nobody's parent, in a stream that has children before their parents. */
export class TipFinder {
  readonly found: string[] = [];
  /** Parents that were named and have not come yet; as many as lines of work stand side by side. */
  readonly #awaited = new Set<string>();
  readonly #known: Set<string>;

  /** @param known commits that stand for all behind them and do not come again */
  constructor(known: readonly string[] = []) {
    this.#known = new Set(known);
  }

  add({ sha, parents }: StoredCommit): void {
    if (!this.#awaited.delete(sha)) this.found.push(sha);
    for (const parent of parents) {
      this.#awaited.add(parent);
      this.#known.delete(parent);
    }
  }

  /** What was found, and those known before that got no child. */
  get all(): string[] {
    return [...this.found, ...this.#known].sort();
  }
}
