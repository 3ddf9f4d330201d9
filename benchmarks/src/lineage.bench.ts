import { attributeToMerges, deploymentOutcomes, firstDeployments } from '@bellwether/lineage';
import { largeHistory } from '@bellwether/lineage/testing';

const size = { commits: 1_000_000, deployments: 20_000 };
const LIMIT_MS = 1_000;

/** Lineage alone, without reading or writing: a million commits and twenty thousand deployments. */
export function benchLineage(runs: number): void {
  const { graph, head, isLanding, deployments } = largeHistory(size);
  const deployed = Int32Array.from(deployments, ({ commit }) => commit);
  let first: Int32Array = new Int32Array();
  const parts: [name: string, work: () => void][] = [
    ['first deployment of each commit', () => (first = firstDeployments(graph, deployed))],
    ['failures, recovery and rework', () => deploymentOutcomes(graph, deployments, [], first)],
    [
      'commits to their pull requests',
      () => attributeToMerges(graph, head, (commit) => isLanding[commit] === 1),
    ],
  ];
  const medians = parts.map(([name, work]): [string, number] => [name, median(runs, work)]);
  const total = medians.reduce((sum, [, ms]) => sum + ms, 0);
  process.stdout.write(
    [
      `lineage: ${String(size.commits)} commits × ${String(size.deployments)} deployments, median of ${String(runs)} runs`,
      ...medians.map(([name, ms]) => `${name.padEnd(34)} ${ms.toFixed(0).padStart(8)} ms`),
      `${'all of it'.padEnd(34)} ${total.toFixed(0).padStart(8)} ms   limit ${String(LIMIT_MS)} ms: ${total <= LIMIT_MS ? 'within' : 'OVER'}`,
      '',
    ].join('\n'),
  );
}

function median(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}
