import { builds, deployments, records, truncations } from '@bellwether/warehouse';
import { digest } from '../../git/session.ts';
import { type Batch, keysOf, rowsOf, snapshotOf, type StreamContext } from '../../source.ts';
import type { RestAnswer } from '../api.ts';
import { gapRows } from '../gaps.ts';
import type { GitHubSession } from '../session.ts';
import type { WorkflowRun, WorkflowRuns } from './api-schema.ts';
import type { BuildCursor } from './build-cursor.ts';
import { BuildIntake } from './build-intake.ts';
import { RunRecord } from './build-record.ts';
import { fetchRunChanges } from './fetch-jobs.ts';
import { fetchRun, fetchRunPage, fetchRunsBetween, FILTERED_LIMIT } from './fetch-runs.ts';
import { mapWorkflowDeployments } from './workflow-deployments.ts';

export type BuildContext = StreamContext<GitHubSession, BuildCursor>;

const DAY_MS = 86_400_000;

/** GitHub keeps the checks of runs for 400 days at the most. */
const HORIZON_MS = 400 * DAY_MS;

/** A run can be run again for 30 days. */
const RERUN_MS = 31 * DAY_MS;

/** How often bad ends are looked at again, and how often all. A re-run among the newest hundred runs shows at once. */
const CHECK_MS = 6 * 3_600_000;
const SWEEP_MS = DAY_MS;

/** So many runs are looked at, the newest; a hundred cost a point. */
const MOST_CHECKED = 20_000;

/** One reading of the runs of a repository. */
export class BuildReading {
  readonly #context: BuildContext;
  #cursor: BuildCursor;
  #intake: BuildIntake | null = null;
  #count = 0;

  constructor(context: BuildContext) {
    const { session, clock, cursor } = context;
    this.#context = context;
    const floor = Math.max(session.target.since ?? 0, clock.now() - HORIZON_MS);
    // What is below the horizon now was above it then; only an earlier `since` asks for more.
    const fits = cursor !== null && cursor.floor <= floor;
    this.#cursor = fits ? cursor : this.#fromTheStart(floor);
  }

