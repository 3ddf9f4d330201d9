import type { Repository } from '../world/model.ts';

/** Every ref that git serves: branches, tags and the heads of pull requests. */
export function references(repository: Repository): Map<string, { sha: string; peeled: string | null }> {
  const refs = new Map<string, { sha: string; peeled: string | null }>();
  for (const [name, sha] of repository.branches) refs.set(`refs/heads/${name}`, { sha, peeled: null });
  for (const { name, commitSha, annotation } of repository.tags.values()) {
    const target = annotation ? { sha: annotation.sha, peeled: commitSha } : { sha: commitSha, peeled: null };
    refs.set(`refs/tags/${name}`, target);
  }
  for (const { number, headSha } of repository.pullRequests.values()) {
    refs.set(`refs/pull/${number}/head`, { sha: headSha, peeled: null });
  }
  return refs;
}

/** The text of git's `packed-refs`, sorted as its header says. */
export function packedRefs(repository: Repository): string {
  const refs = [...references(repository)].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const lines = refs.map(([name, { sha, peeled }]) => `${sha} ${name}\n${peeled ? `^${peeled}\n` : ''}`);
  return `# pack-refs with: peeled fully-peeled sorted \n${lines.join('')}`;
}
