import { createRelease, deleteTag, publishRelease, setTag, unpublishRelease } from '../mutations/releases.ts';
import { type Change, type Occasion, pickOne, pickPerson } from './change.ts';

export const releaseChanges = {
  'release.published': publishOne,
  'tag.created': (occasion) => tagOne(occasion, `v9.0.${occasion.world.counters.databaseId}`),
  'tag.moved': moveOne,
  'tag.deleted': deleteOne,
} satisfies Record<string, Change>;

/** A draft that waits, or a new one with its tag. */
function publishOne(occasion: Occasion): string | null {
  const { world, random, repository, at } = occasion;
  const author = pickPerson(occasion);
  if (!author) return null;
  const draft = pickOne(random, repository.releases.values(), ({ isDraft }) => isDraft);
  if (draft) {
    if (!repository.tags.has(draft.tagName)) tagOne(occasion, draft.tagName);
    publishRelease(world, draft, at);
    return draft.id;
  }
  const tagName = `v9.1.${world.counters.databaseId}`;
  const isDraft = random.chance(0.2);
  if (!isDraft) tagOne(occasion, tagName);
  return createRelease(world, repository, { tagName, author, isDraft, isPrerelease: random.chance(0.1) }, at)
    .id;
}

/** On some commit of the default branch, annotated or not. */
function tagOne(occasion: Occasion, name: string): string | null {
  const { world, random, repository, at } = occasion;
  const tagger = pickPerson(occasion);
  if (!tagger) return null;
  const commitSha = repository.branches.get(repository.defaultBranch)!;
  const annotation = random.chance(0.6) ? { tagger, message: `Release ${name}` } : null;
  return setTag(world, repository, { name, commitSha, annotation }, at).name;
}

function moveOne(occasion: Occasion): string | null {
  const { random, repository } = occasion;
  const head = repository.branches.get(repository.defaultBranch);
  const tag = pickOne(random, repository.tags.values(), ({ commitSha }) => commitSha !== head);
  return tag ? tagOne(occasion, tag.name) : null;
}

/** Its releases stay, as at GitHub, and become drafts. */
function deleteOne({ world, random, repository, at }: Occasion): string | null {
  const tag = pickOne(random, repository.tags.values(), () => true);
  if (!tag) return null;
  deleteTag(world, repository, tag.name, at);
  for (const release of repository.releases.values()) {
    if (release.tagName === tag.name) unpublishRelease(world, release, at);
  }
  return tag.name;
}
