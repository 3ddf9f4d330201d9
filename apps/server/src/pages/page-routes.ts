import type { Clock } from '@bellwether/core';
import { QueryError } from '@bellwether/warehouse';
import type { Route, RouteContext, User } from '../http/collaborators.ts';
import type { SourceFreshness } from '../operations/freshness.ts';
import type { Readiness } from '../operations/readiness.ts';
import type { ScheduledSource } from '../schedules/scheduler.ts';
import { landingPage } from './landing-page.ts';
import { playPage, signInPage } from './play-page.ts';
import { playScript } from './play-script.ts';
import { send } from './send.ts';
import { favicon, style } from './style.ts';

export interface PageRoutes {
  readiness: () => Promise<Readiness>;
  freshness: () => Promise<readonly SourceFreshness[]>;
  schedules: () => readonly ScheduledSource[];
  isOpen: boolean;
  metricCount: number;
  clock: Clock;
}

const SHORTLY = { 'Cache-Control': 'public, max-age=300' };

/** For people with a browser. */
export function pageRoutes(pages: PageRoutes): Route[] {
  const file = (path: string, type: string, body: string): Route => ({
    method: 'GET',
    path,
    handle: (_, response) => send(response, 200, type, body, SHORTLY),
  });
  return [
    file('/bellwether.css', 'text/css', style),
    file('/favicon.svg', 'image/svg+xml', favicon),
    file('/play.js', 'text/javascript', playScript),
    {
      method: 'GET',
      path: '/',
      handle: async ({ headers }, response, context) => {
        const user = await viewerOf(context);
        const page = landingPage({
          readiness: await pages.readiness(),
          viewer: user && { user, freshness: await pages.freshness().catch(() => null) },
          isOpen: pages.isOpen,
          schedules: pages.schedules(),
          metricCount: pages.metricCount,
          host: hostOf(headers.host),
          now: pages.clock.now(),
        });
        send(response, 200, 'text/html', page);
      },
    },
    {
      method: 'GET',
      path: '/play',
      handle: async (_, response, context) => {
        const user = await viewerOf(context);
        if (user) send(response, 200, 'text/html', playPage(user));
        else send(response, 401, 'text/html', signInPage(), ASK);
      },
    },
  ];
}

const ASK = { 'WWW-Authenticate': 'Basic realm="Bellwether", charset="UTF-8"' };

/** Null where nobody, or nobody known, asks; every other failure is one. */
async function viewerOf(context: RouteContext): Promise<User | null> {
  try {
    return await context.authenticate();
  } catch (error) {
    if (error instanceof QueryError && [194, 516].includes(error.code)) return null;
    throw error;
  }
}

/** What the browser calls this server stands in examples, so it has to look like a name and a port. */
function hostOf(host: string | undefined): string {
  return host !== undefined && /^(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.test(host)
    ? host
    : '127.0.0.1:8123';
}
