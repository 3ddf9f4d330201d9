import { expect, it } from 'vitest';
import { mirrorRoot } from './mirror-root.ts';

it('stands beside the embedded data, and never among the neighbours of a folder with another name', () => {
  expect(mirrorRoot({ path: '/srv/.bellwether/data' }, { env: {} })).toBe('/srv/.bellwether/mirrors');
  expect(mirrorRoot({ path: '/tmp/trial' }, { env: {} })).toBe('/tmp/trial-mirrors');
});

it('is in the cache of this machine for a server', () => {
  const target = { url: 'https://clickhouse.example.com' };
  expect(mirrorRoot(target, { env: { XDG_CACHE_HOME: '/cache' } })).toBe('/cache/bellwether/mirrors');
});
