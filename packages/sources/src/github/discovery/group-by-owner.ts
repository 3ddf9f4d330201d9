/** Ids by the owner in the name that stands beside them. */
export function groupByOwner(names: ReadonlyMap<string, string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [id, repo] of names) {
    const owner = repo.split('/').at(-2) ?? '';
    const group = groups.get(owner);
    if (group === undefined) groups.set(owner, [id]);
    else group.push(id);
  }
  return groups;
}
