import { runGit } from '@bellwether/sources/testing';

/** Which tag first released each commit, by service: `sha → tag`, or null for what the first tag of all carried. */
export type ReleasedBy = Map<string, Map<string, string | null>>;

/**
 * The same question put to git: for each release in order, what does it hold that no earlier one held? An answer that
 * shares nothing with our lineage, not even the reading of tag names.
 */
export async function firstDeploymentsByGit(clone: string, repositoryService: string): Promise<ReleasedBy> {
  const format = '%(refname:strip=2)%09%(creatordate:unix)';
  const listed = await runGit(clone, ['for-each-ref', 'refs/tags', `--format=${format}`]);
  const services = new Map<string, { tag: string; time: number }[]>();
  for (const line of listed.split('\n').filter(Boolean)) {
    const [tag = '', time = ''] = line.split('\t');
    const version = /^(?:(.+?)(?:@|-v|\/v)|v)?\d+\.\d+\.\d+(?:\.\d+)?(?:\+.*)?$/.exec(tag);
    if (version === null) continue;
    const service = version[1] ?? repositoryService;
    services.set(service, [...(services.get(service) ?? []), { tag, time: Number(time) }]);
  }
  const result: ReleasedBy = new Map();
  for (const [service, tags] of services) {
    const ordered = tags.sort(
      (a, b) => a.time - b.time || Buffer.compare(Buffer.from(a.tag), Buffer.from(b.tag)),
    );
    const released = new Map<string, string | null>();
    for (const [position, { tag }] of ordered.entries()) {
      const before = position === 0 ? [] : [`^refs/tags/${ordered[position - 1]?.tag ?? ''}`];
      const held = await runGit(
        clone,
        ['rev-list', '--stdin'],
        [`refs/tags/${tag}`, ...before, ''].join('\n'),
      );
      for (const sha of held.split('\n').filter(Boolean)) {
        if (!released.has(sha)) released.set(sha, position === 0 ? null : tag);
      }
    }
    result.set(service, released);
  }
  return result;
}
