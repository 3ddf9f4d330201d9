import { type Config, firstMatch, parseTagPattern } from '@bellwether/core';
import type { DeploymentRow } from '@bellwether/warehouse';
import { z } from 'zod';
import { cleanText } from '../../git/commit-message.ts';
import { serviceNamer } from '../../git/service-name.ts';
import type { Release } from './api-schema.ts';
import { releasePage } from './links.ts';

/** What is kept of a release: neither its notes nor its author, who are not asked for. */
export const ReleaseRecord = z.object({
  id: z.string(),
  tag: z.string(),
  isPrerelease: z.boolean(),
  publishedAt: z.number(),
  sha: z.string().nullable(),
});
export type ReleaseRecord = z.infer<typeof ReleaseRecord>;

/** Null for a draft, which nobody was shown. */
export function pruneRelease(release: Release): ReleaseRecord | null {
  const { id, tagName, isDraft, isPrerelease, publishedAt, tagCommit } = release;
  if (isDraft || publishedAt === null) return null;
  return { id, tag: tagName, isPrerelease, publishedAt, sha: tagCommit?.oid ?? null };
}

/**
 * Maps releases of one repository. The tag's name says which service it is, by the same patterns as for tags; where
 * none fits, it is the repository's own. A version such as `2.0.0-rc.1` is a pre-release, whether or not it is marked.
 */
export function releaseMapper(repo: string, config: Config): (record: ReleaseRecord) => DeploymentRow {
  const patterns = config.git.tags.map(parseTagPattern);
  const serviceOf = serviceNamer(repo, config);
  return ({ tag, isPrerelease, publishedAt, sha }) => {
    const name = firstMatch(patterns, tag);
    const environment = isPrerelease || name?.isPrerelease === true ? 'prerelease' : 'production';
    return {
      deployment_id: `${repo}@release:${tag}`,
      repo,
      service: cleanText(serviceOf(name?.service ?? null), 200),
      environment,
      environment_kind: environment,
      signal: 'release',
      is_counted: true,
      sha,
      ref: cleanText(tag, 250),
      status: 'success',
      is_planned: true,
      started_at: null,
      finished_at: publishedAt,
      finished_at_is_exact: true,
      url: releasePage(repo, tag),
    };
  };
}
