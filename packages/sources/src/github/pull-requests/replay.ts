import { pullRequestEvents, pullRequests, reviewRequests, reviews, type Table } from '@bellwether/warehouse';
import { type Batch, type ReplayContext, rowsOf, type StoredRecord, type TableKeys } from '../../source.ts';
import { loadKnownPeople } from '../known-people.ts';
import { createPeople, type People } from '../people.ts';
import { childKeys, type ChildName, childNames, childTables, isWhole } from './children.ts';
import type { PullRequestCursor } from './cursor.ts';
import { type MappedPullRequest, mapPullRequest } from './mapper.ts';
import { PullRequestPayload } from './payload.ts';

interface Replayed extends MappedPullRequest {
  readonly cut: readonly string[];
}

/** People of a repository that is replayed, read once for all its pieces. */
const peopleOf = new WeakMap<ReplayContext, Promise<People>>();

/** Maps kept payloads again, and takes away children that the mapper makes no more. */
export async function replayPullRequests(
  context: ReplayContext,
  stored: readonly StoredRecord[],
): Promise<Batch<PullRequestCursor>> {
  const { repo } = context;
  const people = await replayPeople(context);
  const mapped: Replayed[] = stored.map(({ payload: text, fetched_at: now }) => {
    const payload = PullRequestPayload.parse(JSON.parse(text));
    return { ...mapPullRequest(payload, { repo, people, now }), cut: payload.cut };
  });
  return {
    removals: await Promise.all(childNames.map((name) => goneChildren(name, mapped, context))),
    rows: [
      rowsOf(
        pullRequests,
        mapped.map(({ pullRequest }) => pullRequest),
      ),
      rowsOf(
        reviews,
        mapped.flatMap((each) => each.reviews),
      ),
      rowsOf(
        reviewRequests,
        mapped.flatMap((each) => each.reviewRequests),
      ),
      rowsOf(
        pullRequestEvents,
        mapped.flatMap((each) => each.events),
      ),
    ],
  };
}

/**
 * Keys of stored children that were not made again. The engine looks for them: there are hundreds of thousands of
 * children and hardly ever one that is gone.
 */
async function goneChildren(
  name: ChildName,
  mapped: readonly Replayed[],
  { repo, stored }: ReplayContext,
): Promise<TableKeys> {
  const { table, key }: { table: Table; key: string } = childTables[name];
  const whole = mapped.filter(({ cut }) => isWhole(name, cut));
  if (whole.length === 0) return { table, keys: [] };
  const there = whole.flatMap((each) =>
    childKeys(each)[name].map((child) => `${each.pullRequest.number} ${child}`),
  );
  const rows: readonly object[] = await stored.readRows(table, ['number', key], {
    sql: `repo = {repo:String} AND number IN {numbers:Array(UInt32)}
          AND concat(toString(number), ' ', ${key}) NOT IN {there:Array(String)}`,
    params: { repo, numbers: whole.map(({ pullRequest }) => pullRequest.number), there },
  });
  return { table, keys: rows.map((row) => ({ repo, ...row })) };
}

function replayPeople(context: ReplayContext): Promise<People> {
  const { repo, stored, secret, config } = context;
  let people = peopleOf.get(context);
  if (people === undefined) {
    const host = repo.slice(0, repo.indexOf('/'));
    people = loadKnownPeople(stored, host).then((known) => createPeople({ secret, host, config, known }));
    peopleOf.set(context, people);
  }
  return people;
}
