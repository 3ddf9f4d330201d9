import { BellwetherError, type Config, usageError } from '@bellwether/core';
import { type Catalogue, findMetric } from '../catalogue.ts';
import type { MetricDefinition } from '../metric.ts';
import { type Limit, parseLimit, parseWallDuration } from './limit.ts';

/** A working agreement that can be measured. */
export interface Agreement extends Limit {
  readonly name: string;
  readonly metric: MetricDefinition;
  /** The limit as it was written. */
  readonly limit: string;
  /** As written; empty: everybody. */
  readonly teams: readonly string[];
  /** The share that is to be kept. */
  readonly target: number;
}

/** What a figure is to reach. */
export interface Target {
  readonly metric: MetricDefinition;
  /** In the unit of the metric; of counts and sums per week. */
  readonly value: number;
  readonly written: string;
  readonly teams: readonly string[];
}

type Measured = Pick<Config, 'agreements' | 'targets' | 'businessHours'>;

/**
 * The agreements of the configuration.
 *
 * @throws BellwetherError `agreement-invalid`, naming the agreement and what is known
 */
export function resolveAgreements(
  { agreements, businessHours }: Pick<Measured, 'agreements' | 'businessHours'>,
  catalogue?: Catalogue,
): Agreement[] {
  return agreements.map(({ name, metric: id, atMost, teams, target }) =>
    within(`The agreement "${name}"`, 'agreement-invalid', () => {
      const metric = findMetric(id, catalogue);
      const limit = parseLimit(metric, atMost, businessHours);
      return { name, metric, ...limit, limit: String(atMost), teams, target };
    }),
  );
}

/**
 * The targets of the configuration.
 *
 * @throws BellwetherError `target-invalid`
 */
export function resolveTargets({ targets }: Pick<Measured, 'targets'>, catalogue?: Catalogue): Target[] {
  return targets.map(({ metric: id, value: written, teams }) =>
    within(`The target of ${id}`, 'target-invalid', () => {
      const metric = findMetric(id, catalogue);
      if (metric.direction === 'neither') {
        throw usageError(
          'target-invalid',
          `neither more nor less of ${metric.id} is better, so that it cannot have a target.`,
          'Take it out of `targets` in bellwether.yaml.',
        );
      }
      const value = typeof written === 'number' ? written : parseWallDuration(written);
      if (value === null || (typeof written === 'string' && metric.unit !== 'seconds')) {
        throw usageError(
          'target-invalid',
          `"${String(written)}" is no value of ${metric.id}, which is in ${metric.unit}.`,
          metric.unit === 'seconds' ? 'Write a duration such as 4h or 2d.' : 'Write a number.',
        );
      }
      if (metric.unit === 'ratio' && value > 1) {
        throw usageError(
          'target-invalid',
          `${metric.id} is a share, and ${String(value)} is more than all.`,
          value <= 100
            ? `Write ${String(value / 100)} for ${String(value)}%.`
            : 'Write a share such as 0.15.',
        );
      }
      return { metric, value, written: String(written), teams };
    }),
  );
}

/** Says of what in the configuration an error is. */
function within<Result>(subject: string, code: string, resolve: () => Result): Result {
  try {
    return resolve();
  } catch (error) {
    if (!(error instanceof BellwetherError)) throw error;
    throw usageError(code, `${subject} in bellwether.yaml cannot be measured: ${error.message}`, error.next);
  }
}
