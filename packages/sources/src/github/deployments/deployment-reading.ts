import {
  type DeploymentRow,
  deployments,
  records,
  truncations,
  type TruncationRow,
} from '@bellwether/warehouse';
import { digest } from '../../git/session.ts';
import { type Batch, keysOf, rowsOf, snapshotOf, type StreamContext } from '../../source.ts';
import { gapRows } from '../gaps.ts';
import { rawRecord } from '../raw-record.ts';
import type { GitHubSession } from '../session.ts';
import type { DeploymentCursor } from './deployment-cursor.ts';
import { deploymentMapper } from './deployment-mapper.ts';
import type { DeploymentRecord } from './deployment-record.ts';
import { type DeploymentPage, fetchDeployments, fetchDeploymentsById } from './fetch-deployments.ts';

export type DeploymentContext = StreamContext<GitHubSession, DeploymentCursor>;

/** Changes when the mapper makes something else of the same deployment, so that everything is read again. */
const MAPPING_VERSION = 1;

/** Stands for all that decides how deployments are mapped. */
export function mappingOf({ config }: Pick<DeploymentContext, 'config'>): string {
  const { environments, names } = config.deployments;
  return digest([MAPPING_VERSION, environments, names, config.services]);
}

/** Whether what was read from the floor on holds all that is wanted now. */
export function reaches(floor: number | null, since: number | null): boolean {
  return floor === null || (since !== null && since >= floor);
}

/** One reading of the deployments of a repository. */
export class DeploymentReading {
  readonly #context: DeploymentContext;
  readonly #map: (record: DeploymentRecord) => DeploymentRow;
  #cursor: DeploymentCursor;
  /** What this reading met, by node id. */
  readonly #met = new Map<string, DeploymentRow>();

  constructor(context: DeploymentContext) {
    const { session, config, cursor } = context;
    this.#context = context;
    this.#map = deploymentMapper(session.repo, config);
    const fits = cursor?.mapping === mappingOf(context) && reaches(cursor.floor, session.target.since);
    this.#cursor = fits ? cursor : this.#fromTheStart();
  }