  async *run(): AsyncGenerator<Batch<BuildCursor>> {
    const { defaultBranch } = this.#context.session.hint;
    this.#intake = new BuildIntake(this.#context, defaultBranch);
    yield* this.#deployAgain(defaultBranch);
    if (this.#cursor.newest !== null && !(yield* this.#readNew())) return;
    if (this.#cursor.backfill !== null && !(yield* this.#backfill())) return;
    yield* this.#readOpen();
    yield* this.#readRerun();
    if (this.#cursor.isRefused) yield this.#allowed();
    yield { checkpoint: { ...this.#cursor, open: this.#openRuns() } };
  }

  #fromTheStart(floor: number): BuildCursor {
    const now = this.#context.clock.now();
    // A day ahead, because GitHub's clock and this one need not agree.
    const backfill = { until: now + DAY_MS };
    return {
      newest: null,
      floor,
      backfill,
      etag: null,
      open: [],
      checkedAt: now,
      sweptAt: now,
      deploying: '',
      isRefused: false,
    };
  }

  /** Other workflows deploy now than before, as the configuration says: that is told from the stored builds alone. */
  async *#deployAgain(defaultBranch: string): AsyncGenerator<Batch<BuildCursor>> {
    const { config, session, stored } = this.#context;
    const { repo } = session;
    const { workflows, workflowEnvironment, environments } = config.deployments;
    const deploying = digest([
      workflows,
      workflowEnvironment,
      environments,
      config.services,
      config.git.tags,
      config.failures.hotfixBranches,
      defaultBranch,
    ]);
    if (deploying === this.#cursor.deploying) return;
    const columns = Object.keys(builds.columns) as (keyof typeof builds.columns)[];
    const where = { sql: `repo = {repo:String} AND provider = 'actions'`, params: { repo } };
    const rows = workflows.length === 0 ? [] : await stored.readRows(builds, columns, where);
    this.#cursor = { ...this.#cursor, deploying };
    yield {
      snapshots: [
        snapshotOf(
          deployments,
          { repo, signal: 'workflow_run' },
          mapWorkflowDeployments(rows, { repo, config, defaultBranch }),
        ),
      ],
      checkpoint: this.#cursor,
    };
  }

  /** From the newest down to what is known. @returns false where the token may not, or there is nothing */
  async *#readNew(): AsyncGenerator<Batch<BuildCursor>, boolean> {
    const { newest: before } = this.#cursor;
    let { etag, newest } = this.#cursor;
    for (let page = 1; ; page++) {
      const answer = await fetchRunPage(this.#context.session, page, page === 1 ? etag : null);
      if (answer.kind === 'unchanged') return true;
      if (answer.kind !== 'ok') return yield* this.#refused(answer.kind);
      if (page === 1) etag = answer.etag;
      const runs = answer.body.workflow_runs.filter(({ created_at }) => created_at >= this.#cursor.floor);
      newest = Math.max(newest ?? 0, ...runs.map(({ created_at }) => created_at));
      yield await this.#batch(runs);
      const isKnown = runs.some(({ created_at }) => created_at < (before ?? 0));
      if (isKnown || runs.length === 0 || !answer.hasNextPage) break;
    }
    this.#cursor = { ...this.#cursor, etag, newest, open: this.#openRuns() };
    yield { checkpoint: this.#cursor };
    return true;
  }

  /**
   * Newest first, slice by slice: a list with a filter ends at its thousandth run, so each slice of time is made so
   * short that it holds fewer.
   */
  async *#backfill(): AsyncGenerator<Batch<BuildCursor>, boolean> {
    const { floor } = this.#cursor;
    let to = this.#cursor.backfill?.until ?? floor;
    let span = to - floor;
    while (to >= floor) {
      const slice = { from: Math.max(floor, to - span), to };
      const first = await fetchRunsBetween(this.#context.session, slice, 1);
      if (first.kind !== 'ok') return yield* this.#refused(first.kind);
      const total = first.body.total_count;
      if (total >= FILTERED_LIMIT && span >= 1000) {
        span = Math.floor(span / Math.max(2, Math.ceil((total * 1.5) / FILTERED_LIMIT)));
        continue;
      }
      yield* this.#readSlice(slice, first.body, first.hasNextPage);
      if (total >= FILTERED_LIMIT) yield { rows: [rowsOf(truncations, [this.#crowdedSecond(to)])] };
      to = slice.from - 1000;
      const backfill = to >= floor ? { until: to } : null;
      this.#cursor = {
        ...this.#cursor,
        backfill,
        newest: this.#cursor.newest ?? this.#context.clock.now() - DAY_MS,
        open: this.#openRuns(),
      };
      yield { checkpoint: this.#cursor };
    }
    return true;
  }

  async *#readSlice(
    slice: { from: number; to: number },
    first: WorkflowRuns,
    hasNextPage: boolean,
  ): AsyncGenerator<Batch<BuildCursor>> {
    let body: WorkflowRuns | null = first;
    let goesOn = hasNextPage;
    for (let page = 1; body !== null; page++) {
      if (page > 1) {
        const answer: RestAnswer<WorkflowRuns> = await fetchRunsBetween(this.#context.session, slice, page);
        // The first page was given: that this one is not is no permission's fault.
        if (answer.kind !== 'ok') return;
        body = answer.body;
        goesOn = answer.hasNextPage;
      }
      const newest = Math.max(...body.workflow_runs.map(({ created_at }) => created_at));
      if (Number.isFinite(newest)) {
        this.#cursor = { ...this.#cursor, newest: Math.max(newest, this.#cursor.newest ?? 0) };
      }
      yield await this.#batch(body.workflow_runs);
      if (!goesOn) return;
    }
  }

  /** Runs that had not ended, and were not among those just listed. */
  async *#readOpen(): AsyncGenerator<Batch<BuildCursor>> {
    yield* this.#readByIds(this.#cursor.open.filter((id) => !this.#taking.met.has(id)));
  }

  /** Runs that ended not long ago and were run again since: mostly such as ended badly, but anybody may do it. */
  async *#readRerun(): AsyncGenerator<Batch<BuildCursor>> {
    const { clock, session } = this.#context;
    const now = clock.now();
    const isSweep = now - this.#cursor.sweptAt >= SWEEP_MS;
    if (!isSweep && now - this.#cursor.checkedAt < CHECK_MS) return;
    const suites = await this.#recentEnds(isSweep ? '' : `AND conclusion != 'success'`);
    // Nothing to look at is no news that would be worth a row.
    if (suites.size === 0) return;
    const changes = await fetchRunChanges(
      session,
      [...suites.values()].map(({ suiteId }) => suiteId),
    );
    const rerun = [...suites].filter(([id, { updatedAt }]) => {
      const changedAt = changes.get(id);
      return changedAt !== undefined && changedAt !== updatedAt && !this.#taking.met.has(id);
    });
    yield* this.#readByIds(rerun.map(([id]) => id));
    this.#cursor = { ...this.#cursor, checkedAt: now, sweptAt: isSweep ? now : this.#cursor.sweptAt };
  }

  async #recentEnds(which: '' | `AND ${string}`): Promise<Map<number, RunRecord>> {
    const { stored, session, clock } = this.#context;
    const { repo } = session;
    const rows = await stored.readRows(builds, ['build_id', 'attempt'], {
      sql: `repo = {repo:String} AND provider = 'actions' AND status = 'finished' ${which}
            AND created_at >= fromUnixTimestamp64Milli({from:Int64})
            ORDER BY created_at DESC LIMIT {most:UInt32}`,
      params: { repo, from: clock.now() - RERUN_MS, most: MOST_CHECKED },
    });
    if (rows.length === 0) return new Map();
    const keys = rows.map(({ build_id, attempt }) => `${build_id.slice('actions:'.length)}/${attempt}`);
    const payloads = await stored.readRows(records, ['payload'], {
      sql: `source = 'github' AND repo = {repo:String} AND stream = 'builds' AND key IN {keys:Array(String)}`,
      params: { repo, keys },
    });
    const newest = new Map<number, RunRecord>();
    for (const { payload } of payloads) {
      const run = RunRecord.parse(JSON.parse(payload));
      if ((newest.get(run.id)?.attempt ?? 0) < run.attempt) newest.set(run.id, run);
    }
    return newest;
  }

  async *#readByIds(ids: readonly number[]): AsyncGenerator<Batch<BuildCursor>> {
    const found: WorkflowRun[] = [];
    for (const id of ids) {
      const answer = await fetchRun(this.#context.session, id);
      if (answer.kind === 'ok') found.push(answer.body);
      else if (answer.kind === 'not-found') yield await this.#taking.remove(id);
    }
    if (found.length > 0) yield await this.#batch(found);
  }

  async *#refused(kind: 'unchanged' | 'not-found' | 'forbidden'): AsyncGenerator<Batch<BuildCursor>, false> {
    // It is asked each time, because no probe tells whether it may by now; it is said once.
    if (kind !== 'forbidden' || this.#cursor.isRefused) return false;
    const scope = { repo: this.#context.session.repo, stream: 'builds' };
    this.#cursor = { ...this.#cursor, isRefused: true };
    yield {
      rows: [rowsOf(truncations, gapRows(scope, 'builds', { gaps: [{ kind, path: [] }] }))],
      checkpoint: this.#cursor,
    };
    return false;
  }

  /** What was said of it before is no longer so. */
  #allowed(): Batch<BuildCursor> {
    const { repo } = this.#context.session;
    this.#cursor = { ...this.#cursor, isRefused: false };
    return {
      removals: [keysOf(truncations, [{ repo, source: 'github', stream: 'builds', entity: 'builds' }])],
    };
  }

  async #batch(runs: readonly WorkflowRun[]): Promise<Batch<BuildCursor>> {
    const taken = await this.#taking.take(runs);
    this.#count += runs.length;
    return { ...taken, progress: { done: this.#count } };
  }

  #crowdedSecond(at: number) {
    const detail = 'More than 1,000 runs were created in one second; GitHub lists no more.';
    const entity = new Date(at).toISOString();
    const { repo } = this.#context.session;
    return { repo, source: 'github', stream: 'builds', entity, reason: 'out-of-reach' as const, detail };
  }

  get #taking(): BuildIntake {
    if (this.#intake === null) throw new Error('the reading has not begun');
    return this.#intake;
  }

  /** Those that were open before and not looked at since stay so. */
  #openRuns(): number[] {
    const { met, open } = this.#taking;
    return [...new Set([...this.#cursor.open.filter((id) => !met.has(id)), ...open])].sort((a, b) => a - b);
  }
}
