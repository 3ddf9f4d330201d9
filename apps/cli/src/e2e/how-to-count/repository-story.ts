import { createHash } from 'node:crypto';
import {
  buildJobs,
  type BuildJobRow,
  builds,
  type BuildRow,
  type CommitRow,
  commits,
  cursors,
  type DeploymentRow,
  deployments,
  type IncidentRow,
  incidents,
  type PullRequestEventRow,
  pullRequestEvents,
  type PullRequestRow,
  pullRequests,
  repositories,
  type RepositoryRow,
  type ReviewRow,
  reviews,
  type RowOf,
  type ServiceRow,
  services,
  type Table,
} from '@bellwether/warehouse';
import { at } from './when.ts';

/** Stores a domain row in which all that is not said is blank. */
export type Put = <T extends Table>(table: T, row: Partial<RowOf<T>>) => void;

/** Tells what happened in one repository, as sources would write it down. Times are texts in UTC. */
export interface RepositoryStory {
  repo: string;
  /** The sha that a name stands for. */
  sha: (name: string) => string;
  /** The repository's own row. */
  about: (row: Partial<RepositoryRow>) => void;
  /** A commit on the last one of the default branch, unless `parents` or `offMain` say otherwise. */
  commit: (
    name: string,
    committed: string,
    more?: Partial<CommitRow> & { authored?: string; on?: readonly string[]; offMain?: boolean },
  ) => void;
  /** A pull request and nothing else: what put it on a branch is told by `commit`. */
  pullRequest: (number: number, row: Partial<PullRequestRow>) => void;
  /** A pull request that was squashed into the commit `m<number>`: its own commit is not in the history. */
  squash: (number: number, began: string, merged: string, row?: Partial<PullRequestRow>) => void;
  review: (number: number, submitted: string, row?: Partial<ReviewRow>) => void;
  event: (number: number, kind: PullRequestEventRow['kind'], when: string) => void;
  /** A successful deployment to production of the service named like the repository. */
  deploy: (id: string, commit: string, finished: string, row?: Partial<DeploymentRow>) => void;
  incident: (id: string, opened: string, row?: Partial<IncidentRow>) => void;
  /** Its incidents are read, and one shows that people write them down; it blames nothing. */
  hasIncidentSource: () => void;
  service: (service: string, row?: Partial<ServiceRow>) => void;
  /** An attempt of a build that was made, started and finished so many seconds after that. */
  build: (id: string, created: string, row?: Partial<BuildRow> & { waits?: number; runs?: number }) => void;
  job: (build: string, job: string, row: Partial<BuildJobRow>) => void;
  put: Put;
}

export function tellRepository(repo: string, put: Put, tell: (story: RepositoryStory) => void): void {
  const sha = (name: string): string => createHash('sha1').update(`${repo} ${name}`).digest('hex');
  const own: Partial<RepositoryRow> = {};
  let head: string | null = null;
  const commit: RepositoryStory['commit'] = (name, committed, more = {}) => {
    const { authored = committed, on, offMain = false, ...row } = more;
    const parents = on?.map(sha) ?? (head === null ? [] : [head]);
    const dates = { authored_at: at(authored), committed_at: at(committed) };
    put(commits, { repo, sha: sha(name), parents, author_key: 'ann', ...dates, ...row });
    if (!offMain) head = sha(name);
  };
  const pullRequest: RepositoryStory['pullRequest'] = (number, row) => {
    const created_at = row.created_at ?? row.commit_authored_at?.[0] ?? at('2026-03-02 08:00');
    const merged_at = row.merged_at ?? null;
    put(pullRequests, {
      repo,
      number,
      state: row.closed_at != null && merged_at === null ? 'closed' : merged_at === null ? 'open' : 'merged',
      author_key: 'ann',
      base_branch: 'main',
      head_branch: `topic-${String(number)}`,
      created_at,
      ready_at: created_at,
      closed_at: merged_at,
      updated_at: merged_at ?? created_at,
      commit_count: row.commit_shas?.length ?? 0,
      commit_author_keys: row.commit_shas?.map(() => row.author_key ?? 'ann') ?? [],
      ...row,
    });
  };
  tell({
    repo,
    sha,
    about: (row) => Object.assign(own, row),
    commit,
    pullRequest,
    squash(number, began, merged, row = {}) {
      const name = `m${String(number)}`;
      const { author_key = 'ann', author_is_bot = false } = row;
      commit(name, merged, { number, author_key, author_is_bot });
      pullRequest(number, {
        merged_at: at(merged),
        merge_commit_sha: sha(name),
        commit_shas: [sha(`own ${name}`)],
        commit_authored_at: [at(began)],
        ...row,
      });
    },
    review: (number, submitted, row = {}) => {
      const review_id = `${String(number)} ${submitted}`;
      put(reviews, {
        ...{ repo, number, review_id, author_key: 'ben', state: 'approved', submitted_at: at(submitted) },
        ...row,
      });
    },
    event: (number, kind, when) =>
      put(pullRequestEvents, { repo, number, event_id: `${kind} ${when}`, kind, at: at(when) }),
    deploy: (id, name, finished, row = {}) =>
      put(deployments, {
        repo,
        deployment_id: `${repo}!${id}`,
        service: repo.slice(repo.lastIndexOf('/') + 1),
        environment: 'production',
        is_counted: true,
        sha: sha(name),
        ref: id,
        is_planned: true,
        finished_at: at(finished),
        finished_at_is_exact: true,
        ...row,
      }),
    incident: (id, opened, row = {}) =>
      put(incidents, { repo, incident_id: `${repo}#${id}`, opened_at: at(opened), ...row }),
    hasIncidentSource() {
      put(cursors, { source: 'github', stream: 'incidents', key: repo, cursor: '{}' });
      const opened_at = at('2026-01-02 00:00');
      const ended = { acknowledged_at: opened_at, resolved_at: opened_at };
      put(incidents, { repo, incident_id: `${repo}#unrelated`, opened_at, ...ended, caused_by: '' });
    },
    service: (service, row = {}) => put(services, { repo, service, ...row }),
    build(id, created, { waits = 0, runs = 60, ...row } = {}) {
      const started_at = at(created) + waits * 1000;
      put(builds, {
        ...{ repo, build_id: id, attempt: 1, provider: 'actions', pipeline: 'ci.yml', pipeline_name: 'ci' },
        ...{ trigger: 'push', branch: 'main', sha: sha(id), status: 'finished', conclusion: 'success' },
        ...{ created_at: at(created), started_at, finished_at: started_at + runs * 1000, ...row },
      });
    },
    job: (build_id, job_id, row) =>
      put(buildJobs, { repo, build_id, job_id, attempt: 1, name: 'test', status: 'finished', ...row }),
    put,
  });
  put(repositories, { repo, default_branch: 'main', head_sha: head, repo_id: repo, ...own });
}
