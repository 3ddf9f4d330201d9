import type { Registry } from 'prom-client';
import type { Route, RouteContext } from '../http/collaborators.ts';
import { send } from '../pages/send.ts';
import { isLoopback } from '../users/client-address.ts';
import { isForwarded } from '../users/foreign-requests.ts';
import type { Readiness } from './readiness.ts';

export interface OperationRoutes {
  registry: Registry;
  readiness: () => Promise<Readiness>;
}

/** For those who look after the server: is it alive, does it answer, how is it doing. */
export function operationRoutes({ registry, readiness }: OperationRoutes): Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      // Answers as long as this process does: an orchestrator that kills it because the engine is busy makes it worse.
      handle: (_, response) => send(response, 200, 'text/plain', 'Alive.\n'),
    },
    {
      method: 'GET',
      path: '/readyz',
      handle: async (_, response) => {
        const { isReady, reason } = await readiness();
        send(response, isReady ? 200 : 503, 'text/plain', `${reason}\n`);
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      handle: async (request, response, context) => {
        if (!isLoopback(context.address) || isForwarded(request)) await context.authenticate();
        await sendMetrics(registry, context, response);
      },
    },
  ];
}

async function sendMetrics(
  registry: Registry,
  { signal }: RouteContext,
  response: Parameters<Route['handle']>[1],
): Promise<void> {
  const text = await registry.metrics();
  if (signal.aborted) return;
  const [type = 'text/plain'] = registry.contentType.split('; charset');
  send(response, 200, type, text);
}
