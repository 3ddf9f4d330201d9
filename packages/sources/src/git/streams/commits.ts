import {
  type CommitRow,
  commits,
  identities,
  people,
  truncations,
  type TruncationRow,
} from '@bellwether/warehouse';
import { z } from 'zod';
import {
  type Batch,
  defineStream,
  keysOf,
  rowsOf,
  snapshotOf,
  type Stream,
  type StreamContext,
} from '../../source.ts';
import { CommitBatch } from '../commit-batch.ts';
import { cleanText } from '../commit-message.ts';
import { repositoryCorrupt } from '../git-errors.ts';
import { readForgeRepository } from '../forge.ts';
import { findHeads, type Heads } from '../heads.ts';
import { planReading, type ReadingPlan, TipFinder } from '../history.ts';
import { type RawCommit, readLog } from '../log.ts';
import { believableFrom, mapCommit } from '../mapper.ts';
import { People } from '../people.ts';
import { digest, type GitSession } from '../session.ts';

export const CommitCursor = z.object({
  /** What the clone looked like when everything was stored; '' while a reading is under way or something is unreadable. */
  state: z.string(),
  /** How the stored commits were mapped. Another mapping reads everything again. */
  mapping: z.string(),
  /** Stands for the commits at which the history was cut; see `EarlierReading.isRecut`. */
  boundary: z.string(),
  tips: z.array(z.string()),
  unfinished: z.array(z.string()),
  /** Which repository this is: its first commits, and the folder where it was last seen. */
  roots: z.array(z.string()),
  place: z.string(),
  /** When a date that lies in the future becomes believable. */
  recheckAt: z.number().nullable(),
});
export type CommitCursor = z.infer<typeof CommitCursor>;

type Context = StreamContext<GitSession, CommitCursor>;

/** Enough to tell histories apart; a shallow clone has as many "first" commits as cuts. */
const MOST_ROOTS = 20;

/**
 * Every commit that a branch, a remote branch, a tag or HEAD reaches, with its author.
 *
 * Children come before parents, in git's order and in the warehouse's: whatever moment a run is cut short at, the
 * stored commits hang together from the tips down, so a later run finds them all from the tips in the cursor.
 * The price is that a first reading which is cut short begins anew.
 */
export function commitStream(
  batchRows: number,
  owner: CommitOwner = gitOwner,
): Stream<GitSession, CommitCursor> {
  return defineStream({
    name: 'commits',
    tables: [commits, identities, people],
    replaces: [truncations],
    unit: 'commits',
    cursor: CommitCursor,
    isCurrent: ({ session, cursor, clock }) => cursor.state === session.state && !isDue(cursor, clock.now()),
    async *read(context) {
      const reading = await Reading.prepare(context, owner);
      yield reading.begin();
      reading.requireSomething();
      yield* reading.removals(batchRows);
      yield* reading.additions(batchRows);
      yield reading.end();
    },
  });
}

/** On whose behalf commits are read: the streams of a clone and of a forge's mirror are the same but for this. */
export interface CommitOwner {
  /** Name of the source in `ops.truncations`. */
  readonly source: string;
  /** Whether commits that no ref reaches any more are to be left alone. */
  addsOnly(context: Context): Promise<boolean>;
  /** The rows as they are to be stored. */
  prepare(rows: CommitRow[], context: Context): Promise<CommitRow[]>;
}

/** A clone may be behind or hold branches of its own, so what the forge itself reaches is not its to remove. */
const gitOwner: CommitOwner = {
  source: 'git',
  addsOnly: async ({ stored, session }) => (await readForgeRepository(stored, session.repo)) !== null,
  prepare: withoutCuts,
};

/** The forge knows the parents of the commits at which a shallow clone is cut; the clone would take them away. */
async function withoutCuts(rows: CommitRow[], { session, stored }: Context): Promise<CommitRow[]> {
  const cuts = new Set(session.clone.boundary);
  if (cuts.size === 0 || (await readForgeRepository(stored, session.repo)) === null) return rows;
  return rows.filter(({ sha }) => !cuts.has(sha));
}

function isDue(cursor: CommitCursor, now: number): boolean {
  return cursor.recheckAt !== null && now >= cursor.recheckAt;
}

function boundaryOf(session: GitSession): string {
  return digest(session.clone.boundary);
}

class Reading {
  readonly #context: Context;
  readonly #owner: CommitOwner;
  readonly #heads: readonly string[];
  readonly #unreadable: readonly string[];
  readonly #mapping: string;
  readonly #plan: ReadingPlan;
  readonly #known: readonly string[];
  readonly #tips: TipFinder;
  readonly #roots: Set<string>;
  #recheckAt: number | null;
  #count = 0;

  private constructor(
    context: Context,
    owner: CommitOwner,
    found: Heads & { mapping: string; plan: ReadingPlan },
  ) {
    const { cursor, clock } = context;
    this.#context = context;
    this.#owner = owner;
    this.#heads = found.heads;
    this.#unreadable = found.unreadable;
    this.#mapping = found.mapping;
    this.#plan = found.plan;
    const mustReadAll = cursor?.mapping !== found.mapping || isDue(cursor, clock.now());
    this.#known = mustReadAll ? [] : found.plan.known;
    this.#tips = new TipFinder(this.#known);
    this.#roots = new Set(cursor?.roots);
    this.#recheckAt = mustReadAll ? null : cursor.recheckAt;
  }

