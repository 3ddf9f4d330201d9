import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { usageError } from '@bellwether/core';
import { diffDashboards } from '@bellwether/dashboards';

/**
 * What differs between two built dashboards, or between two folders of them, in sentences.
 *
 * @throws BellwetherError `dashboard-unreadable`
 */
export async function compareBuilt(before: string, after: string, cwd: string): Promise<string[]> {
  const [old, now] = [await readBuilt(resolve(cwd, before)), await readBuilt(resolve(cwd, after))];
  const isPair = old.size === 1 && now.size === 1;
  if (isPair) return differences(...([...old.values(), ...now.values()] as [Built, Built]));
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === undefined) return [`${name}: added`];
    if (is === undefined) return [`${name}: removed`];
    return differences(was, is).map((change) => `${name}: ${change}`);
  });
}

interface Built {
  file: string;
  content: unknown;
}

function differences(before: Built, after: Built): string[] {
  try {
    return diffDashboards(before.content, after.content);
  } catch (error) {
    throw unreadable(`${before.file} or ${after.file} is no dashboard that this version builds`, error);
  }
}

/** A file, or the JSON files of a folder, by name; a folder that `build` wrote has them one deeper. */
async function readBuilt(path: string): Promise<Map<string, Built>> {
  try {
    if (!(await stat(path)).isDirectory()) return new Map([['', await readJson(path)]]);
    const names = await readdir(path);
    const folder = names.includes('dashboards') ? join(path, 'dashboards') : path;
    const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    return new Map(
      await Promise.all(
        files.map(async (name): Promise<[string, Built]> => [
          name.slice(0, -'.json'.length),
          await readJson(join(folder, name)),
        ]),
      ),
    );
  } catch (error) {
    throw unreadable(`${path} cannot be read as built dashboards`, error);
  }
}

async function readJson(file: string): Promise<Built> {
  return { file, content: JSON.parse(await readFile(file, 'utf8')) as unknown };
}

function unreadable(what: string, cause: unknown): Error {
  return usageError(
    'dashboard-unreadable',
    `${what}.`,
    'Give two files or folders that bellwether dashboards build wrote.',
    cause,
  );
}
