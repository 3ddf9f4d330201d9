import type { Config } from '@bellwether/core';
import {
  records,
  repositories,
  repositoryAliases,
  type RepositoryRow,
  type Warehouse,
} from '@bellwether/warehouse';
import { z } from 'zod';
import { digest } from '../../git/session.ts';
import { defineStream, rowsOf } from '../../source.ts';
import type { ProbedSession } from '../open-session.ts';
import { rawRecord } from '../raw-record.ts';
import {
  type CloneKnowledge,
  mapAlias,
  mapRepository,
  pruneRepository,
  RepositoryRecord,
} from '../mapper.ts';

const RepositoryCursor = z.object({
  /** Stands for the name and for everything that the row is made of. */
  state: z.string(),
});

/** The repository itself, from what the probe saw of it: no request of its own. */
export const repositoryStream = defineStream<ProbedSession, z.infer<typeof RepositoryCursor>>({
  name: 'repository',
  tables: [repositoryAliases, repositories, records],
  replaces: [],
  unit: 'repositories',
  cursor: RepositoryCursor,
  isCurrent: ({ session, cursor, config }) => cursor.state === repositoryState(session, readsCommits(config)),
  async *read({ session, stored, clock, config }) {
    const { repo, api, hint } = session;
    const naming = { host: api.host, repo, readsCommits: readsCommits(config) };
    const record = pruneRepository(hint.probe);
    yield {
      rows: [
        // The alias first: without it nobody would know a renamed repository again.
        rowsOf(repositoryAliases, [mapAlias(record, naming)]),
        rowsOf(repositories, [mapRepository(record, naming, await readStored(stored, repo))]),
        rowsOf(records, [rawRecord({ repo, stream: 'repository' }, record.id, record, clock.now())]),
      ],
      checkpoint: { state: repositoryState(session, naming.readsCommits) },
      progress: { done: 1, total: 1 },
    };
  },
  async replay({ repo, stored, config }, payloads) {
    const host = repo.slice(0, repo.indexOf('/'));
    const naming = { host, repo, readsCommits: readsCommits(config) };
    const row = await readStored(stored, repo);
    const mapped = payloads.map(({ payload }) => RepositoryRecord.parse(JSON.parse(payload)));
    return {
      rows: [
        rowsOf(
          repositories,
          mapped.map((record) => ({
            ...mapRepository(record, naming, row),
            is_gone: row?.is_gone ?? false,
          })),
        ),
      ],
    };
  },
});

function readsCommits({ github }: Config): boolean {
  return github.commits !== 'off';
}

/** What the cursor says of a repository that is stored as it is. */
export function repositoryState(
  { repo, hint }: Pick<ProbedSession, 'repo' | 'hint'>,
  reads: boolean,
): string {
  return digest([repo, pruneRepository(hint.probe), reads]);
}

/** What a clone found out stays: whether its history is cut off, and whether files were read. */
async function readStored(
  stored: Pick<Warehouse, 'readRows'>,
  repo: string,
): Promise<(CloneKnowledge & Pick<RepositoryRow, 'is_gone'>) | undefined> {
  const [row] = await stored.readRows(repositories, ['is_shallow', 'has_paths', 'is_gone'], {
    sql: 'repo = {repo:String}',
    params: { repo },
  });
  return row;
}
