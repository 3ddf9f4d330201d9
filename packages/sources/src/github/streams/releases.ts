import { type DeploymentRow, deployments, records, type RecordRow, truncations } from '@bellwether/warehouse';
import { z } from 'zod';
import { digest } from '../../git/session.ts';
import { type Batch, defineStream, keysOf, rowsOf, snapshotOf, type StreamContext } from '../../source.ts';
import { Releases } from '../deployments/api-schema.ts';
import { pruneRelease, releaseMapper, ReleaseRecord } from '../deployments/release-mapper.ts';
import { gapRows } from '../gaps.ts';
import { releasesDocument } from '../queries/generated.ts';
import { rawRecord } from '../raw-record.ts';
import type { GitHubSession } from '../session.ts';

const ReleaseCursor = z.object({
  /** What discovery saw when they were read. */
  newest: z.number().nullable(),
  total: z.number(),
  pushedAt: z.number().nullable(),
  mapping: z.string(),
});
type ReleaseCursor = z.infer<typeof ReleaseCursor>;

type Context = StreamContext<GitHubSession, ReleaseCursor>;

/**
 * Releases, all of them at once: any can be edited or deleted at any time, GitHub does not order them by that, and
 * their number is small.
 */
export const releaseStream = defineStream<GitHubSession, ReleaseCursor>({
  name: 'releases',
  tables: [records, truncations],
  replaces: [deployments, truncations],
  unit: 'releases',
  cursor: ReleaseCursor,
  isCurrent: (context) => JSON.stringify(context.cursor) === JSON.stringify(cursorOf(context)),
  async *read(context) {
    const { session, config, clock } = context;
    const scope = { repo: session.repo, stream: 'releases' };
    const found: ReleaseRecord[] = [];
    for await (const page of fetchReleases(session)) {
      const gaps = gapRows(scope, 'releases', page);
      if (gaps.length > 0) {
        // Half of them would make the other half look deleted.
        yield { rows: [rowsOf(truncations, gaps)] };
        return;
      }
      found.push(...page.items.map(pruneRelease).filter((release) => release !== null));
    }
    const now = clock.now();
    yield {
      ...(await recordChanges(
        context,
        found.map((release) => rawRecord(scope, release.id, release, now)),
      )),
      snapshots: [
        snapshotOf(
          deployments,
          { repo: session.repo, signal: 'release' },
          uniqueRows(found.map(releaseMapper(session.repo, config))),
        ),
        snapshotOf(truncations, { ...scope, source: 'github' }, []),
      ],
      checkpoint: cursorOf(context),
      progress: { done: found.length, total: found.length },
    };
  },
  replay({ repo, config }, stored) {
    const map = releaseMapper(repo, config);
    const mapped = stored.map(({ payload }) => map(ReleaseRecord.parse(JSON.parse(payload))));
    return { rows: [rowsOf(deployments, uniqueRows(mapped))] };
  },
});

/** Changes when the same release is mapped otherwise. */
const MAPPING_VERSION = 1;

/** A tag that moves shows in `pushedAt`, and in no date of the release. */
function cursorOf({ session, config }: Pick<Context, 'session' | 'config'>): ReleaseCursor {
  const { newest, totals, pushedAt } = session.hint;
  const hasReleases = totals.releases > 0;
  return {
    newest: newest.release,
    total: totals.releases,
    pushedAt: hasReleases ? pushedAt : null,
    mapping: digest([MAPPING_VERSION, config.git.tags, config.services]),
  };
}

/** Only payloads that differ from the stored ones, so that reading all of them again writes nothing. */
async function recordChanges(
  { session, stored }: Context,
  wanted: readonly RecordRow[],
): Promise<Pick<Batch<ReleaseCursor>, 'rows' | 'removals'>> {
  const scope = { source: 'github', repo: session.repo, stream: 'releases' };
  const before = await stored.readRows(records, ['key', 'payload'], {
    sql: 'source = {source:String} AND repo = {repo:String} AND stream = {stream:String}',
    params: scope,
  });
  const payloadOf = new Map(before.map(({ key, payload }) => [key, payload]));
  const keys = new Set(wanted.map(({ key }) => key));
  return {
    rows: [
      rowsOf(
        records,
        wanted.filter(({ key, payload }) => payloadOf.get(key) !== payload),
      ),
    ],
    removals: [
      keysOf(
        records,
        before.filter(({ key }) => !keys.has(key)).map(({ key }) => ({ ...scope, key })),
      ),
    ],
  };
}

/** Two releases can have been published of one tag; the first is when it was announced. */
function uniqueRows(rows: readonly DeploymentRow[]): DeploymentRow[] {
  const byId = new Map<string, DeploymentRow>();
  for (const row of rows) {
    const other = byId.get(row.deployment_id);
    if (!other || (row.finished_at ?? 0) < (other.finished_at ?? 0)) byId.set(row.deployment_id, row);
  }
  return [...byId.values()];
}

function fetchReleases({ api, owner, name, repo }: GitHubSession) {
  return api.pages({
    document: releasesDocument,
    schema: Releases,
    variables: { owner, name },
    connection: (data) => data.repository?.releases ?? null,
    pageSize: 100,
    key: repo,
  });
}
