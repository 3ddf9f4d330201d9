import { type Config, firstMatch, type Instant, parseTagPattern, type ReleaseName } from '@bellwether/core';
import type { DeploymentRow } from '@bellwether/warehouse';
import { believable } from './mapper.ts';
import { serviceNamer } from './service-name.ts';
import type { Tag } from './tags.ts';

export interface TagMapping {
  readonly repo: string;
  readonly config: Config;
  readonly now: Instant;
}

export interface MappedTags {
  readonly deployments: DeploymentRow[];
  /** Names of tags that match no pattern. */
  readonly unrecognised: string[];
}

/**
 * Releases as deployments. Of tags that name the same version of the same service at the same commit (`v1.2.3` and
 * `1.2.3`) only the earliest counts, the first by name where they share an instant; one whose date nobody can believe
 * counts never.
 *
 * @param tags by name
 */
export function mapTags(tags: readonly Tag[], { repo, config, now }: TagMapping): MappedTags {
  const patterns = config.git.tags.map(parseTagPattern);
  const serviceOf = serviceNamer(repo, config);
  const rows: DeploymentRow[] = [];
  const releaseOf = new Map<DeploymentRow, string>();
  const unrecognised: string[] = [];
  for (const tag of tags) {
    const release = firstMatch(patterns, tag.name);
    if (release === null) {
      unrecognised.push(tag.name);
      continue;
    }
    const row = mapTag(tag, { repo, release, service: serviceOf(release.service), now });
    rows.push(row);
    releaseOf.set(row, JSON.stringify([row.service, row.environment, release.version, tag.sha]));
  }
  const counted = new Map<string, DeploymentRow>();
  for (const row of rows) {
    const release = releaseOf.get(row) ?? '';
    const other = counted.get(release);
    if (isBefore(row.finished_at, other?.finished_at ?? null)) counted.set(release, row);
  }
  const deployments = rows.map((row) => ({
    ...row,
    is_counted: counted.get(releaseOf.get(row) ?? '') === row,
  }));
  return { deployments, unrecognised };
}

/** A release happened when it was first announced, whatever was tagged again years later. */
function isBefore(date: Instant | null, other: Instant | null): boolean {
  return date !== null && (other === null || date < other);
}

function mapTag(
  tag: Tag,
  { repo, release, service, now }: { repo: string; release: ReleaseName; service: string; now: Instant },
): DeploymentRow {
  const environment = release.isPrerelease ? 'prerelease' : 'production';
  return {
    deployment_id: `${repo}@tag:${tag.name}`,
    repo,
    service,
    environment,
    environment_kind: environment,
    signal: 'tag',
    is_counted: true,
    sha: tag.sha,
    ref: tag.name,
    status: 'success',
    is_planned: true,
    started_at: null,
    finished_at: believable(tag.date, now),
    finished_at_is_exact: tag.isExact,
    url: releaseUrl(repo, tag.name),
  };
}

/** Only where the address of a release's page is known for certain. */
function releaseUrl(repo: string, tag: string): string {
  const match = /^github\.com\/([^/]+\/[^/]+)$/.exec(repo);
  return match ? `https://github.com/${match[1]}/releases/tag/${encodeURIComponent(tag)}` : '';
}
