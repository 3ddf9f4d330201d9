import { existsSync, lstatSync, readdirSync, type Stats } from 'node:fs';
import path from 'node:path';

export interface PackageSize {
  name: string;
  /** Space on disk, in millions of bytes, without the packages nested in its own node_modules. */
  megabytes: number;
}

/**
 * The size of every package in a node_modules folder, nested ones as packages of their own.
 * Workspace links weigh nothing; `.bin` and npm's own files count as `(npm)`.
 */
export function measurePackages(nodeModules: string): PackageSize[] {
  if (!existsSync(nodeModules)) return [];
  return readdirSync(nodeModules).flatMap((name) => {
    const folder = path.join(nodeModules, name);
    if (name.startsWith('@')) {
      return readdirSync(folder).flatMap((part) => measure(nodeModules, `${name}/${part}`));
    }
    return name.startsWith('.')
      ? [{ name: '(npm)', megabytes: bytesIn(folder) / 1e6 }]
      : measure(nodeModules, name);
  });
}

function measure(nodeModules: string, name: string): PackageSize[] {
  const folder = path.join(nodeModules, name);
  return [{ name, megabytes: bytesIn(folder) / 1e6 }, ...measurePackages(path.join(folder, 'node_modules'))];
}

function bytesIn(file: string): number {
  const stats = lstatSync(file);
  if (!stats.isDirectory()) return bytesOnDisk(stats);
  return readdirSync(file)
    .filter((name) => name !== 'node_modules')
    .reduce((sum, name) => sum + bytesIn(path.join(file, name)), bytesOnDisk(stats));
}

/** Blocks of 512 bytes, wherever the file system counts them; Windows does not. */
function bytesOnDisk({ blocks, size }: Stats): number {
  return Number.isFinite(blocks) && blocks > 0 ? blocks * 512 : size;
}
