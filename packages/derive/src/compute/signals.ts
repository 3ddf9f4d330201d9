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
  const candidates = candidatesOf(deployments, signals);
  const firsts = firstsOf(candidates, signals);
  return candidates.filter((deployment) => !isOutranked(deployment, deployment.finished_at, firsts, signals));
}

/**
 * The attempts that did not succeed, or not yet, of the signals that count at their time. When a signal began to count
 * is told by its successes alone: a way to deploy that never worked replaces none that did.
 *
 * @param deployments successful ones, as for `countedDeployments`
 * @param failed      all others
 */
export function countedFailures(
  deployments: readonly DomainDeployment[],
  failed: readonly DomainDeployment[],
  signals: readonly Signal[],
): DomainDeployment[] {
  const firsts = firstsOf(candidatesOf(deployments, signals), signals);
  return candidatesOf(failed, signals).filter((attempt) => {
    const at = attempt.started_at ?? attempt.finished_at;
    return attempt.environment_kind !== 'prerelease' && !isOutranked(attempt, at, firsts, signals);
  });
}

function candidatesOf(
  deployments: readonly DomainDeployment[],
  signals: readonly Signal[],
): DomainDeployment[] {
  return deployments.filter(
    ({ signal, is_counted, finished_at }) => signals.includes(signal) && (is_counted || finished_at === null),
  );
}

type Firsts = ReadonlyMap<string, readonly FirstOfSignal[]>;

/** When each signal first spoke, by arena, the most trusted first. */
function firstsOf(candidates: readonly DomainDeployment[], signals: readonly Signal[]): Firsts {
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
  return firsts;
}

/** Whether a more trusted signal spoke for the same by that time. */
function isOutranked(
  deployment: DomainDeployment,
  at: number | null,
  firsts: Firsts,
  signals: readonly Signal[],
): boolean {
  const { signal } = deployment;
  const [environment, production] = arenasOf(deployment).map((arena) => firsts.get(arena) ?? []);
  const stronger = (all: readonly FirstOfSignal[]): readonly FirstOfSignal[] =>
    all.slice(0, signals.indexOf(signal)).filter((first) => at !== null && first.at <= at);
  return (
    stronger(environment ?? []).length > 0 ||
    stronger(production ?? []).some((other) => standIns.has(signal) || standIns.has(other.signal))
  );
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
