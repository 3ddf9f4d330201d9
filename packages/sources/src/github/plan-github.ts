import { connectGitHub } from './connect-github.ts';
import { discover, type Failure } from './discovery/discover.ts';
import { idOf } from './discovery/hint.ts';
import { completeRun, type GitHubRunOptions, targetsOf } from './github-run.ts';
import { describePlan, type GitHubPlan, planTargets } from './plan.ts';

export interface PlanGitHubResult extends GitHubPlan {
  /** `1,512 repositories, about 31,000 points, about 6 h 40 min` */
  readonly text: string;
  /** What could not be looked at, and why. */
  readonly failures: readonly Failure[];
}

/**
 * Says what `collectGitHub` with the same options is expected to take. Lists repositories, reads and writes nothing
 * else; open pull requests are not looked at, and how many builds there are is not known.
 *
 * @throws BellwetherError where nothing can be asked at all, or `cancelled`
 */
export async function planGitHub(options: GitHubRunOptions): Promise<PlanGitHubResult> {
  const run = completeRun(options);
  const connection = await (options.makeConnection ?? connectGitHub)(run);
  try {
    const { api } = connection;
    const found = await discover({ ...run, api });
    const none = { changedPullRequests: new Map(), changedDeployments: new Map() };
    const plan = await planTargets({
      ...run,
      targets: targetsOf(found, { api, run, items: none, known: null }),
      pointsPerHour: connection.pointsPerHour(),
      storedName: ({ hint }) =>
        hint === null ? undefined : found.known.names.get(idOf(api.host, hint.nodeId)),
    });
    return { ...plan, text: describePlan(plan), failures: found.failures };
  } finally {
    await connection.close();
  }
}
