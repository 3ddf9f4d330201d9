import type { LockEntry, Lockfile } from './lockfile.ts';
import { exactSpec, isPinned } from './optional-spec.ts';
import { platformOfName } from './platform.ts';

/** What mending a lockfile came to. Nothing to do: every list is empty. */
export interface Mending {
  lockfile: Lockfile;
  /** Stubs that were missing: `node_modules/@turbo/darwin-64@2.11.11`. */
  added: string[];
  /** Stubs that nothing asks for any more. */
  dropped: string[];
  /** Entries that named a download address. */
  stripped: string[];
  /** Optional dependencies that are missing and whose range does not name a version. */
  unknown: string[];
}

/**
 * Makes a lockfile fit for every platform and every registry.
 *
 * npm leaves an optional package out of the lockfile when the registry at hand does not have it,
 * and `npm ci` on another machine then refuses the whole lockfile (`Missing: … from lock file`).
 * A stub of name, version and platform is enough for npm to find the package where it exists.
 * Download addresses name the registry of whoever ran `npm install` last; npm finds a package by its
 * version without them. Integrity stays wherever it is known; a stub has none, and npm cannot check
 * such a package, until an `npm install` on a machine that can see it fills the entry in.
 *
 * Pure, and idempotent: mending twice changes nothing.
 */
export function mendLockfile(lockfile: Lockfile): Mending {
  const stripped: string[] = [];
  const before = new Map<string, LockEntry>();
  // Stubs are made anew each time: that is how those of an older version disappear.
  const packages: Record<string, LockEntry> = {};
  for (const [path, entry] of Object.entries(lockfile.packages)) {
    if (isStub(path, entry)) before.set(path, entry);
    else packages[path] = withoutAddress(path, entry, stripped);
  }

  const stubs = new Map<string, LockEntry>();
  const unknown: string[] = [];
  for (const path of Object.keys(packages).sort()) {
    for (const [name, range] of Object.entries(packages[path]?.optionalDependencies ?? {})) {
      if (isSatisfied(packages, path, name, range)) continue;
      const stub = stubOf(name, range, packages[path]?.dev === true);
      if (stub === null) {
        unknown.push(`${name}@${range}, wanted by ${path === '' ? 'the root' : path}`);
        continue;
      }
      const place = placeFor(packages, path, name);
      const known = before.get(place);
      // A stub of the right version stays as npm left it, or the two would take turns in rewriting it.
      const entry = known !== undefined && isSameSpec(known, stub) ? known : stub;
      packages[place] = entry;
      stubs.set(place, entry);
    }
  }

  return {
    lockfile: { ...lockfile, packages },
    added: [...stubs].filter(([path, stub]) => !isSame(before.get(path), stub)).map(label),
    dropped: [...before].filter(([path, stub]) => !isSame(stubs.get(path), stub)).map(label),
    stripped,
    unknown,
  };
}

/**
 * A stub is what this file writes and npm never does: optional, and nothing to check the download
 * against. What came inside another package's tarball (`inBundle`) has no integrity either.
 */
function isStub(path: string, entry: LockEntry): boolean {
  return (
    path.includes('node_modules/') &&
    (entry.optional === true || entry.devOptional === true) &&
    entry.inBundle !== true &&
    entry.integrity === undefined &&
    entry.resolved === undefined &&
    entry.link !== true &&
    entry.version !== undefined
  );
}

/** Only registry downloads: a workspace link's `resolved` is its folder, a git dependency's is its commit. */
function withoutAddress(path: string, entry: LockEntry, stripped: string[]): LockEntry {
  if (entry.link === true || !/^https?:/.test(entry.resolved ?? '')) return entry;
  stripped.push(path);
  const { resolved: _address, ...rest } = entry;
  return rest;
}

/** Whether node's resolution from `path` upwards meets the package, and a pinned range its own version. */
function isSatisfied(packages: Lockfile['packages'], path: string, name: string, range: string): boolean {
  const found = foldersUpwards(path)
    .map((folder) => packages[`${folder}node_modules/${name}`])
    .find((entry) => entry !== undefined);
  return found !== undefined && (!isPinned(range) || found.version === range.replace(/^=/, ''));
}

/** The root where the name is free there, as npm does; else beside the package that asks. */
function placeFor(packages: Lockfile['packages'], path: string, name: string): string {
  const top = `node_modules/${name}`;
  return packages[top] === undefined || path === '' ? top : `${path}/node_modules/${name}`;
}

function* parents(path: string): Generator<string> {
  for (let at = path; at !== '';) {
    yield `${at}/`;
    const cut = at.lastIndexOf('/node_modules/');
    at = cut < 0 ? '' : at.slice(0, cut);
  }
  yield '';
}

function foldersUpwards(path: string): string[] {
  return [...parents(path)];
}

function stubOf(name: string, range: string, isDev: boolean): LockEntry | null {
  const spec = exactSpec(range);
  if (spec === null) return null;
  const { os, cpu, libc } = platformOfName(spec.name ?? name);
  return {
    ...(spec.name !== undefined && { name: spec.name }),
    version: spec.version,
    ...(cpu && { cpu }),
    ...(isDev && { dev: true }),
    ...(libc && { libc }),
    optional: true,
    ...(os && { os }),
  };
}

function isSameSpec(a: LockEntry, b: LockEntry): boolean {
  return a.version === b.version && a.name === b.name;
}

function isSame(a: LockEntry | undefined, b: LockEntry | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function label([path, entry]: [string, LockEntry]): string {
  return `${path}@${entry.version ?? '?'}`;
}
