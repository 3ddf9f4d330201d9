import { Config, firstMatch, parseTagPattern } from '@bellwether/core';
import { findHeads } from './heads.ts';
import { readReachable } from './log.ts';
import { type GitSession, openSession } from './session.ts';
import { mapTags } from './tag-mapper.ts';
import { type OddTag, readTags } from './tags.ts';

/** What `init` and `doctor` tell about a clone before anything is collected. */
export interface CloneDescription {
  readonly repo: string;
  readonly defaultBranch: string;
  /** Null for a repository without a commit. */
  readonly headSha: string | null;
  readonly commitCount: number;
  readonly tagCount: number;
  readonly isBare: boolean;
  readonly isShallow: boolean;
  /** Made with a filter, such as `tree:0`. */
  readonly isPartial: boolean;
  /** Whether `git.paths: auto` would read which files each commit touched. */
  readonly hasPaths: boolean;
  /** Each configured pattern with the tags that it is the first to match; in the order of the configuration. */
  readonly patterns: readonly { pattern: string; count: number; examples: readonly string[] }[];
  /** Tags that match no pattern, by name. */
  readonly unrecognised: readonly string[];
  /** Tags that stand for no commit that can be read. */
  readonly odd: readonly OddTag[];
  /** Services with their counted production releases, most first. */
  readonly services: readonly { service: string; count: number }[];
}

export interface DescribeOptions {
  readonly config?: Config;
  readonly signal?: AbortSignal;
  readonly now?: number;
}

const EXAMPLES = 3;

/**
 * Looks at a clone without a warehouse.
 *
 * @throws BellwetherError what `openClone` throws, and when the history cannot be read
 */
export async function describeClone(path: string, options: DescribeOptions = {}): Promise<CloneDescription> {
  const { config = Config.parse({}), signal = new AbortController().signal, now = Date.now() } = options;
  const session = await openSession({ path }, { config, signal, secret: '' });
  const { clone, refs, repo } = session;
  const { name, headSha } = await session.defaultBranch();
  const { tags, odd } = await readTags(session);
  const mapped = mapTags(tags, { repo, config, now });
  return {
    repo,
    defaultBranch: name,
    headSha,
    commitCount: await countCommits(session),
    tagCount: refs.refs.filter((ref) => ref.name.startsWith('refs/tags/')).length,
    isBare: clone.isBare,
    isShallow: clone.boundary.length > 0,
    isPartial: clone.filter !== null,
    hasPaths: await session.hasPaths(),
    patterns: matchesByPattern(
      config.git.tags,
      tags.map((tag) => tag.name),
    ),
    unrecognised: mapped.unrecognised,
    odd,
    services: countServices(mapped.deployments),
  };
}

async function countCommits(session: GitSession): Promise<number> {
  const { heads } = await findHeads(session);
  let count = 0;
  for await (const commits of readReachable(session.clone.git, { heads, known: [] })) count += commits.length;
  return count;
}

function matchesByPattern(
  patterns: readonly string[],
  names: readonly string[],
): CloneDescription['patterns'] {
  const compiled = patterns.map(parseTagPattern);
  const matched = patterns.map((pattern) => ({ pattern, count: 0, examples: [] as string[] }));
  for (const name of names) {
    const index = compiled.findIndex((pattern) => firstMatch([pattern], name) !== null);
    const match = matched[index];
    if (!match) continue;
    match.count++;
    if (match.examples.length < EXAMPLES) match.examples.push(name);
  }
  return matched;
}

function countServices(
  deployments: ReturnType<typeof mapTags>['deployments'],
): { service: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { service, environment_kind, is_counted } of deployments) {
    if (is_counted && environment_kind === 'production') counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return [...counts]
    .map(([service, count]) => ({ service, count }))
    .sort((a, b) => b.count - a.count || (a.service < b.service ? -1 : 1));
}
