import type { Truth } from '@bellwether/simulator';
import { formatCount } from '../terminal/format.ts';

/** What a metric is made of, one text per thing, and the figure that comes of it. Two sides are equal when both are. */
export interface FigureSet {
  /** Sorted; a thing that is counted twice stands there twice. */
  readonly items: readonly string[];
  readonly figure: string;
}

export interface DoraFigures {
  readonly 'Deployment frequency': FigureSet;
  readonly 'Change lead time': FigureSet;
  readonly 'Change fail rate': FigureSet;
  readonly 'Failed deployment recovery time': FigureSet;
  readonly 'Deployment rework rate': FigureSet;
}

/** One thing that the generator did, or that Bellwether says was done. */
export interface DoraFacts {
  readonly deployments: readonly {
    readonly repository: string;
    readonly service: string;
    readonly finishedAt: number;
    readonly isFailure: boolean;
    readonly isRework: boolean;
    /** Seconds; null while it is open, or for a deployment that did not fail. */
    readonly recoverySeconds: number | null;
  }[];
  readonly deliveries: readonly {
    readonly repository: string;
    /** `#12`, or the sha of a commit without a pull request. */
    readonly change: string;
    readonly service: string;
    readonly deployedAt: number;
    readonly leadSeconds: number;
  }[];
}

/** The facts as the generator wrote them down while it decided. No code of lineage, derive or metrics is in it. */
export function trueFacts(truth: Truth): DoraFacts {
  const seconds = (from: number, to: number): number => Math.floor((to - from) / 1000);
  return {
    deployments: truth.deployments.map(({ repository, service, finishedAt, failure, isRework }) => ({
      repository,
      service,
      finishedAt,
      isFailure: failure !== null,
      isRework,
      recoverySeconds: failure?.recoveredAt == null ? null : seconds(failure.failedAt, failure.recoveredAt),
    })),
    deliveries: [
      ...truth.deliveries.map((delivery) => ({ ...delivery, change: `#${String(delivery.number)}` })),
      ...truth.directDeliveries.map((delivery) => ({ ...delivery, change: delivery.sha })),
    ].map(({ repository, change, service, deployedAt, firstAuthoredAt }) => ({
      repository,
      change,
      service,
      deployedAt,
      leadSeconds: seconds(firstAuthoredAt, deployedAt),
    })),
  };
}

/** The five metrics of either side, by plain counting and sorting. */
export function doraFigures({ deployments, deliveries }: DoraFacts): DoraFigures {
  const failed = deployments.filter(({ isFailure }) => isFailure);
  const recoveries = failed.flatMap(({ recoverySeconds }) => recoverySeconds ?? []);
  const place = (deployment: DoraFacts['deployments'][number]): string =>
    [deployment.repository, deployment.service, new Date(deployment.finishedAt).toISOString()].join(' ');
  const rate = (part: number): string =>
    `${percent(part, deployments.length)} (${formatCount(part)} of ${formatCount(deployments.length)})`;
  return {
    'Deployment frequency': set(deployments.map(place), `${formatCount(deployments.length)} deployments`),
    'Change lead time': set(
      deliveries.map((delivery) =>
        [
          delivery.repository,
          delivery.change,
          delivery.service,
          new Date(delivery.deployedAt).toISOString(),
          `${String(delivery.leadSeconds)} s`,
        ].join(' '),
      ),
      `${duration(median(deliveries.map(({ leadSeconds }) => leadSeconds)))} (n ${formatCount(deliveries.length)})`,
    ),
    'Change fail rate': set(failed.map(place), rate(failed.length)),
    'Failed deployment recovery time': set(
      failed.map((deployment) =>
        deployment.recoverySeconds === null
          ? `${place(deployment)} open`
          : `${place(deployment)} ${String(deployment.recoverySeconds)} s`,
      ),
      `${duration(median(recoveries))} (n ${formatCount(recoveries.length)})`,
    ),
    'Deployment rework rate': set(
      deployments.filter(({ isRework }) => isRework).map(place),
      rate(deployments.filter(({ isRework }) => isRework).length),
    ),
  };
}

function set(items: string[], figure: string): FigureSet {
  return { items: items.sort(), figure };
}

/** The middle one, or the mean of the two in the middle; null of nothing. */
function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [lower = 0, upper = 0] = sorted.slice(sorted.length % 2 === 1 ? middle : middle - 1);
  return sorted.length % 2 === 1 ? lower : (lower + upper) / 2;
}

/** With two decimals, so that a small difference shows; in hours below two days. */
function duration(seconds: number | null): string {
  if (seconds === null) return 'none';
  return seconds < 2 * 86_400 ? `${(seconds / 3600).toFixed(2)} h` : `${(seconds / 86_400).toFixed(2)} d`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(2)}%`;
}
