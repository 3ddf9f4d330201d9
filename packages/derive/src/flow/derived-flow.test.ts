import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, silentTalk } from '@bellwether/core';
import {
  commits,
  deployments,
  derivations,
  migrate,
  openWarehouse,
  pullRequestFacts,
  pullRequests,
  repositories,
  reviewFacts,
  reviews,
  teamMembers,
  teamSettings,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deriveRules } from '../compute/facts.ts';
import { deriveChanged } from '../derive.ts';
import { commit, hour, release, sha, start } from '../testing/snapshot.ts';
import { flowPullRequest, flowReview } from './testing/flow-input.ts';

const repo = 'local/app';
const rules = deriveRules(Config.parse({ privacy: { minimumGroupSize: 3 } }));

let folder: string;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'derived-flow-'));
  warehouse = await openWarehouse({ path: join(folder, 'data') });
  await migrate(warehouse, { views: [] });
  await warehouse.insert(derivations, [{ repo, side: 'domain', mark: 'first' }]);
  await warehouse.insert(repositories, [{ ...repository, repo, head_sha: sha('merge') }]);
  const history = [
    commit({ name: 'root' }),
    commit({ name: 'work', parents: ['root'], at: start + 9 * hour }),
    commit({ name: 'merge', parents: ['root'], at: start + 15 * hour, number: 1 }),
  ];
  await warehouse.insert(
    commits,
    history.map((each) => ({ ...each, repo, author_key: 'ann', paths: [] })),
  );
  const releases = [release('v1', 'root', start), release('v2', 'merge', start + 17 * hour)];
  await warehouse.insert(
    deployments,
    releases.map((each) => ({ ...each, repo, status: 'success' as const, started_at: null })),
  );
  await warehouse.insert(pullRequests, [{ ...pullRequest, ...unread }]);
  await warehouse.insert(
    reviews,
    [
      flowReview(start + 12 * hour, { repo, state: 'approved', comment_count: 2 }),
      flowReview(start + 13 * hour, { repo, author_key: 'cleo', has_body: true }),
    ].map((each) => ({ ...each, commit_sha: null })),
  );
  await warehouse.insert(
    teamMembers,
    ['web ann', 'web ben', 'web dora', 'ops cleo'].map((line) => {
      const [team = '', person_key = ''] = line.split(' ');
      return { team: `acme/${team}`, person_key, valid_from: 0, valid_to: null };
    }),
  );
  await warehouse.insert(teamSettings, [
    { team: 'acme/web', valid_from: 0, valid_to: null, team_group: '', time_zone: 'Europe/Berlin' },
  ]);
});

afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true });
});

const pullRequest = flowPullRequest({
  repo,
  state: 'merged',
  created_at: start + 10 * hour,
  merged_at: start + 15 * hour,
  closed_at: start + 15 * hour,
  merge_commit_sha: sha('merge'),
  commit_count: 1,
  review_count: 2,
  commit_shas: [sha('work')],
  commit_authored_at: [start + 9 * hour],
});

it('takes pull requests and reviews from domain rows to stored facts', async () => {
  await deriveChanged({ warehouse, rules, talk: silentTalk, signal: new AbortController().signal });

  const [row] = await warehouse.readRows(pullRequestFacts, Object.keys(pullRequestFacts.columns) as never[]);
  // Monday, 1 January 2024. Commit 09:00, ready 10:00, approved 12:00, merged 15:00, deployed 17:00 UTC. Business hours
  // of the team are those of Berlin, 08:00 to 16:00 UTC: of the deploy stage one hour.
  expect(row).toMatchObject({
    change_id: 'local/app#1',
    is_to_default_branch: true,
    team: 'acme/web',
    service: 'app',
    deployment_id: 'v2',
    coding_seconds: 3600,
    pickup_seconds: 7200,
    review_seconds: 0,
    merge_wait_seconds: 10_800,
    deploy_seconds: 7200,
    deploy_business_seconds: 3600,
    cycle_seconds: 28_800,
    cycle_business_seconds: 25_200,
    review_count: 2,
    is_self_merged: false,
    is_cross_team_reviewed: true,
  });
  const given = await warehouse.readRows(reviewFacts, ['reviewer_key', 'team', 'response_seconds', 'basis']);
  // The team of cleo has one member: fewer than three are not shown.
  expect(given.sort((a, b) => (a.reviewer_key < b.reviewer_key ? -1 : 1))).toEqual([
    { reviewer_key: 'ben', team: 'acme/web', response_seconds: 7200, basis: 'ready' },
    { reviewer_key: 'cleo', team: '(withheld)', response_seconds: 10_800, basis: 'ready' },
  ]);
});

const repository = {
  default_branch: 'main',
  is_shallow: false,
  has_paths: false,
  repo_id: '',
  visibility: '' as const,
  is_fork: false,
  is_archived: false,
  is_gone: false,
  created_at: null,
  pushed_at: null,
  primary_language: '',
};

/** The columns that flow does not look at. */
const unread = {
  node_id: '',
  head_sha: '',
  updated_at: start,
  merged_by_key: '',
  is_in_merge_queue: false,
  event_count: 0,
  comment_count: 0,
  commit_author_keys: [],
  labels: [],
};
