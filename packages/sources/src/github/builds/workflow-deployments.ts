import type { Config } from '@bellwether/core';
import type { BuildRow, DeploymentRow } from '@bellwether/warehouse';
import { environmentKinds } from '../deployments/environment-kind.ts';
import { productionTest, workflowReader } from './workflow-choice.ts';

export interface WorkflowMapping {
  readonly repo: string;
  readonly config: Config;
  readonly defaultBranch: string;
}

/**
 * The runs that deploy: those of the workflows of `deployments.workflows`, by name or path, where they reach
 * production. A run deploys once, with the first attempt that succeeded.
 *
 * @param builds all attempts of each run
 */
export function mapWorkflowDeployments(
  builds: readonly BuildRow[],
  { repo, config, defaultBranch }: WorkflowMapping,
): DeploymentRow[] {
  const { workflows, workflowEnvironment: environment } = config.deployments;
  if (workflows.length === 0) return [];
  const serviceOf = workflowReader(repo, config);
  const isInProduction = productionTest(config, defaultBranch);
  const kind = environmentKinds(config)(environment);
  const first = new Map<string, { build: BuildRow; service: string }>();
  for (const build of builds) {
    if (build.provider !== 'actions' || build.conclusion !== 'success' || !isInProduction(build)) continue;
    const service = serviceOf({ name: build.pipeline_name, path: build.pipeline });
    if (service === null) continue;
    const other = first.get(build.build_id);
    if (!other || build.attempt < other.build.attempt) first.set(build.build_id, { build, service });
  }
  return [...first.values()].map(({ build, service }) => ({
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
