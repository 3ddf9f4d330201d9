import { commits, identities, people, records, truncations, type TruncationRow } from '@bellwether/warehouse';
import { childrenFirst } from '../../git/history.ts';
import { believableFrom } from '../../git/mapper.ts';
import { People } from '../../git/people.ts';
import { type Batch, keysOf, rowsOf, snapshotOf, type StreamContext } from '../../source.ts';
import { gapRows } from '../gaps.ts';
import { rawRecord } from '../raw-record.ts';
import type { GitHubSession } from '../session.ts';
import type { Commit } from './api-schema.ts';
import type { ApiProgress } from './commit-cursor.ts';
import { type CommitRecord, mapCommitRecord, pruneCommit } from './commit-record.ts';
import { fetchHistory, type HistoryPage } from './fetch-history.ts';
import { keepPaths } from './keep-paths.ts';

type Context = Omit<StreamContext<GitHubSession, unknown>, 'cursor'>;

/** More new commits than these are read as if for the first time: page by page, and able to go on. */
const MOST_HELD = 50_000;

/** Rows of one batch. */
const BATCH = 5_000;

const nothingRead: ApiProgress = {
  head: null,
  walk: null,
  abandoned: [],
  floor: null,
  recheckAt: null,
};

/**
 * Reads the default branch by queries.
 *
 * The first reading stores children before parents and goes on where it was cut short: pages belong to one commit, so
 * no push moves them. A later one stops at what is known, and stores parents before children, so that whatever is
 * stored above the known head is never without what it stands on.
 */
export class ApiReading {
  readonly #context: Context;
  readonly #authors: People;
  #progress: ApiProgress;
  /** The parents of what this reading gave: it need not be stored yet. */
  readonly #given = new Map<string, readonly string[]>();
  #count = 0;

  constructor(context: Context, progress: ApiProgress | null) {
    const { session, config, secret, clock } = context;
    this.#context = context;
    this.#authors = new People(secret, config);
    const { since } = session.target;
    const fits =
      progress !== null &&
      (progress.floor === null || (since !== null && since >= progress.floor)) &&
      (progress.recheckAt === null || clock.now() < progress.recheckAt);
    this.#progress = fits ? progress : { ...nothingRead, abandoned: startedBefore(progress), floor: since };
  }

