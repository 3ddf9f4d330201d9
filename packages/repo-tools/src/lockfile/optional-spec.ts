/** What a lockfile entry needs to know about an optional dependency. */
export interface ExactSpec {
  version: string;
  /** Set where the dependency is an alias (`npm:other-name@1.2.3`). */
  name?: string;
}

const semver = String.raw`\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?`;
const alias = /^npm:(?<name>@?[^@]+)@(?<range>.+)$/;
const lowest = new RegExp(String.raw`^(?:\^|~|>=|=|v)?\s*(?<version>${semver})`);

/**
 * The one version that a stub may name without asking the registry: the pinned one, or the
 * lowest of a range, which satisfies it. Null for `*`, tags, addresses and upper bounds.
 */
export function exactSpec(range: string): ExactSpec | null {
  const aliased = alias.exec(range)?.groups;
  const version = lowest.exec(aliased?.['range'] ?? range)?.groups?.['version'];
  if (version === undefined) return null;
  return aliased?.['name'] === undefined ? { version } : { version, name: aliased['name'] };
}

/** Whether a range names exactly one version, so that any other in its place is wrong. */
export function isPinned(range: string): boolean {
  return new RegExp(`^=?${semver}$`).test(range);
}
