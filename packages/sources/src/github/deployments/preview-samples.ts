import { deployments, records, type Warehouse } from '@bellwether/warehouse';
import { BuildRecord, pruneRun, type RunRecord } from '../builds/build-record.ts';
import { fetchRunPage } from '../builds/fetch-runs.ts';
import { releasesDocument, tagsDocument } from '../queries/generated.ts';
import { Releases } from './api-schema.ts';
import { DeploymentRecord } from './deployment-record.ts';
import { fetchDeployments, type RepositoryOfApi } from './fetch-deployments.ts';
import type { DeploymentSample } from './preview.ts';
import { pruneRelease, ReleaseRecord } from './release-mapper.ts';
import { pruneTags, TagsRecord } from './tag-record.ts';
import { Tags } from './tag-schema.ts';

/**
 * Looks at a repository for the preview: its newest hundred deployments, releases, tags and runs, for four requests at
 * the most. What the token may not see is not among them.
 */
export async function fetchSamples(source: RepositoryOfApi): Promise<DeploymentSample[]> {
  const { api, owner, name, repo } = source;
  const walk = { variables: { owner, name }, pageSize: 100, key: repo };
  const samples: DeploymentSample[] = [];
  for await (const { items } of fetchDeployments(source, null)) {
    samples.push(...items.map((item) => ofDeployment(repo, item)));
    break;
  }
  const releases = { ...walk, document: releasesDocument, schema: Releases };
  for await (const { items } of api.pages({
    ...releases,
    connection: (data) => data.repository?.releases ?? null,
  })) {
    const published = items.map(pruneRelease).filter((release) => release !== null);
    samples.push(...published.map((release) => ofRelease(repo, release)));
    break;
  }
  const tags = { ...walk, document: tagsDocument, schema: Tags };
  for await (const { items } of api.pages({ ...tags, connection: (data) => data.repository?.refs ?? null })) {
    samples.push(...ofTags(repo, pruneTags(items)));
    break;
  }
  const runs = await fetchRunPage(source, 1, null);
  if (runs.kind === 'ok') {
    samples.push(...runs.body.workflow_runs.flatMap((run) => ofRun(repo, pruneRun(run))));
  }
  return samples;
}

/** The same from what was collected: everything, and without a request. */
export async function readSamples(
  stored: Pick<Warehouse, 'readRows'>,
  repo: string,
): Promise<DeploymentSample[]> {
  const rows = await stored.readRows(records, ['stream', 'payload'], {
    sql: `source = 'github' AND repo = {repo:String} AND stream IN ('deployments', 'releases', 'tags', 'builds')`,
    params: { repo },
  });
  const payloads = rows.flatMap(({ stream, payload }): DeploymentSample[] => {
    const value: unknown = JSON.parse(payload);
    if (stream === 'deployments') return [ofDeployment(repo, DeploymentRecord.parse(value))];
    if (stream === 'releases') return [ofRelease(repo, ReleaseRecord.parse(value))];
    if (stream === 'tags') return ofTags(repo, TagsRecord.parse(value));
    const record = BuildRecord.parse(value);
    return record.kind === 'run' ? ofRun(repo, record) : [];
  });
  if (rows.some(({ stream }) => stream === 'tags')) return payloads;
  // Tags that came from a mirror have no payload; those that are releases are stored as such.
  const tags = await stored.readRows(deployments, ['ref', 'finished_at'], {
    sql: `repo = {repo:String} AND signal = 'tag'`,
    params: { repo },
  });
  return [
    ...payloads,
    ...tags.map(({ ref, finished_at }) => ({
      repo,
      signal: 'tag' as const,
      name: ref,
      count: 1,
      newest: finished_at,
    })),
  ];
}

function ofDeployment(repo: string, record: DeploymentRecord): DeploymentSample {
  const { environment, task, payloadService, createdAt } = record;
  return { repo, signal: 'deployment', name: environment, task, payloadService, count: 1, newest: createdAt };
}

function ofRelease(repo: string, { tag, isPrerelease, publishedAt }: ReleaseRecord): DeploymentSample {
  return { repo, signal: 'release', name: tag, isPrerelease, count: 1, newest: publishedAt };
}

function ofTags(repo: string, { tags }: TagsRecord): DeploymentSample[] {
  return tags.map(({ name, date }) => {
    const newest = date === '' ? null : Number(date) * 1000;
    return { repo, signal: 'tag', name, count: 1, newest };
  });
}

/** Only what can have deployed: a success, and no check of a pull request. */
function ofRun(repo: string, run: RunRecord): DeploymentSample[] {
  const { name, path, createdAt, conclusion, event } = run;
  if (conclusion !== 'success' || event.startsWith('pull_request')) return [];
  return [{ repo, signal: 'workflow_run', name: name || path, path, count: 1, newest: createdAt }];
}
