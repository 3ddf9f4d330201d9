import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  migrate,
  openWarehouse,
  pullRequestEvents,
  pullRequests,
  reviewRequests,
  reviews,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFlow } from './read-flow.ts';
import { flowEvent, flowPullRequest, flowReview, hour, monday } from './testing/flow-input.ts';

let folder: string;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-flow-'));
  warehouse = await openWarehouse({ path: join(folder, 'data') });
  await migrate(warehouse, { views: [] });
});

afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

describe('readFlow', () => {
  it('reads several repositories at once, apart from each other, one without anything among them', async () => {
    const pull = flowPullRequest({ file_paths: ['a.ts'], file_additions: [1], file_deletions: [0] });
    const review = flowReview(monday, { state: 'approved' });
    const events = [
      { ...flowEvent('queued', monday + hour), event_id: 'a', actor_key: '', actor_is_bot: false },
      { ...flowEvent('labeled', monday), event_id: 'b', actor_key: '', actor_is_bot: false },
    ];
    for (const repo of ['local/one', 'local/two', 'local/unasked']) {
      await warehouse.insert(pullRequests, [{ ...pull, ...unread, repo }]);
      await warehouse.insert(reviews, [{ ...review, repo, commit_sha: null }]);
      await warehouse.insert(reviewRequests, [{ ...request, repo }]);
      await warehouse.insert(
        pullRequestEvents,
        events.map((event) => ({ ...event, repo, before_sha: null, after_sha: null })),
      );
    }
    const flows = await readFlow(warehouse, ['local/one', 'local/two', 'local/none']);
    expect([...flows.keys()]).toEqual(['local/one', 'local/two', 'local/none']);
    const { is_team: _team, is_open: _open, ...asked } = request;
    for (const repo of ['local/one', 'local/two']) {
      expect(flows.get(repo)).toEqual({
        pullRequests: [{ ...pull, repo }],
        reviews: [{ ...review, repo }],
        requests: [{ ...asked, repo }],
        // Labels are not looked at.
        events: [{ ...flowEvent('queued', monday + hour), repo }],
      });
    }
    expect(flows.get('local/none')).toEqual({ pullRequests: [], reviews: [], requests: [], events: [] });
  });
});

const request = {
  repo: '',
  number: 1,
  reviewer: 'ben',
  is_team: false,
  first_requested_at: monday,
  last_requested_at: monday + hour,
  removed_at: null,
  is_open: true,
};

/** The columns that flow does not look at. */
const unread = {
  node_id: '',
  head_sha: '',
  updated_at: monday,
  merged_by_key: '',
  is_in_merge_queue: false,
  event_count: 0,
  comment_count: 0,
  commit_author_keys: [],
  labels: [],
};
