import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Enough for a folder of checkouts; a company's thousand repositories are named by hand or by a later source. */
const MOST = 50;

/** The clones at hand: this folder if it lies in one, else those directly below it. Absolute paths, sorted. */
export function findClones(folder: string): string[] {
  const here = enclosingClone(folder);
  if (here !== null) return [here];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isClone(join(folder, entry.name)))
    .map((entry) => join(folder, entry.name))
    .sort()
    .slice(0, MOST);
}

function enclosingClone(folder: string): string | null {
  if (isClone(folder)) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : enclosingClone(parent);
}

/** A clone with a work tree has `.git`; a bare one is recognised by what it holds. */
function isClone(folder: string): boolean {
  const isBare =
    existsSync(join(folder, 'HEAD')) &&
    existsSync(join(folder, 'objects')) &&
    existsSync(join(folder, 'refs'));
  return isBare || existsSync(join(folder, '.git'));
}
