import type { DomainDeployment } from '../domain-snapshot.ts';

type Signal = DomainDeployment['signal'];

/** Their environment is a setting or a convention and nothing that was said: a tag went to "production". */
const standIns: ReadonlySet<Signal> = new Set<Signal>(['workflow_run', 'release', 'tag']);

/**
 * The deployments that facts come from. One release can be announced by several signals; per service and environment
 * the most trusted one counts from its first deployment on, and before that the next: a team that began to record
 * deployments in 2024 keeps the history that its tags tell.
 *
 * Signals that stand in for production compete with those of every production environment of the service: a tag
 * beside deployments to `prod-eu` and `prod-us` is no third one.
 *
 * @param deployments successful ones; of those with a date only what is no alias within its own signal
 * @param signals     the most trusted first; what is not among them never counts
 */
export function countedDeployments(
  deployments: readonly DomainDeployment[],
  signals: readonly Signal[],
): DomainDeployment[] {
  const candidates = deployments.filter(
    ({ signal, is_counted, finished_at }) => signals.includes(signal) && (is_counted || finished_at === null),
  );
  const firsts = new Map<string, FirstOfSignal[]>();
  for (const deployment of candidates) {
    const rank = signals.indexOf(deployment.signal);
    if (deployment.finished_at === null || deployment.environment_kind === 'prerelease') continue;
    for (const arena of arenasOf(deployment)) {
      const ranks = firsts.get(arena) ?? signals.map((signal) => ({ signal, at: Infinity }));
      const first = ranks[rank];
      if (first !== undefined) first.at = Math.min(first.at, deployment.finished_at);
      firsts.set(arena, ranks);
    }
  }
  const isOutranked = (deployment: DomainDeployment): boolean => {
    const [environment, production] = arenasOf(deployment).map((arena) => firsts.get(arena) ?? []);
    const { signal, finished_at } = deployment;
    const hasBegun = ({ at }: FirstOfSignal): boolean => finished_at !== null && at <= finished_at;
    const stronger = (all: FirstOfSignal[]): FirstOfSignal[] =>
      all.slice(0, signals.indexOf(signal)).filter(hasBegun);
    return (
      stronger(environment ?? []).length > 0 ||
      stronger(production ?? []).some((other) => standIns.has(signal) || standIns.has(other.signal))
    );
  };
  return candidates.filter((deployment) => !isOutranked(deployment));
}

interface FirstOfSignal {
  signal: Signal;
  /** Infinity: it never spoke. */
  at: number;
}

/** Where a deployment competes: its environment of its service, and all production environments of it. */
function arenasOf({ service, environment, environment_kind }: DomainDeployment): string[] {
  const own = JSON.stringify([service, environment]);
  return environment_kind === 'production' ? [own, JSON.stringify([service])] : [own];
}
