import { fixedClock } from '@bellwether/core';
import { QueryError } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../limits/limiter.ts';
import { roleShares } from '../limits/role-limits.ts';
import { requestRecord } from '../testing/request-record.ts';
import type { EngineReadings } from './readings.ts';
import { createRegistry, registerGauges, requestCounters } from './server-metrics.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

const readings: EngineReadings = {
  status: () =>
    Promise.resolve({
      version: '26.7.1',
      pendingMigrations: 0,
      memoryBytes: 4096,
      connections: { reading: { open: 3, busy: 1 }, writing: { open: 1, busy: 0 } },
    }),
  freshness: () =>
    Promise.resolve([
      { source: 'git', readAt: NOW - 90_000, triedAt: NOW, targets: 5, failing: 2 },
      { source: 'github', readAt: null, triedAt: NOW, targets: 1, failing: 1 },
    ]),
  forgetFreshness: () => {},
  readiness: () => Promise.resolve({ isReady: true, reason: 'Ready.' }),
};
const limiter = createLimiter(roleShares({}, 8 * 1024 ** 3), () => {});
const gauges = { readings, limiter, clock: fixedClock(NOW) };

describe('metrics', () => {
  it('count requests by route, role and status, and rows by role', async () => {
    const registry = createRegistry();
    const { count } = requestCounters(registry);
    count(requestRecord());
    count(requestRecord());
    count(
      requestRecord({
        user: null,
        status: 401,
        summary: null,
        error: new QueryError(194, 'REQUIRED_PASSWORD', ''),
      }),
    );
    const text = await registry.metrics();
    expect(text).toContain('bellwether_requests_total{route="query",role="analyst",status="200"} 2');
    expect(text).toContain('bellwether_requests_total{route="query",role="none",status="401"} 1');
    expect(text).toContain('bellwether_rows_read_total{role="analyst"} 20');
    expect(text).toContain('bellwether_rejections_total{reason="authentication"} 1');
    expect(text).toContain('bellwether_request_seconds_bucket{le="0.25",route="query",role="analyst"} 2');
  });

  it('have a bounded number of series, whatever errors are called', async () => {
    const registry = createRegistry();
    const { count } = requestCounters(registry);
    for (let at = 0; at < 500; at++) {
      count(requestRecord({ error: new QueryError(at, `ERROR_${String(at)}`, '') }));
    }
    count(requestRecord({ error: new QueryError(1, 'no "name"\n', '') }));
    const text = await registry.metrics();
    expect(text.match(/^bellwether_query_errors_total\{/gm)).toHaveLength(101);
    expect(text).toContain('bellwether_query_errors_total{error="OTHER"} 401');
  });

  it('say how the engine, the queue and the collectors are', async () => {
    const registry = createRegistry();
    registerGauges(registry, gauges);
    const text = await registry.metrics();
    expect(text).toContain('bellwether_up 1');
    expect(text).toContain('bellwether_engine_memory_bytes 4096');
    expect(text).toContain('bellwether_engine_connections{pool="reading",state="idle"} 2');
    expect(text).toContain('bellwether_queries{role="dashboards",state="waiting"} 0');
    expect(text).toContain('bellwether_collector_lag_seconds{source="git"} 90');
    expect(text).toContain('bellwether_collector_targets{source="git",state="failing"} 2');
  });

  it('leave out what is not known, instead of saying zero', async () => {
    const registry = createRegistry();
    const broken = (): Promise<never> => Promise.reject(new Error('the engine is gone'));
    registerGauges(registry, { ...gauges, readings: { ...readings, status: broken, freshness: broken } });
    const text = await registry.metrics();
    expect(text).toContain('bellwether_up 0');
    expect(text).toContain('bellwether_engine_memory_bytes Nan');
    expect(text).not.toMatch(/^bellwether_collector_lag_seconds\{/m);
    const known = createRegistry();
    registerGauges(known, gauges);
    expect(await known.metrics()).not.toContain('collector_lag_seconds{source="github"}');
  });
});
