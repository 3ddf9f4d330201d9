import { type IncidentRow, incidents, records, truncations, type TruncationRow } from '@bellwether/warehouse';
import { z } from 'zod';
import { digest } from '../../git/session.ts';
import { type Batch, keysOf, rowsOf, type StreamContext } from '../../source.ts';
import type { Gap } from '../api.ts';
import { gapRows } from '../gaps.ts';
import { issuesByIdDocument, issuesDocument } from '../queries/generated.ts';
import { rawRecord } from '../raw-record.ts';
import type { GitHubSession } from '../session.ts';
import { type Issue, Issues, IssuesById } from './api-schema.ts';
import { incidentId, incidentMapper, IncidentRecord, incidentTest, pruneIssue } from './incident-record.ts';

export const IncidentCursor = z.object({
  mapping: z.string(),
  /** All issues that changed up to then were looked at; null: none. */
  watermark: z.number().nullable(),
  /** When that was: another change in the same second can have come after it. */
  readAt: z.number(),
  /** How many issues there were; fewer now means that some were deleted or moved away. */
  total: z.number(),
  /** Older changes were not wanted; null: all were. */
  floor: z.number().nullable(),
  /** A first reading label by label, as far as it came; null: it is done. */
  backfill: z
    .object({ label: z.number(), after: z.string().nullable(), watermark: z.number().nullable() })
    .nullable(),
});
export type IncidentCursor = z.infer<typeof IncidentCursor>;

export type IncidentContext = StreamContext<GitHubSession, IncidentCursor>;

const PAGE = 50;

/** GitHub's times are whole seconds, and its clock and ours need not agree. */
const OVERLAP_MS = 5 * 60_000;

const MAPPING_VERSION = 1;

function mappingOf({ config }: Pick<IncidentContext, 'config'>): string {
  return digest([MAPPING_VERSION, config.incidents, config.services]);
}

/** Whether everything up to the newest change was looked at, and long enough after it. */
export function isCurrent(cursor: IncidentCursor, context: Omit<IncidentContext, 'cursor'>): boolean {
  const { hint, target } = context.session;
  const { newest, totals } = hint;
  if (cursor.backfill !== null || cursor.mapping !== mappingOf(context)) return false;
  if (!reaches(cursor.floor, target.since) || totals.issues !== cursor.total) return false;
  if (newest.issue === null) return true;
  if (cursor.watermark === null || newest.issue > cursor.watermark) return false;
  return newest.issue < cursor.watermark || cursor.readAt - cursor.watermark > OVERLAP_MS;
}

function reaches(floor: number | null, since: number | null): boolean {
  return floor === null || (since !== null && since >= floor);
}

/** One reading of the incidents of a repository. */
export class IncidentReading {
  readonly #context: IncidentContext;
  readonly #map: (record: IncidentRecord) => IncidentRow;
  readonly #isIncident: ReturnType<typeof incidentTest>;
  #cursor: IncidentCursor;
  #count = 0;

  constructor(context: IncidentContext) {
    const { session, config, cursor } = context;
    this.#context = context;
    this.#map = incidentMapper(session.repo, config);
    this.#isIncident = incidentTest(config);
    const fits = cursor?.mapping === mappingOf(context) && reaches(cursor.floor, session.target.since);
    this.#cursor = fits ? cursor : this.#fromTheStart();
  }