  static async prepare(context: Context, owner: CommitOwner): Promise<Reading> {
    const { session, cursor, stored } = context;
    const { heads, unreadable } = await findHeads(session);
    const mapping = await session.mapping();
    const plan = await planReading({
      git: session.clone.git,
      heads,
      earlier: {
        tips: cursor?.tips ?? [],
        unfinished: cursor?.unfinished ?? [],
        isRecut: cursor !== null && cursor.boundary !== boundaryOf(session),
      },
      readStored: () =>
        stored.readRows(commits, ['sha', 'parents'], {
          sql: 'repo = {repo:String}',
          params: { repo: session.repo },
        }),
    });
    return new Reading(context, owner, { heads, unreadable, mapping, plan });
  }

  /** Written down before the first row: what this reading may leave half done. */
  begin(): Batch<CommitCursor> {
    const { cursor } = this.#context;
    const scope = { repo: this.#context.session.repo, source: this.#owner.source, stream: 'commits' };
    const before = cursor ?? this.#cursor();
    return {
      snapshots: [
        snapshotOf(
          truncations,
          scope,
          this.#unreadable.map((ref) => unreadableRef(scope, ref)),
        ),
      ],
      checkpoint: {
        ...before,
        state: '',
        unfinished: [...new Set([...before.unfinished, ...this.#heads])],
        // Rows of two mappings or of two cuts stand side by side until the end: neither may pass for the whole.
        mapping: before.mapping === this.#mapping ? this.#mapping : '',
        boundary: before.boundary === boundaryOf(this.#context.session) ? before.boundary : 'changing',
      },
      warnings: this.#unreadable.map(
        (ref) => `${scope.repo}: ${cleanText(ref, 250)} cannot be read and is left out.`,
      ),
    };
  }

  /** @throws BellwetherError `repository-corrupt` when there are refs, and none of them can be read */
  requireSomething(): void {
    if (this.#heads.length > 0 || this.#unreadable.length === 0) return;
    throw repositoryCorrupt(this.#context.session.clone.path, 'every branch points to an object');
  }

  /** Parents before children, so that what is left of them still hangs together from the old tips. */
  async *removals(batchRows: number): AsyncGenerator<Batch<CommitCursor>> {
    const { repo } = this.#context.session;
    // What a damaged ref reached is not gone, it only cannot be read.
    if (this.#unreadable.length > 0 || this.#plan.removed.length === 0) return;
    if (await this.#owner.addsOnly(this.#context)) return;
    for (let from = 0; from < this.#plan.removed.length; from += batchRows) {
      const shas = this.#plan.removed.slice(from, from + batchRows);
      yield {
        removals: [
          keysOf(
            commits,
            shas.map((sha) => ({ repo, sha })),
          ),
        ],
      };
    }
  }

  async *additions(batchRows: number): AsyncGenerator<Batch<CommitCursor>> {
    const { session, config, secret, stored } = this.#context;
    const authors = new People(secret, config);
    const batch = new CommitBatch(batchRows);
    const pieces = readLog(session.clone.git, {
      heads: this.#heads,
      known: this.#known,
      withPaths: await session.hasPaths(),
    });
    for await (const piece of pieces) {
      for (const raw of piece) {
        batch.add(this.#map(raw, authors));
        if (batch.isFull) yield await this.#flush(batch, authors, stored);
      }
    }
    yield await this.#flush(batch, authors, stored);
  }

  end(): Batch<CommitCursor> {
    const { session, cursor } = this.#context;
    const tips = this.#plan.tips ?? this.#tips.all;
    const isWhole = this.#unreadable.length === 0;
    // What could not be read was not removed either, so it has to be found again when it can.
    const left = isWhole ? { tips: [], unfinished: [] } : (cursor ?? this.#cursor());
    return {
      checkpoint: {
        ...this.#cursor(),
        state: isWhole ? session.state : '',
        tips: [...new Set([...left.tips, ...tips])].sort(),
        unfinished: left.unfinished,
      },
      progress: { done: this.#count },
    };
  }

  #map(raw: RawCommit, authors: People) {
    const { session, clock } = this.#context;
    const now = clock.now();
    this.#tips.add(raw);
    if (raw.parents.length === 0 && this.#roots.size < MOST_ROOTS) this.#roots.add(raw.sha);
    for (const date of [raw.authored, raw.committed]) {
      const from = believableFrom(date, now);
      if (from !== null) this.#recheckAt = Math.min(from, this.#recheckAt ?? from);
    }
    // Where the history is cut git compares with nothing, and every file there is would seem to be touched.
    const isCut = session.clone.boundary.includes(raw.sha);
    return mapCommit(isCut ? { ...raw, paths: null } : raw, {
      repo: session.repo,
      now,
      authorOf: (name, email) => authors.authorOf(name, email),
    });
  }

  /** Authors before their commits: a commit must not point to a person that nobody knows. */
  async #flush(batch: CommitBatch, authors: People, stored: Context['stored']): Promise<Batch<CommitCursor>> {
    const rows = await this.#owner.prepare(batch.take(), this.#context);
    this.#count += rows.length;
    const persons = await authors.takeRows(stored);
    return {
      rows: [rowsOf(identities, persons.identities), rowsOf(people, persons.people), rowsOf(commits, rows)],
      progress: { done: this.#count },
    };
  }

  #cursor(): CommitCursor {
    const { session } = this.#context;
    return {
      state: '',
      mapping: this.#mapping,
      boundary: boundaryOf(session),
      tips: [],
      unfinished: [],
      roots: [...this.#roots].sort(),
      place: session.place,
      recheckAt: this.#recheckAt,
    };
  }
}

function unreadableRef(scope: Pick<TruncationRow, 'repo' | 'source' | 'stream'>, ref: string): TruncationRow {
  return {
    ...scope,
    entity: cleanText(ref, 250),
    reason: 'unreadable-object',
    detail: 'The object it points to is missing or damaged; its commits are left out. git fsck shows more.',
  };
}
