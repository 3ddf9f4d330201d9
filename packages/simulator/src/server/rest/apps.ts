import type { Clock } from '@bellwether/core';
import { jsonReply, messageReply, type Reply } from '../http/reply.ts';
import type { SimulatedRequest } from '../http/request.ts';
import { formatTime } from '../time-format.ts';
import { type App, type Installation, refuseJwt } from '../tokens/app.ts';
import { readCredential } from '../tokens/credentials.ts';
import type { TokenStore } from '../tokens/token-store.ts';
import { pageOfRows } from './paging.ts';
import { type Place, restOwner } from './shapes.ts';

interface AppCall extends Place {
  readonly app: App | undefined;
  readonly request: SimulatedRequest;
  readonly tokens: TokenStore;
  readonly clock: Clock;
}

/** Whether a path is for the App itself, which proves who it is by a JSON Web Token. */
export function isAppPath(path: string): boolean {
  return path === '/api/v3/app' || path.startsWith('/api/v3/app/');
}

export function answerApp(call: AppCall): Reply {
  const { app, request, clock } = call;
  const credential = readCredential(request.headers.authorization);
  if (credential === null || app === undefined) {
    return messageReply(401, 'A JSON web token could not be decoded');
  }
  const refusal = refuseJwt(app, credential, clock.now());
  if (refusal !== null) return messageReply(401, refusal);
  const [, , , , section, id, action] = request.path.split('/');
  if (section === undefined) return jsonReply(200, showApp(call, app));
  if (section !== 'installations') return messageReply(404, 'Not Found');
  if (id === undefined) {
    const page = pageOfRows(call, app.installations);
    const shown = page.rows.map((installation) => showInstallation(call, app, installation));
    return jsonReply(200, shown, page.headers);
  }
  const installation = app.installations.find((each) => String(each.id) === id);
  if (installation === undefined) return messageReply(404, 'Not Found');
  if (action === undefined) return jsonReply(200, showInstallation(call, app, installation));
  if (action !== 'access_tokens' || request.method !== 'POST') return messageReply(404, 'Not Found');
  return issueToken(call, installation);
}

function issueToken({ tokens }: AppCall, installation: Installation): Reply {
  if (installation.isSuspended === true) return messageReply(403, 'This installation has been suspended');
  const token = tokens.issue(installation);
  return jsonReply(201, {
    token: token.value,
    expires_at: formatTime(token.expiresAt ?? 0),
    permissions: installation.permissions,
    repository_selection: installation.repositories === undefined ? 'all' : 'selected',
  });
}

function showApp(place: Place, { id, slug, installations }: App): object {
  return {
    id,
    slug,
    node_id: `A_${id}`,
    name: slug,
    owner: restOwner(place),
    html_url: `${place.origin}/apps/${slug}`,
    events: [],
    installations_count: installations.length,
  };
}

function showInstallation(place: Place, app: App, installation: Installation): object {
  return {
    id: installation.id,
    account: restOwner(place),
    repository_selection: installation.repositories === undefined ? 'all' : 'selected',
    app_id: app.id,
    app_slug: app.slug,
    target_type: 'Organization',
    permissions: installation.permissions,
    events: [],
    suspended_at: null,
  };
}
