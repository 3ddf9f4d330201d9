import { type Config, usageError } from '@bellwether/core';
import type { Clone } from './clone.ts';
import { shellWord } from './git-errors.ts';
import { readObjects } from './objects.ts';

/**
 * Whether the files of each commit are to be read: `git.paths`, and for `auto` whether the clone has its trees.
 * A history whose newest tree is empty had its files left out, and "touched no file" would be untrue of it.
 *
 * @param headSha newest commit of the default branch
 * @throws BellwetherError `paths-need-trees` when `on` is asked of a clone without trees
 */
export async function readsPaths(
  clone: Clone,
  mode: Config['git']['paths'],
  headSha: string | null,
): Promise<boolean> {
  if (mode === 'off') return false;
  const lacksTrees = clone.filter !== null && /tree:|sparse:|object:type|unknown/.test(clone.filter);
  if (mode === 'on') {
    if (lacksTrees) throw pathsNeedTrees(clone.path);
    return true;
  }
  return !lacksTrees && headSha !== null && (await hasFiles(clone, headSha));
}

async function hasFiles({ git }: Clone, headSha: string): Promise<boolean> {
  for await (const [answer] of readObjects(git, [`${headSha}^{tree}`], { withContent: true })) {
    return (answer?.object ?? null) !== null && answer!.object!.content.length > 0;
  }
  return false;
}

function pathsNeedTrees(path: string): Error {
  return usageError(
    'paths-need-trees',
    'git.paths is on, but this clone was made without its trees, and Bellwether never fetches.',
    `Set git.paths to auto in bellwether.yaml, or complete the clone: git -C ${shellWord(path)} fetch --refetch --no-filter`,
  );
}
