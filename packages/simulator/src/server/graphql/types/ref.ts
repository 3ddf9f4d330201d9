import type { Repository } from '../../../world/model.ts';
import { formatTime } from '../../time-format.ts';
import { type Connection, type PageArguments, pageOfOrdered } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { notSimulated } from '../errors.ts';
import { orderedView } from '../ordered-view.ts';
import { pageArguments, refuseArguments } from '../refuse-arguments.ts';
import type { BlobSource, RefSource, TagSource } from '../sources.ts';
import { commitOf } from './commit.ts';

export const BRANCHES = 'refs/heads/';
export const TAGS = 'refs/tags/';

export interface RefsArguments extends PageArguments {
  readonly refPrefix: string;
  readonly direction?: 'ASC' | 'DESC' | null;
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

export function pageOfRefs(repository: Repository, args: RefsArguments): Connection {
  refuseArguments('Repository.refs', args, [...pageArguments, 'refPrefix', 'orderBy', 'direction']);
  const { refPrefix: prefix, orderBy } = args;
  if (prefix !== BRANCHES && prefix !== TAGS) throw notSimulated(`Repository.refs(refPrefix: "${prefix}")`);
  const byDate = orderBy?.field === 'TAG_COMMIT_DATE' && prefix === TAGS;
  const rows = prefix === TAGS ? repository.tags : repository.branches;
  const names = new Map([...rows.keys()].map((name) => [name, name]));
  const keyOf = (name: string): number | string =>
    byDate ? (repository.commits.get(repository.tags.get(name)!.commitSha)?.committedAt ?? 0) : name;
  const view = orderedView(names, 'refs', keyOf, (name) => name);
  return pageOfOrdered(view, args, {
    isDescending: (orderBy?.direction ?? args.direction) === 'DESC',
    map: (name) => refOf(repository, prefix, name),
  });
}

/** Null where there is no such branch or tag. */
export function refOf(repository: Repository, prefix: string, name: string): RefSource | null {
  const exists = prefix === TAGS ? repository.tags.has(name) : repository.branches.has(name);
  return exists ? { typename: 'Ref', repository, value: { prefix, name } } : null;
}

export const ref = defineType<RefSource>('Ref', {
  id: ({ repository, value }) =>
    `REF_${Buffer.from(`${repository.databaseId}:${value.prefix}${value.name}`).toString('base64url')}`,
  name: ({ value }) => value.name,
  prefix: ({ value }) => value.prefix,
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
  target: ({ repository, value: { prefix, name } }) => {
    if (prefix === BRANCHES) return commitOf(repository, repository.branches.get(name) ?? null);
    const value = repository.tags.get(name);
    if (value === undefined) return null;
    return value.annotation === null
      ? commitOf(repository, value.commitSha)
      : { typename: 'Tag', repository, value };
  },
});

export const tag = defineType<TagSource>('Tag', {
  id: ({ repository, value }) =>
    `TA_${Buffer.from(`${repository.databaseId}:${value.name}`).toString('base64url')}`,
  name: ({ value }) => value.name,
  oid: ({ value }) => value.annotation?.sha ?? value.commitSha,
  abbreviatedOid: ({ value }) => (value.annotation?.sha ?? value.commitSha).slice(0, 7),
  message: ({ value }) => value.annotation?.message ?? null,
  tagger: ({ value: { annotation } }, _, { world }) => {
    if (annotation === null) return null;
    const account = [...world.users.values()].find(({ email }) => email === annotation.taggerEmail);
    return {
      name: annotation.taggerName,
      email: annotation.taggerEmail,
      at: annotation.taggedAt,
      date: formatTime(annotation.taggedAt),
      userId: account?.id ?? null,
    };
  },
  target: ({ repository, value }) => commitOf(repository, value.commitSha),
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
});

export const blob = defineType<BlobSource>('Blob', {
  id: ({ repository, value }) =>
    `B_${Buffer.from(`${repository.databaseId}:${value.path}`).toString('base64url')}`,
  text: ({ value }) => value.text,
  byteSize: ({ value }) => Buffer.byteLength(value.text),
  isBinary: () => false,
  isTruncated: () => false,
  repository: ({ repository }) => ({ typename: 'Repository', value: repository }),
});
