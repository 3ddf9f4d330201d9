import {
  buildJobs,
  type BuildRow,
  builds,
  deployments,
  records,
  type RowOf,
  type Table,
  truncations,
  type TruncationRow,
} from '@bellwether/warehouse';
import { type Batch, keysOf, rowsOf, type StreamContext } from '../../source.ts';
import { rawRecord } from '../raw-record.ts';
import type { GitHubSession } from '../session.ts';
import type { WorkflowRun } from './api-schema.ts';
import type { BuildCursor } from './build-cursor.ts';
import { buildId, mapJobs, mapRun } from './build-mapper.ts';
import { type JobsRecord, pruneJobs, pruneRun, recordKey, type RunRecord } from './build-record.ts';
import { fetchJobs } from './fetch-jobs.ts';
import { fetchAttempt } from './fetch-runs.ts';
import { mapWorkflowDeployments } from './workflow-deployments.ts';

type Context = StreamContext<GitHubSession, BuildCursor>;

/** A run with all that is stored or was read of it. */
interface Intake {
  readonly run: RunRecord;
  /** The attempts that were read, the run's newest among them. */
  readonly read: RunRecord[];
  /** The rows of all attempts. */
  readonly rows: Map<number, BuildRow>;
  /** Attempts that GitHub no longer has. */
  readonly lost: number[];
}

/** Turns runs as they are listed into rows: looks up what of them is new, and reads their attempts and jobs. */
export class BuildIntake {
  readonly #context: Context;
  readonly #defaultBranch: string;
  /** Runs that had not ended when they were read. */
  readonly open = new Set<number>();
  /** Runs met by this reading. */
  readonly met = new Set<number>();
  #gaps: Set<string> | null = null;

  constructor(context: Context, defaultBranch: string) {
    this.#context = context;
    this.#defaultBranch = defaultBranch;
  }

  /** Rows of what differs from what is stored; none where a list shows what was known. */
  async take(found: readonly WorkflowRun[]): Promise<Pick<Batch<BuildCursor>, 'rows' | 'removals'>> {
    const runs = found.map(pruneRun);
    for (const { id, status } of runs) {
      this.met.add(id);
      if (status === 'completed') this.open.delete(id);
      else this.open.add(id);
    }
    const stored = await this.#readStored(builds, runs);
    const intakes: Intake[] = [];
    for (const run of runs) {
      const intake = await this.#complete(run, stored);
      if (intake !== null) intakes.push(intake);
    }
    if (intakes.length === 0) return {};
    return this.#batchOf(intakes, stored);
  }

  /** What a run that is gone leaves behind. */
  async remove(runId: number): Promise<Pick<Batch<BuildCursor>, 'removals'>> {
    this.open.delete(runId);
    const { repo } = this.#context.session;
    const of = { repo, build_id: buildId(runId) };
    const where = { sql: 'repo = {repo:String} AND build_id = {build_id:String}', params: of };
    const attempts = await this.#context.stored.readRows(builds, ['attempt'], where);
    const jobs = await this.#context.stored.readRows(buildJobs, ['job_id'], where);
    const keys = [...attempts.map(({ attempt }) => `${runId}/${attempt}`), `${runId}/jobs`];
    return {
      removals: [
        keysOf(
          builds,
          attempts.map(({ attempt }) => ({ ...of, attempt })),
        ),
        keysOf(
          buildJobs,
          jobs.map(({ job_id }) => ({ ...of, job_id })),
        ),
        keysOf(deployments, [{ repo, deployment_id: `${repo}@run:${runId}` }]),
        keysOf(
          records,
          keys.map((key) => ({ source: 'github', repo, stream: 'builds', key })),
        ),
      ],
    };
  }