  async *run(): AsyncGenerator<Batch<DeploymentCursor>> {
    const { newest, backfill } = this.#cursor;
    if (newest === null && backfill?.after === null) yield { snapshots: [this.#noGaps()] };
    else yield* this.#readNew();
    yield* this.#backfill();
    yield* this.#readAgain(this.#context.session.hint.changedDeployments);
  }

  #fromTheStart(): DeploymentCursor {
    return {
      mapping: mappingOf(this.#context),
      newest: null,
      newestIds: [],
      total: 0,
      floor: this.#context.session.target.since,
      backfill: { after: null },
    };
  }

  /** From the top down to what is known. Cut short it begins anew: nothing in between may be skipped. */
  async *#readNew(): AsyncGenerator<Batch<DeploymentCursor>> {
    const { newest, newestIds, total, backfill } = this.#cursor;
    const known = new Set(newestIds);
    const changed = new Set(this.#context.session.hint.changedDeployments);
    const isNew = ({ createdAt, id }: DeploymentRecord): boolean =>
      newest === null || createdAt > newest || (createdAt === newest && !known.has(id));
    let top: DeploymentPage | null = null;
    let newCount = 0;
    for await (const page of this.#pages(null)) {
      top ??= page;
      newCount += page.items.filter(isNew).length;
      yield this.#batch(
        page,
        page.items.filter((item) => isNew(item) || changed.has(item.id)),
      );
      if (page.items.some(({ createdAt }) => newest !== null && createdAt < newest)) break;
    }
    if (top === null) return;
    this.#cursor = { ...this.#cursor, ...topOf(top, this.#cursor) };
    if (backfill === null && top.totalCount !== total + newCount) yield* this.#sweep();
    else yield { checkpoint: this.#cursor };
  }

  async *#backfill(): AsyncGenerator<Batch<DeploymentCursor>> {
    if (this.#cursor.backfill === null) return;
    for await (const page of this.#pages(this.#cursor.backfill.after)) {
      if (this.#cursor.newest === null) this.#cursor = { ...this.#cursor, ...topOf(page, this.#cursor) };
      const wanted = this.#wanted(page);
      const isLast = !page.hasNextPage || wanted.length < page.items.length;
      this.#cursor = { ...this.#cursor, backfill: isLast ? null : { after: page.endCursor } };
      yield { ...this.#batch(page, wanted), checkpoint: this.#cursor, progress: this.#progress() };
      if (isLast) return;
    }
  }

  /** Everything once more; what is stored and was not met goes away. */
  async *#sweep(): AsyncGenerator<Batch<DeploymentCursor>> {
    this.#met.clear();
    yield { snapshots: [this.#noGaps()] };
    let isWhole = true;
    for await (const page of this.#pages(null)) {
      const wanted = this.#wanted(page);
      if (page.isOutOfReach || page.gaps.length > 0) isWhole = false;
      yield this.#batch(page, wanted);
      if (wanted.length < page.items.length) break;
    }
    // What could not be read was not deleted.
    yield { ...(isWhole ? await this.#removeUnmet() : {}), checkpoint: this.#cursor };
  }

  async #removeUnmet(): Promise<Batch<DeploymentCursor>> {
    const { session, stored } = this.#context;
    const { repo } = session;
    const where = { params: { repo } };
    const payloads = await stored.readRows(records, ['key'], {
      sql: `source = 'github' AND repo = {repo:String} AND stream = 'deployments'`,
      ...where,
    });
    const rows = await stored.readRows(deployments, ['deployment_id'], {
      sql: `repo = {repo:String} AND signal = 'deployment'`,
      ...where,
    });
    const met = new Set([...this.#met.values()].map(({ deployment_id }) => deployment_id));
    return this.#removalOf(
      rows.map(({ deployment_id }) => deployment_id).filter((id) => !met.has(id)),
      payloads.map(({ key }) => key).filter((key) => !this.#met.has(key)),
    );
  }

  /** Those that had not ended when they were stored, and others that discovery saw change. */
  async *#readAgain(ids: readonly string[]): AsyncGenerator<Batch<DeploymentCursor>> {
    const unmet = ids.filter((id) => !this.#met.has(id));
    for await (const page of fetchDeploymentsById(this.#source, unmet)) {
      const found = page.flatMap(({ item }) => (item === null ? [] : [item]));
      const unreadable = page.filter(({ item, isOutOfReach }) => item === null && isOutOfReach);
      yield {
        rows: [
          ...this.#rowsOf(found),
          rowsOf(
            truncations,
            unreadable.map(({ id }) => unreadableDeployment(this.#scope, id)),
          ),
        ],
        progress: this.#progress(),
      };
    }
  }

  #pages(after: string | null): AsyncIterable<DeploymentPage> {
    return fetchDeployments(this.#source, after);
  }

  #wanted({ items }: DeploymentPage): readonly DeploymentRecord[] {
    const { floor } = this.#cursor;
    return floor === null ? items : items.filter(({ createdAt }) => createdAt >= floor);
  }

  #batch(page: DeploymentPage, items: readonly DeploymentRecord[]): Batch<DeploymentCursor> {
    return {
      rows: [...this.#rowsOf(items), rowsOf(truncations, gapRows(this.#scope, 'deployments', page))],
      progress: this.#progress(),
    };
  }

  #rowsOf(items: readonly DeploymentRecord[]): ReturnType<typeof rowsOf>[] {
    const now = this.#context.clock.now();
    const rows = items.map((item) => this.#map(item));
    for (const [index, { id }] of items.entries()) this.#met.set(id, rows[index]!);
    return [
      rowsOf(
        records,
        items.map((item) => rawRecord(this.#scope, item.id, item, now)),
      ),
      rowsOf(deployments, rows),
    ];
  }

  #removalOf(deploymentIds: readonly string[], keys: readonly string[]): Batch<DeploymentCursor> {
    const { repo } = this.#context.session;
    const scope = { source: 'github', repo, stream: 'deployments' };
    return {
      removals: [
        keysOf(
          deployments,
          deploymentIds.map((deployment_id) => ({ repo, deployment_id })),
        ),
        keysOf(
          records,
          keys.map((key) => ({ ...scope, key })),
        ),
      ],
    };
  }

  #noGaps() {
    return snapshotOf(
      truncations,
      { repo: this.#scope.repo, source: 'github', stream: this.#scope.stream },
      [],
    );
  }

  #progress(): { done: number; total: number } {
    return { done: this.#met.size, total: Math.max(this.#cursor.total, this.#met.size) };
  }

  get #scope(): { repo: string; stream: string } {
    return { repo: this.#context.session.repo, stream: 'deployments' };
  }

  get #source() {
    const { api, owner, name, repo } = this.#context.session;
    return { api, owner, name, repo };
  }
}

/** What the first page says about where the next reading may stop. */
function topOf(
  { items, totalCount }: DeploymentPage,
  before: DeploymentCursor,
): Pick<DeploymentCursor, 'newest' | 'newestIds' | 'total'> {
  const newest = items[0]?.createdAt ?? null;
  // Where everything newer was deleted, what was known before still is.
  if (newest === null || (before.newest !== null && newest < before.newest)) {
    return { newest: before.newest, newestIds: before.newestIds, total: totalCount };
  }
  const newestIds = items.filter(({ createdAt }) => createdAt === newest).map(({ id }) => id);
  return { newest, newestIds: newestIds.sort(), total: totalCount };
}

function unreadableDeployment({ repo, stream }: { repo: string; stream: string }, id: string): TruncationRow {
  const detail = 'GitHub could not give this deployment; what is stored of it may be out of date.';
  return { repo, source: 'github', stream, entity: id, reason: 'out-of-reach', detail };
}
