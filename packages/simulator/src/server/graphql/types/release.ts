import type { Release, Repository } from '../../../world/model.ts';
import { formatOptionalTime, formatTime } from '../../time-format.ts';
import { type Connection, type PageArguments, pageOfOrdered } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { repositoryUrl } from '../links.ts';
import { byDatabaseId, orderedView } from '../ordered-view.ts';
import type { ReleaseSource } from '../sources.ts';
import { userOf } from './actor.ts';
import { commitOf } from './commit.ts';
import { refOf, TAGS } from './ref.ts';

export interface ReleaseArguments extends PageArguments {
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

export function pageOfReleases(repository: Repository, args: ReleaseArguments): Connection {
  const byName = args.orderBy?.field === 'NAME';
  const view = orderedView(
    repository.releases,
    byName ? 'NAME' : 'CREATED_AT',
    (release) => (byName ? release.tagName : release.createdAt),
    byDatabaseId,
  );
  return pageOfOrdered(view, args, {
    // Without an order GitHub lists the newest first.
    isDescending: args.orderBy == null || args.orderBy.direction === 'DESC',
    map: (value): ReleaseSource => ({ typename: 'Release', repository, value }),
  });
}

/** The youngest that is neither draft nor prerelease. */
export function latestRelease(repository: Repository): ReleaseSource | null {
  let latest: Release | null = null;
  for (const release of repository.releases.values()) {
    if (release.isDraft || release.isPrerelease || release.publishedAt === null) continue;
    if (latest === null || release.publishedAt >= (latest.publishedAt ?? 0)) latest = release;
  }
  return latest === null ? null : { typename: 'Release', repository, value: latest };
}

export const release = defineType<ReleaseSource>('Release', {
  id: ({ value }) => value.id,
  databaseId: ({ value }) => value.databaseId,
  name: ({ value }) => value.name,
  tagName: ({ value }) => value.tagName,
  isDraft: ({ value }) => value.isDraft,
  isPrerelease: ({ value }) => value.isPrerelease,
  isLatest: ({ repository, value }) => latestRelease(repository)?.value === value,
  description: () => null,
  createdAt: ({ value }) => formatTime(value.createdAt),
  publishedAt: ({ value }) => formatOptionalTime(value.publishedAt),
  updatedAt: ({ value }) => formatTime(value.updatedAt),
  author: ({ value }, _, context) => userOf(context, value.authorId),
  tag: ({ repository, value }) => refOf(repository, TAGS, value.tagName),
  tagCommit: ({ repository, value }) =>
    commitOf(repository, repository.tags.get(value.tagName)?.commitSha ?? null),
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
  url: ({ repository, value }, _, { origin, world }) =>
    `${repositoryUrl(origin, world, repository)}/releases/tag/${value.tagName}`,
});
