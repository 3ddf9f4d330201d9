import type { DomainDeployment } from '../domain-snapshot.ts';
import { isRelease, type Release } from './release-line.ts';

/** A signal that goes on announcing releases while the one that it gives way to has fallen silent. */
export interface SilencedSignal {
  service: string;
  environment: string;
  signal: string;
  /** How many of its releases came since. */
  count: number;
  /** The signal that counts, and when it spoke last: milliseconds since 1970. */
  by: string;
  since: number;
}

/** A tag is a while ahead of its deployment, and a quiet month is no change of habits. */
const SILENCE = 60 * 86_400_000;

/**
 * Finds out where the order of signals has most likely hidden a living one behind a dead one: a trial of another way to
 * deploy, long given up. Such a service would look as if it had stopped releasing.
 *
 * @param counted what `countedDeployments` made of them
 * @param signals those that may count at all
 */
export function findSilencedSignals(
  deployments: readonly DomainDeployment[],
  counted: readonly DomainDeployment[],
  signals: readonly string[],
): SilencedSignal[] {
  const isCounted = new Set(counted);
  const last = new Map<string, Release>();
  for (const release of counted.filter(isRelease)) {
    if (release.environment_kind !== 'production') continue;
    const known = last.get(release.service);
    if (known === undefined || known.finished_at < release.finished_at) last.set(release.service, release);
  }
  const found = new Map<string, SilencedSignal>();
  for (const release of deployments.filter(isRelease)) {
    const { service, environment, signal, finished_at } = release;
    const counts = last.get(service);
    if (isCounted.has(release) || !release.is_counted || !signals.includes(signal)) continue;
    if (release.environment_kind !== 'production') continue;
    if (counts === undefined || finished_at < counts.finished_at + SILENCE) continue;
    const key = JSON.stringify([service, environment, signal]);
    const { count } = found.get(key) ?? { count: 0 };
    const silenced = { service, environment, signal, by: counts.signal, since: counts.finished_at };
    found.set(key, { ...silenced, count: count + 1 });
  }
  return [...found.values()];
}
