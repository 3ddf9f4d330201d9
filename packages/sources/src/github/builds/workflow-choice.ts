import { type Config, firstMatch, nameMatcher, parseTagPattern } from '@bellwether/core';
import { serviceNamer } from '../../git/service-name.ts';

/** A workflow, as a run of it names it. */
export interface WorkflowNames {
  readonly name: string;
  /** `.github/workflows/deploy.yml` */
  readonly path: string;
}

/**
 * Reads by `deployments.workflows` whether a workflow deploys, and what: a glob chooses workflows of the repository's
 * own service, `Deploy {service}` those of the service that stands there, as the catalogue calls it. The first pattern
 * that fits the name or the path decides.
 *
 * @returns the service; null for a workflow that does not deploy
 */
export function workflowReader(repo: string, config: Config): (workflow: WorkflowNames) => string | null {
  const serviceOf = serviceNamer(repo, config);
  const readers = config.deployments.workflows.map(patternReader);
  return ({ name, path }) => {
    for (const read of readers) {
      const found = read(name) ?? read(path);
      if (found !== null) return serviceOf(found.service);
    }
    return null;
  };
}

/** A template beside globs, as for labels: a wildcard next to {service} could be cut in many places. */
function patternReader(pattern: string): (text: string) => { readonly service: string | null } | null {
  const [before = '', after] = pattern.toLowerCase().split('{service}');
  if (after === undefined) {
    const matches = nameMatcher([pattern]);
    return (text) => (matches(text) ? { service: null } : null);
  }
  return (text) => {
    const lower = text.toLowerCase();
    const service = text.slice(before.length, text.length - after.length).trim();
    return lower.startsWith(before) && lower.endsWith(after) && service !== '' ? { service } : null;
  };
}

/** Where a run was started, and by what. */
export interface RunPlace {
  readonly branch: string;
  readonly trigger: string;
}

/**
 * Whether a run of a workflow that deploys did so to production: on the default branch, on a tag that is a release, or
 * started by hand or by another program on a hotfix branch, whose pushes are only checked. Everywhere else such a
 * workflow is being tried out, or deploys a preview.
 */
export function productionTest(config: Config, defaultBranch: string): (run: RunPlace) => boolean {
  const tags = config.git.tags.map(parseTagPattern);
  const isHotfix = nameMatcher(config.failures.hotfixBranches);
  return ({ branch, trigger }) => {
    // A pull request's run names the branch of a fork, which may be called like the default branch.
    if (trigger.startsWith('pull_request')) return false;
    if (branch === defaultBranch) return true;
    const release = firstMatch(tags, branch);
    return release === null ? trigger !== 'push' && isHotfix(branch) : !release.isPrerelease;
  };
}
