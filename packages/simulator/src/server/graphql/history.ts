import type { Commit, Repository } from '../../world/model.ts';

const histories = new WeakMap<Repository, Map<string, readonly Commit[]>>();

/** Heads whose histories are kept; a reader pages through one, perhaps while the branch moves on. */
const KEPT = 4;

/**
 * All commits that a commit reaches, newest first, each before its parents: the order of `git log`. A commit never
 * changes, so neither does what is found.
 */
export function historyOf(repository: Repository, head: string): readonly Commit[] {
  let known = histories.get(repository);
  if (known === undefined) histories.set(repository, (known = new Map<string, readonly Commit[]>()));
  const found = known.get(head);
  if (found !== undefined) return found;
  const history = walk(repository.commits, head);
  known.set(head, history);
  const oldest = known.keys().next();
  if (known.size > KEPT && oldest.done !== true) known.delete(oldest.value);
  return history;
}

function walk(commits: ReadonlyMap<string, Commit>, head: string): readonly Commit[] {
  const reached = new Set<string>();
  const childCount = new Map<string, number>();
  const pending = [head];
  for (let sha = pending.pop(); sha !== undefined; sha = pending.pop()) {
    const commit = commits.get(sha);
    if (commit === undefined || reached.has(sha)) continue;
    reached.add(sha);
    for (const parent of commit.parents) {
      childCount.set(parent, (childCount.get(parent) ?? 0) + 1);
      pending.push(parent);
    }
  }
  const history: Commit[] = [];
  const ready = new NewestFirst();
  const first = commits.get(head);
  if (first !== undefined) ready.add(first);
  for (let commit = ready.take(); commit !== undefined; commit = ready.take()) {
    history.push(commit);
    for (const parent of commit.parents) {
      const left = (childCount.get(parent) ?? 0) - 1;
      childCount.set(parent, left);
      const next = commits.get(parent);
      if (left === 0 && next !== undefined) ready.add(next);
    }
  }
  return history;
}

/** A binary heap by commit time. */
class NewestFirst {
  readonly #heap: Commit[] = [];

  add(commit: Commit): void {
    const heap = this.#heap;
    let at = heap.push(commit) - 1;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      if (heap[above]!.committedAt >= commit.committedAt) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = commit;
  }

  take(): Commit | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && heap[below + 1]!.committedAt > heap[below]!.committedAt) below += 1;
      if (heap[below]!.committedAt <= last.committedAt) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
    return top;
  }
}