  async *run(): AsyncGenerator<Batch<IncidentCursor>> {
    const { hint } = this.#context.session;
    const { total } = this.#cursor;
    if (this.#cursor !== this.#context.cursor) yield await this.#removeOthers();
    if (this.#cursor.backfill !== null) yield* this.#backfill(this.#cursor.backfill);
    yield* this.#readChanges();
    if (hint.totals.issues < total) yield* this.#findDeleted();
    this.#cursor = { ...this.#cursor, total: hint.totals.issues, readAt: this.#context.clock.now() };
    yield { checkpoint: this.#cursor };
  }

  #fromTheStart(): IncidentCursor {
    const { session, clock } = this.#context;
    const { since } = session.target;
    const cursor = {
      mapping: mappingOf(this.#context),
      watermark: since,
      readAt: clock.now(),
      total: 0,
      floor: since,
    };
    // By label only where labels are written out; which issues a pattern means, GitHub cannot tell.
    if (exactLabels(this.#context.config.incidents.labels) === null) return { ...cursor, backfill: null };
    return { ...cursor, backfill: { label: 0, after: null, watermark: session.hint.newest.issue } };
  }

  /**
   * The first reading asks for issues with the labels alone: one label after the other, because whether several mean
   * all or any of them, GitHub's documentation leaves open.
   */
  async *#backfill(start: NonNullable<IncidentCursor['backfill']>): AsyncGenerator<Batch<IncidentCursor>> {
    const labels = exactLabels(this.#context.config.incidents.labels) ?? [];
    let { after } = start;
    for (let label = start.label; label < labels.length; label++, after = null) {
      const filter = { since: this.#cursor.floor, labels: [labels[label]!], after };
      for await (const page of this.#pages(filter)) {
        const backfill = { label, after: page.endCursor, watermark: start.watermark };
        this.#cursor = { ...this.#cursor, backfill };
        yield { ...(await this.#batch(page)), checkpoint: this.#cursor };
      }
    }
    this.#cursor = { ...this.#cursor, backfill: null, watermark: start.watermark ?? this.#cursor.watermark };
    yield { checkpoint: this.#cursor };
  }

  /** All issues that changed since: one that lost its label is among them, and is no incident any more. */
  async *#readChanges(): AsyncGenerator<Batch<IncidentCursor>> {
    const { newest } = this.#context.session.hint;
    if (newest.issue === null) return;
    for await (const page of this.#pages({ since: this.#cursor.watermark, labels: null, after: null })) {
      const watermark = page.items.at(-1)?.updatedAt ?? this.#cursor.watermark;
      this.#cursor = { ...this.#cursor, watermark };
      yield { ...(await this.#batch(page)), checkpoint: this.#cursor };
    }
  }

  /** Issues that are no more: deleted, or moved to another repository. */
  async *#findDeleted(): AsyncGenerator<Batch<IncidentCursor>> {
    const { api, repo } = this.#context.session;
    const stored = await this.#storedRecords();
    const pages = api.byIds({
      document: issuesByIdDocument,
      schema: IssuesById,
      variables: {},
      ids: [...stored.keys()],
      items: (data) => data.nodes,
      pageSize: PAGE,
      key: repo,
    });
    for await (const { ids, items, outOfReach } of pages) {
      const gone = ids.filter((id, index) => items[index] === null && !outOfReach.includes(id));
      yield this.#removalOf(gone.map((id) => stored.get(id)!));
    }
  }

  /** Other labels are incidents now than before: what is stored and is none any more goes away. */
  async #removeOthers(): Promise<Batch<IncidentCursor>> {
    const stored = [...(await this.#storedRecords()).values()];
    return this.#removalOf(stored.filter((record) => !this.#isIncident(record)));
  }

  async #storedRecords(): Promise<Map<string, IncidentRecord>> {
    const { stored, session } = this.#context;
    const found = await stored.readRows(records, ['key', 'payload'], {
      sql: `source = 'github' AND repo = {repo:String} AND stream = 'incidents'`,
      params: { repo: session.repo },
    });
    return new Map(found.map(({ key, payload }) => [key, IncidentRecord.parse(JSON.parse(payload))]));
  }

  async #batch(page: IssuePage): Promise<Batch<IncidentCursor>> {
    const { clock } = this.#context;
    const pruned = page.items.map(pruneIssue);
    const found = pruned.filter((record) => this.#isIncident(record));
    const before = await this.#storedRows(pruned);
    const lost = pruned.filter((record) => !this.#isIncident(record) && before.has(this.#idOf(record)));
    const changed = found.filter((record) => !isEqual(before.get(this.#idOf(record)), this.#map(record)));
    this.#count += found.length;
    return {
      ...this.#removalOf(lost),
      rows: [
        rowsOf(
          records,
          changed.map((record) => rawRecord(this.#scope, record.id, record, clock.now())),
        ),
        rowsOf(
          incidents,
          changed.map((record) => this.#map(record)),
        ),
        rowsOf(truncations, [
          ...gapRows(this.#scope, 'issues', page),
          ...page.items.flatMap((issue) => this.#cut(issue)),
        ]),
      ],
      progress: { done: this.#count },
    };
  }

  async #storedRows(found: readonly IncidentRecord[]): Promise<Map<string, IncidentRow>> {
    const columns = Object.keys(incidents.columns) as (keyof IncidentRow)[];
    const rows = await this.#context.stored.readRows(incidents, columns, {
      sql: 'repo = {repo:String} AND incident_id IN {ids:Array(String)}',
      params: { repo: this.#scope.repo, ids: found.map((record) => this.#idOf(record)) },
    });
    return new Map(rows.map((row) => [row.incident_id, row]));
  }

  #removalOf(gone: readonly IncidentRecord[]): Batch<IncidentCursor> {
    const { repo, stream } = this.#scope;
    return {
      removals: [
        keysOf(
          incidents,
          gone.map((record) => ({ repo, incident_id: this.#idOf(record) })),
        ),
        keysOf(
          records,
          gone.map(({ id }) => ({ source: 'github', repo, stream, key: id })),
        ),
      ],
    };
  }

  #cut({ number, labels }: Issue): TruncationRow[] {
    const read = labels?.nodes?.length ?? 0;
    if (labels === null || labels.totalCount <= read) return [];
    const detail = `${read} of its ${labels.totalCount} labels were read.`;
    const entity = incidentId(this.#scope.repo, number);
    return [{ ...this.#scope, source: 'github', entity, reason: 'cut-list', detail }];
  }

  #idOf({ number }: IncidentRecord): string {
    return incidentId(this.#scope.repo, number);
  }

  #pages(filter: IssueFilter) {
    const { api, owner, name, repo } = this.#context.session;
    const since = filter.since === null ? null : new Date(filter.since).toISOString();
    return api.pages({
      document: issuesDocument,
      schema: Issues,
      variables: { owner, name, since, labels: filter.labels },
      connection: (data) => data.repository?.issues ?? null,
      after: filter.after,
      pageSize: PAGE,
      key: repo,
    });
  }

  get #scope(): { repo: string; stream: string } {
    return { repo: this.#context.session.repo, stream: 'incidents' };
  }
}

interface IssueFilter {
  readonly since: number | null;
  readonly labels: string[] | null;
  readonly after: string | null;
}

interface IssuePage {
  readonly items: readonly Issue[];
  readonly gaps: readonly Gap[];
  readonly isOutOfReach: boolean;
}

/** Null where one of them is a pattern. */
function exactLabels(labels: readonly string[]): readonly string[] | null {
  return labels.some((label) => /[*?!{}()]/.test(label)) ? null : labels;
}

function isEqual(one: IncidentRow | undefined, other: IncidentRow): boolean {
  if (one === undefined) return false;
  return (Object.keys(other) as (keyof IncidentRow)[]).every(
    (column) => JSON.stringify(one[column]) === JSON.stringify(other[column]),
  );
}