  async *run(): AsyncGenerator<Batch<ApiProgress>> {
    const wanted = this.#context.session.hint.headSha;
    if (this.#progress.walk !== null) yield* this.#walk();
    if (wanted === null || wanted === this.#progress.head) {
      yield { checkpoint: this.#progress };
      return;
    }
    if (this.#progress.head === null) yield* this.#begin(wanted);
    else yield* this.#goOn(this.#progress.head, wanted);
  }

  async *#begin(head: string): AsyncGenerator<Batch<ApiProgress>> {
    this.#progress = { ...this.#progress, walk: { head, after: null } };
    yield {
      snapshots: [
        snapshotOf(truncations, { repo: this.#scope.repo, source: 'github', stream: 'commits' }, []),
      ],
      // Before the first row: from then on a part of it may be stored.
      checkpoint: this.#progress,
    };
    yield* this.#walk();
  }

  async *#walk(): AsyncGenerator<Batch<ApiProgress>> {
    const { walk } = this.#progress;
    if (walk === null) return;
    for await (const page of this.#pages(walk.head, walk.after)) {
      if (page.isMissing) {
        this.#progress = {
          ...this.#progress,
          walk: null,
          abandoned: [...this.#progress.abandoned, walk.head],
        };
        yield { rows: [rowsOf(truncations, this.#gaps(page))], checkpoint: this.#progress };
        return;
      }
      this.#progress = { ...this.#progress, walk: { head: walk.head, after: page.endCursor } };
      yield { ...(await this.#batch(page.items, page)), checkpoint: this.#progress };
    }
    yield* this.#finish(walk.head, [...this.#progress.abandoned], null);
  }

  /** Reads what is new between the known head and the wanted one. */
  async *#goOn(known: string, wanted: string): AsyncGenerator<Batch<ApiProgress>> {
    const parentsOf = await this.#knownGraph();
    const stored = new Set(childrenFirst(parentsOf, [known]));
    const found = new Map<string, Commit>();
    const awaited = new Set(stored.has(wanted) ? [] : [wanted]);
    const gaps: TruncationRow[] = [];
    if (awaited.size > 0) {
      for await (const page of this.#pages(wanted, null)) {
        gaps.push(...this.#gaps(page));
        // The branch moved on and what it was is gone: the next run knows its new head.
        if (page.isMissing) return;
        for (const commit of page.items) meet(commit, { found, awaited, stored });
        if (awaited.size === 0) break;
        if (found.size <= MOST_HELD) continue;
        this.#progress = { ...this.#progress, head: null, abandoned: [...this.#progress.abandoned, known] };
        yield* this.#begin(wanted);
        return;
      }
    }
    for (const [sha, commit] of found) parentsOf.set(sha, parentShas(commit));
    const order = childrenFirst(parentsOf, [wanted]).filter((sha) => found.has(sha));
    const parentsFirst = order.reverse().map((sha) => found.get(sha)!);
    for (let from = 0; from < parentsFirst.length; from += BATCH) {
      yield await this.#batch(parentsFirst.slice(from, from + BATCH), null);
    }
    yield { rows: [rowsOf(truncations, gaps)] };
    yield* this.#finish(wanted, [known, ...this.#progress.abandoned], parentsOf);
  }

  /** Removes what earlier heads reached and this one does not: the default branch was rewritten, or is another. */
  async *#finish(
    head: string,
    earlier: readonly string[],
    graph: ReadonlyMap<string, readonly string[]> | null,
  ): AsyncGenerator<Batch<ApiProgress>> {
    if (earlier.length > 0) {
      const parentsOf = graph ?? (await this.#knownGraph());
      const reached = new Set(childrenFirst(parentsOf, [head]));
      const removed = earlier.every((sha) => reached.has(sha))
        ? []
        : childrenFirst(parentsOf, earlier).filter((sha) => !reached.has(sha));
      yield this.#removal(removed.reverse());
    }
    this.#progress = { ...this.#progress, head, walk: null, abandoned: [] };
    yield { checkpoint: this.#progress };
  }

  #removal(shas: readonly string[]): Batch<ApiProgress> {
    const { repo, stream } = this.#scope;
    return {
      removals: [
        keysOf(
          commits,
          shas.map((sha) => ({ repo, sha })),
        ),
        keysOf(
          records,
          shas.map((key) => ({ source: 'github', repo, stream, key })),
        ),
      ],
    };
  }

  async #batch(items: readonly Commit[], page: HistoryPage | null): Promise<Batch<ApiProgress>> {
    const { stored, clock } = this.#context;
    const now = clock.now();
    const pruned = items.map((item) => this.#prune(item));
    const rows = pruned.map((record) => mapCommitRecord(record, { repo: this.#scope.repo, now }));
    const persons = await this.#authors.takeRows(stored);
    this.#count += rows.length;
    for (const { sha, parents } of pruned) this.#given.set(sha, parents);
    return {
      rows: [
        rowsOf(identities, persons.identities),
        rowsOf(people, persons.people),
        rowsOf(
          records,
          pruned.map((record) => rawRecord(this.#scope, record.sha, record, now)),
        ),
        rowsOf(commits, await keepPaths(rows, { repo: this.#scope.repo, stored })),
        rowsOf(truncations, [
          ...(page === null ? [] : this.#gaps(page)),
          ...items.flatMap((item) => this.#cut(item)),
        ]),
      ],
      progress: { done: this.#count },
    };
  }

  #prune(commit: Commit): CommitRecord {
    const now = this.#context.clock.now();
    for (const date of [commit.authoredDate, commit.committedDate]) {
      const from = believableFrom(date, now);
      if (from === null) continue;
      this.#progress = { ...this.#progress, recheckAt: Math.min(from, this.#progress.recheckAt ?? from) };
    }
    return pruneCommit(commit, (name, email) => this.#authors.authorOf(name, email));
  }

  #gaps(page: HistoryPage): TruncationRow[] {
    return gapRows(this.#scope, 'commits', page);
  }

  #cut({ oid, parents }: Commit): TruncationRow[] {
    const read = parents.nodes?.length ?? 0;
    if (parents.totalCount <= read) return [];
    const detail = `${read} of its ${parents.totalCount} parents are known.`;
    return [{ ...this.#scope, source: 'github', entity: oid, reason: 'cut-list', detail }];
  }

  #pages(head: string, after: string | null): AsyncIterable<HistoryPage> {
    const { api, owner, name, repo } = this.#context.session;
    return fetchHistory({ api, owner, name, repo, head, after, since: this.#progress.floor });
  }

  async #knownGraph(): Promise<Map<string, readonly string[]>> {
    const rows = await this.#context.stored.readRows(commits, ['sha', 'parents'], {
      sql: 'repo = {repo:String}',
      params: { repo: this.#scope.repo },
    });
    return new Map([...rows.map(({ sha, parents }) => [sha, parents] as const), ...this.#given]);
  }

  get #scope(): { repo: string; stream: string } {
    return { repo: this.#context.session.repo, stream: 'commits' };
  }
}

function startedBefore(progress: ApiProgress | null): string[] {
  if (progress === null) return [];
  const heads = [progress.head, progress.walk?.head ?? null, ...progress.abandoned];
  return [...new Set(heads.filter((head) => head !== null))];
}

function parentShas({ parents }: Commit): string[] {
  return (parents.nodes ?? []).flatMap((parent) => (parent === null ? [] : [parent.oid]));
}

/** Takes down a commit that is not known, and that its parents are still to come. */
function meet(
  commit: Commit,
  {
    found,
    awaited,
    stored,
  }: { found: Map<string, Commit>; awaited: Set<string>; stored: ReadonlySet<string> },
): void {
  awaited.delete(commit.oid);
  if (stored.has(commit.oid)) return;
  found.set(commit.oid, commit);
  for (const parent of parentShas(commit)) {
    if (!stored.has(parent) && !found.has(parent)) awaited.add(parent);
  }
}
