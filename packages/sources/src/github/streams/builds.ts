import {
  buildJobs,
  builds,
  type BuildRow,
  deployments,
  records,
  repositories,
  truncations,
} from '@bellwether/warehouse';
import { z } from 'zod';
import { defineStream, rowsOf } from '../../source.ts';
import { BuildCursor } from '../builds/build-cursor.ts';
import { mapJobs, mapRun } from '../builds/build-mapper.ts';
import { BuildReading } from '../builds/build-reading.ts';
import { BuildRecord } from '../builds/build-record.ts';
import { mapWorkflowDeployments } from '../builds/workflow-deployments.ts';
import type { GitHubSession } from '../session.ts';

/** Builds were never wanted: without a cursor, a repository would never count as current. */
const Off = z.strictObject({ isOff: z.literal(true) });
type Off = z.infer<typeof Off>;

/**
 * Runs of Actions with their attempts and jobs, and the runs that deploy.
 *
 * Whether something ran since cannot be told from discovery: one request says so, and costs nothing where GitHub answers
 * that the newest runs are unchanged. The history is read newest first, because it is the oldest that GitHub forgets.
 */
export const buildStream = defineStream<GitHubSession, BuildCursor | Off>({
  name: 'builds',
  tables: [builds, buildJobs, deployments, records, truncations],
  replaces: [deployments],
  unit: 'builds',
  cursor: z.union([Off, BuildCursor]),
  isCurrent({ session, cursor, config }) {
    if (!config.github.builds) return true;
    if ('isOff' in cursor) return false;
    // Nothing runs in an archived repository.
    return session.hint.isArchived && cursor.backfill === null && cursor.open.length === 0;
  },
  async *read({ cursor, ...context }) {
    if (!context.config.github.builds) yield { checkpoint: { isOff: true } };
    else {
      const known = cursor !== null && 'isOff' in cursor ? null : cursor;
      yield* new BuildReading({ ...context, cursor: known }).run();
    }
  },
  async replay({ repo, config, stored }, found) {
    const parsed = found.map(({ payload }) => BuildRecord.parse(JSON.parse(payload)));
    const runs = parsed.flatMap((record) => (record.kind === 'run' ? [mapRun(record, repo)] : []));
    const jobs = parsed.flatMap((record) => (record.kind === 'jobs' ? mapJobs(record, repo) : []));
    const [known] = await stored.readRows(repositories, ['default_branch'], {
      sql: 'repo = {repo:String}',
      params: { repo },
    });
    // The attempts of a run can stand in two pieces, and only together they tell which deployed.
    const others = await stored.readRows(builds, Object.keys(builds.columns) as (keyof BuildRow)[], {
      sql: 'repo = {repo:String} AND build_id IN {ids:Array(String)}',
      params: { repo, ids: [...new Set(runs.map(({ build_id }) => build_id))] },
    });
    const attempts = new Map([...others, ...runs].map((row) => [`${row.build_id} ${row.attempt}`, row]));
    const deploying = mapWorkflowDeployments([...attempts.values()], {
      repo,
      config,
      defaultBranch: known?.default_branch ?? '',
    });
    return { rows: [rowsOf(builds, runs), rowsOf(buildJobs, jobs), rowsOf(deployments, deploying)] };
  },
});
