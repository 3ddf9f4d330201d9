import { advance } from '../empty-world.ts';
import { nextDatabaseId, nodeId } from '../ids.ts';
import type { Release, Repository, Tag, User, World } from '../model.ts';
import { tagSha } from '../git-objects.ts';

export interface NewTag {
  readonly name: string;
  readonly commitSha: string;
  /** Null: a lightweight tag. */
  readonly annotation: { readonly tagger: User; readonly message: string } | null;
}

/** Creates a tag, or moves the one of that name. */
export function setTag(world: World, repository: Repository, input: NewTag, at: number): Tag {
  const taggedAt = advance(world, at);
  const { name, commitSha } = input;
  const annotation = input.annotation && {
    taggerName: input.annotation.tagger.name,
    taggerEmail: input.annotation.tagger.email,
    taggedAt,
    message: input.annotation.message,
  };
  const sha = annotation && tagSha(name, commitSha, annotation);
  const tag: Tag = { name, commitSha, annotation: annotation && { sha: sha!, ...annotation } };
  repository.tags.set(name, tag);
  repository.pushedAt = taggedAt;
  return tag;
}

export function deleteTag(world: World, repository: Repository, name: string, at: number): void {
  repository.tags.delete(name);
  repository.pushedAt = advance(world, at);
}

export interface NewRelease {
  readonly name?: string;
  /** The tag exists, unless the release is a draft. */
  readonly tagName: string;
  readonly author: User;
  readonly isDraft?: boolean;
  readonly isPrerelease?: boolean;
}

export function createRelease(world: World, repository: Repository, input: NewRelease, at: number): Release {
  const createdAt = advance(world, at);
  const databaseId = nextDatabaseId(world);
  const isDraft = input.isDraft ?? false;
  const release: Release = {
    id: nodeId(world, 'RE', databaseId),
    databaseId,
    name: input.name ?? input.tagName,
    tagName: input.tagName,
    isDraft,
    isPrerelease: input.isPrerelease ?? false,
    createdAt,
    publishedAt: isDraft ? null : createdAt,
    updatedAt: createdAt,
    authorId: input.author.id,
  };
  repository.releases.set(release.id, release);
  return release;
}

export function publishRelease(world: World, release: Release, at: number): void {
  release.isDraft = false;
  release.publishedAt = advance(world, at);
  release.updatedAt = release.publishedAt;
}

/** What GitHub does with a release whose tag is deleted: it becomes a draft. */
export function unpublishRelease(world: World, release: Release, at: number): void {
  release.isDraft = true;
  release.publishedAt = null;
  release.updatedAt = advance(world, at);
}
