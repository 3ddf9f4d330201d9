const ownerNames = ['owner', 'login', 'organisation', 'organization', 'org'];

/** Whose thing a query asks for, by the names of its variables: `owner/name` or `owner`; null where none says so. */
export function scopeOf(variables: Readonly<Record<string, unknown>>): string | null {
  const owner = ownerNames.map((name) => variables[name]).find((value) => typeof value === 'string');
  if (typeof owner !== 'string') return null;
  const { name } = variables;
  return typeof name === 'string' ? `${owner}/${name}` : owner;
}

/** The same for the path of a REST resource. */
export function scopeOfPath(path: string): string | null {
  const [, repository, owner] = /^\/(?:repos\/([^/]+\/[^/?]+)|(?:orgs|users)\/([^/?]+))/.exec(path) ?? [];
  const scope = repository ?? owner;
  return scope === undefined ? null : decodeURIComponent(scope);
}
