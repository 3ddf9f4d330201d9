import type { GitAccess } from '../mirror/git-access.ts';
import type { Addresses } from './addresses.ts';
import type { BearerPool } from './pool.ts';

/**
 * How git fetches with the same credentials. GitHub takes any token as a password of `x-access-token`, those of
 * installations and people alike.
 */
export function gitAccess(
  { host, rest }: Addresses,
  pool: () => Promise<BearerPool>,
  signal: AbortSignal,
): GitAccess {
  const isOwnServer = rest.endsWith('/api/v3');
  const base = isOwnServer ? rest.slice(0, -'/api/v3'.length) : `https://${host}`;
  return {
    gitUrl: (owner, name) => `${base}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}.git`,
    async gitCredentials(owner, name) {
      const bearer = (await pool()).choose('graphql', `${owner}/${name}`, false);
      const token = await bearer.token(signal);
      return `Basic ${Buffer.from(`x-access-token:${token.reveal()}`).toString('base64')}`;
    },
  };
}
