import { type Config, nameMatcher } from '@bellwether/core';
import type { BuildRow, DeploymentRow } from '@bellwether/warehouse';
import { serviceNamer } from '../../git/service-name.ts';
import { environmentKinds } from '../deployments/environment-kind.ts';

export interface WorkflowMapping {
  readonly repo: string;
  readonly config: Config;
  readonly defaultBranch: string;
}

/**
 * The runs that deploy: those of the workflows of `deployments.workflows`, by name or path, on the default branch. A
 * run deploys once, with the first attempt that succeeded.
 *
 * A pull request's run names the branch of a fork, which may be called like the default branch and deploys nothing.
 *
 * @param builds all attempts of each run
 */
export function mapWorkflowDeployments(
  builds: readonly BuildRow[],
  { repo, config, defaultBranch }: WorkflowMapping,
): DeploymentRow[] {
  const { workflows, workflowEnvironment: environment } = config.deployments;
  if (workflows.length === 0) return [];
  const isChosen = nameMatcher(workflows);
  const service = serviceNamer(repo, config)(null);
  const kind = environmentKinds(config)(environment);
  const first = new Map<string, BuildRow>();
  for (const build of builds) {
    const deploys =
      build.provider === 'actions' &&
      build.conclusion === 'success' &&
      build.branch === defaultBranch &&
      !build.trigger.startsWith('pull_request') &&
      (isChosen(build.pipeline_name) || isChosen(build.pipeline));
    const other = first.get(build.build_id);
    if (deploys && (!other || build.attempt < other.attempt)) first.set(build.build_id, build);
  }
  return [...first.values()].map((build) => ({
    deployment_id: `${repo}@run:${build.build_id.slice('actions:'.length)}`,
    repo,
    service,
    environment,
    environment_kind: kind,
    signal: 'workflow_run',
    is_counted: true,
    sha: build.sha,
    ref: build.branch,
    status: 'success',
    is_planned: true,
    started_at: build.started_at,
    finished_at: build.finished_at,
    finished_at_is_exact: true,
    url: build.url,
  }));
}
