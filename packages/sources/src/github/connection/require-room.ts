import { usageError } from '@bellwether/core';
import type { Bearer } from './bearer.ts';

/**
 * A reserve as large as the limit would make every question wait for an hour that never comes. To be called once the
 * limit is known.
 *
 * @param reserve as `ConnectOptions.reserve`
 * @throws BellwetherError `usage`
 */
export function requireRoom({ governor }: Pick<Bearer, 'governor'>, reserve: number): void {
  const limit = governor.limit('graphql');
  if (limit === null || reserve === 0) return;
  const reserved = reserve < 1 ? Math.ceil(limit * reserve) : reserve;
  if (reserved < limit) return;
  const [mine, all] = [reserved, limit].map((points) => points.toLocaleString('en'));
  throw usageError(
    'usage',
    `The reserve (${mine} points) leaves nothing of the limit (${all}).`,
    'Reserve less: --reserve 20%, or fewer points than the limit.',
  );
}
