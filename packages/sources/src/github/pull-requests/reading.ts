import { identities, people, pullRequests, records } from '@bellwether/warehouse';
import { type Batch, rowsOf, type StreamContext } from '../../source.ts';
import { rawRecord } from '../raw-record.ts';
import type { GitHubSession } from '../session.ts';
import type { PullRequestNode } from './api-schema.ts';
import { childNames, childTables } from './children.ts';
import type { PullRequestCursor } from './cursor.ts';
import { differenceOf, type ReadPullRequest } from './difference.ts';
import { mapPullRequest } from './mapper.ts';
import { completeLists, type CutList } from './overflow.ts';
import { prune } from './payload.ts';
import { StoredState } from './stored-state.ts';
import { type Cut, nameOf, TruncationBook } from './truncation-book.ts';

export const STREAM = 'pull-requests';

/** Six lists of each cost one point up to here. */
export const PAGE_SIZE = 24;

export type PullRequestContext = StreamContext<GitHubSession, PullRequestCursor>;

/** One reading of a repository's pull requests: turns what comes, in whatever order, into what has to be written. */
export class Reading {
  readonly context: PullRequestContext;
  readonly state: StoredState;
  readonly book: TruncationBook;
  #done = 0;

  private constructor(context: PullRequestContext, state: StoredState, book: TruncationBook) {
    this.context = context;
    this.state = state;
    this.book = book;
  }

  static async begin(context: PullRequestContext): Promise<Reading> {
    const { stored, session } = context;
    const { repo } = session;
    const [state, book] = await Promise.all([
      StoredState.read(stored, repo),
      TruncationBook.read(stored, { repo, source: 'github', stream: STREAM }),
    ]);
    return new Reading(context, state, book);
  }

  get done(): number {
    return this.#done;
  }

  /**
   * Completes the lists of pull requests that GitHub gave, and makes them a batch.
   *
   * @param gaps what GitHub did not show of them, by number
   */
  async give(
    nodes: readonly PullRequestNode[],
    gaps: ReadonlyMap<number, readonly Cut[]> = new Map(),
  ): Promise<Batch<PullRequestCursor>> {
    const { session, stored } = this.context;
    const cuts = await completeLists(session.api, `${session.owner}/${session.name}`, nodes);
    const pulls = this.#map(nodes, cuts);
    const { rows, removals } = await differenceOf(pulls, this.state, stored);
    const replaced = this.#replacedRecords(pulls);
    for (const { mapped } of pulls) {
      const { number } = mapped.pullRequest;
      this.state.add(mapped);
      this.book.settle(number, [
        ...cuts.filter((cut) => cut.number === number).map(cutOf),
        ...(gaps.get(number) ?? []),
      ]);
    }
    this.#done += nodes.length;
    const persons = await session.people.takeRows(stored);
    const truncated = this.book.take();
    return {
      removals: [...removals, replaced, truncated.removals],
      rows: [rowsOf(identities, persons.identities), rowsOf(people, persons.people), ...rows, truncated.rows],
      progress: { done: this.#done },
    };
  }

  #map(nodes: readonly PullRequestNode[], cuts: readonly CutList[]): ReadPullRequest[] {
    const { session, clock } = this.context;
    const { repo, people: persons } = session;
    const now = clock.now();
    return nodes.map((node) => {
      const cut = cuts.filter(({ number }) => number === node.number).map(({ list }) => list);
      const payload = prune(node, cut, (account) => persons.meet(account));
      return {
        mapped: mapPullRequest(payload, { repo, people: persons, now }),
        record: rawRecord({ repo, stream: STREAM }, payload.id, payload, now),
        cut,
      };
    });
  }

  /** Payloads under an id that now is another's: a repository was made anew under an old name. */
  #replacedRecords(pulls: readonly ReadPullRequest[]) {
    const ids = pulls.flatMap(({ mapped }) => {
      const before = this.state.known.get(mapped.pullRequest.number);
      return before && before.id !== mapped.pullRequest.node_id ? [before.id] : [];
    });
    return { table: records, keys: ids.map((id) => this.#recordKey(id)) };
  }

  /** Says of something as a whole that it could not be read. */
  note(cut: Cut): Batch<PullRequestCursor> {
    this.book.note(cut);
    const { rows } = this.book.take();
    return { rows: [rows] };
  }

  /** Takes back what was said of something as a whole, where it was said for this reason. */
  lift(entity: string, reason: Cut['reason']): Batch<PullRequestCursor> {
    this.book.lift(entity, reason);
    const { removals } = this.book.take();
    return { removals: [removals] };
  }

  /** Takes away pull requests that are no more, with all that hangs on them. */
  async remove(numbers: readonly number[]): Promise<Batch<PullRequestCursor>> {
    const { repo } = this.context.session;
    const children = await Promise.all(
      childNames.map(async (name) => {
        const { table, key } = childTables[name];
        const rows: readonly object[] = await this.state.readRows<typeof table, never>(
          table,
          ['number', key] as never[],
          numbers,
        );
        const given = numbers.flatMap((number) =>
          (this.state.givenOf(number)?.[name] ?? []).map((id) => ({ number, [key]: id })),
        );
        return { table, keys: [...rows, ...given].map((row) => ({ repo, ...row })) };
      }),
    );
    const ids = numbers.flatMap((number) => this.state.known.get(number)?.id ?? []);
    for (const number of numbers) {
      this.state.delete(number);
      this.book.settle(number, []);
    }
    const truncated = this.book.take();
    return {
      removals: [
        ...children,
        { table: records, keys: ids.map((id) => this.#recordKey(id)) },
        { table: pullRequests, keys: numbers.map((number) => ({ repo, number })) },
        truncated.removals,
      ],
      rows: [truncated.rows],
    };
  }

  #recordKey(key: string): object {
    return { source: 'github', repo: this.context.session.repo, stream: STREAM, key };
  }
}

/** A list that was cut, for `ops.truncations`. */
function cutOf({ number, list, reason, read, total }: CutList): Cut {
  const detail =
    reason === 'cut-list'
      ? `GitHub gave ${String(read)} of ${String(total)} ${list}.`
      : `GitHub could not give its ${list} in time, not even alone; ${String(read)} of ${String(total)} were read.`;
  return { entity: `${nameOf(number)} ${list}`, reason, detail };
}