  /** Null where nothing of the run is new. */
  async #complete(run: RunRecord, stored: ReadonlyMap<string, BuildRow>): Promise<Intake | null> {
    const { session } = this.#context;
    const row = mapRun(run, session.repo);
    const rows = new Map([[run.attempt, row]]);
    const missing: number[] = [];
    for (let attempt = 1; attempt < run.attempt; attempt++) {
      const known = stored.get(keyOf(builds, { ...row, attempt }));
      if (known?.status === 'finished') rows.set(attempt, known);
      else missing.push(attempt);
    }
    const before = stored.get(keyOf(builds, row));
    const isSame = before !== undefined && isEqual(builds, before, row);
    if (isSame && row.status === 'finished' && (await this.#areLost(run.id, missing))) return null;
    const intake: Intake = { run, read: [run], rows, lost: [] };
    for (const attempt of missing) {
      const answer = await fetchAttempt(session, run.id, attempt);
      if (answer.kind !== 'ok') {
        intake.lost.push(attempt);
        continue;
      }
      const record = pruneRun(answer.body);
      intake.read.push(record);
      rows.set(attempt, mapRun(record, session.repo));
    }
    return intake;
  }

  /** Attempts that GitHub did not have are not asked for again each time that their run is listed. */
  async #areLost(runId: number, attempts: readonly number[]): Promise<boolean> {
    if (attempts.length === 0) return true;
    return (await this.#storedGaps()).has(buildId(runId));
  }

  async #batchOf(
    intakes: readonly Intake[],
    stored: ReadonlyMap<string, BuildRow>,
  ): Promise<Pick<Batch<BuildCursor>, 'rows' | 'removals'>> {
    const { session, clock, config } = this.#context;
    const { repo } = session;
    const jobsOf = await fetchJobs(
      session,
      intakes.map(({ run }) => run.suiteId),
    );
    const jobRecords: JobsRecord[] = [];
    const gaps: TruncationRow[] = [];
    for (const { run, rows, lost } of intakes) {
      const jobs = jobsOf.get(run.suiteId);
      const attempts = [...rows.values()].map(({ attempt, started_at }) => ({
        attempt,
        startedAt: started_at,
      }));
      attempts.sort((a, b) => a.attempt - b.attempt);
      if (jobs) jobRecords.push(pruneJobs(run.id, attempts, jobs));
      if (!jobs || lost.length > 0) gaps.push(gapOf(repo, run.id, lost, jobs === undefined));
    }
    const storedJobs = await this.#readStored(
      buildJobs,
      intakes.map(({ run }) => run),
    );
    const newRuns = intakes
      .flatMap(({ read }) => read.map((record) => ({ record, row: mapRun(record, repo) })))
      .filter(({ row }) => !isEqual(builds, stored.get(keyOf(builds, row)), row));
    const newJobs = jobRecords
      .map((record) => ({ record, rows: mapJobs(record, repo).filter((row) => differs(storedJobs, row)) }))
      .filter(({ rows }) => rows.length > 0);
    const changed = [...newRuns.map(({ record }) => record), ...newJobs.map(({ record }) => record)];
    const deploying = mapWorkflowDeployments(
      intakes.flatMap(({ rows }) => [...rows.values()]),
      { repo, config, defaultBranch: this.#defaultBranch },
    );
    return {
      removals: [keysOf(truncations, await this.#mended(intakes, gaps))],
      rows: [
        rowsOf(
          records,
          changed.map((record) =>
            rawRecord({ repo, stream: 'builds' }, recordKey(record), record, clock.now()),
          ),
        ),
        rowsOf(
          builds,
          newRuns.map(({ row }) => row),
        ),
        rowsOf(
          buildJobs,
          newJobs.flatMap(({ rows }) => rows),
        ),
        rowsOf(deployments, await this.#newDeployments(deploying)),
        rowsOf(truncations, gaps),
      ],
    };
  }

  async #newDeployments(rows: readonly RowOf<typeof deployments>[]) {
    if (rows.length === 0) return [];
    const stored = await this.#context.stored.readRows(deployments, columnsOf(deployments), {
      sql: 'repo = {repo:String} AND deployment_id IN {ids:Array(String)}',
      params: {
        repo: this.#context.session.repo,
        ids: rows.map(({ deployment_id }) => deployment_id),
      },
    });
    const byId = new Map(stored.map((row) => [row.deployment_id, row]));
    return rows.filter((row) => !isEqual(deployments, byId.get(row.deployment_id), row));
  }

  /** Gaps that were recorded earlier of what could now be read in full. */
  async #mended(intakes: readonly Intake[], gaps: readonly TruncationRow[]) {
    const { repo } = this.#context.session;
    const known = await this.#storedGaps();
    const open = new Set(gaps.map(({ entity }) => entity));
    return intakes
      .map(({ run }) => buildId(run.id))
      .filter((entity) => known.has(entity) && !open.has(entity))
      .map((entity) => ({ repo, source: 'github', stream: 'builds', entity }));
  }

  async #storedGaps(): Promise<Set<string>> {
    if (this.#gaps !== null) return this.#gaps;
    const found = await this.#context.stored.readRows(truncations, ['entity'], {
      sql: `repo = {repo:String} AND source = 'github' AND stream = 'builds'`,
      params: { repo: this.#context.session.repo },
    });
    this.#gaps = new Set(found.map(({ entity }) => entity));
    return this.#gaps;
  }

  async #readStored<T extends typeof builds | typeof buildJobs>(
    table: T,
    runs: readonly { readonly id: number }[],
  ): Promise<Map<string, RowOf<T>>> {
    const rows = await this.#context.stored.readRows(table, columnsOf(table), {
      sql: 'repo = {repo:String} AND build_id IN {ids:Array(String)}',
      params: { repo: this.#context.session.repo, ids: runs.map(({ id }) => buildId(id)) },
    });
    return new Map((rows as RowOf<T>[]).map((row) => [keyOf(table, row), row]));
  }
}

function columnsOf<T extends Table>(table: T): (keyof RowOf<T> & string)[] {
  return Object.keys(table.columns);
}

function keyOf<T extends Table>(table: T, row: RowOf<T>): string {
  return JSON.stringify(table.key.map((name) => row[name as keyof RowOf<T>]));
}

function isEqual<T extends Table>(table: T, one: RowOf<T> | undefined, other: RowOf<T>): boolean {
  return one !== undefined && columnsOf(table).every((name) => one[name] === other[name]);
}

function differs(
  stored: ReadonlyMap<string, RowOf<typeof buildJobs>>,
  row: RowOf<typeof buildJobs>,
): boolean {
  return !isEqual(buildJobs, stored.get(keyOf(buildJobs, row)), row);
}

function gapOf(repo: string, runId: number, lost: readonly number[], areJobsLost: boolean): TruncationRow {
  const what = [
    ...(lost.length > 0 ? [`attempts ${lost.join(', ')}`] : []),
    ...(areJobsLost ? ['its jobs'] : []),
  ];
  return {
    repo,
    source: 'github',
    stream: 'builds',
    entity: buildId(runId),
    reason: 'out-of-reach',
    detail: `GitHub no longer has ${what.join(' and ')} of this run.`,
  };
}
