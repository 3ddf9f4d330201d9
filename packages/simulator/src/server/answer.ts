import { prepareQuery } from './graphql/prepare.ts';
import { runQuery } from './graphql/run-query.ts';
import { messageReply, type Reply } from './http/reply.ts';
import type { SimulatedRequest } from './http/request.ts';
import { reportedSeconds } from './latency.ts';
import type { Resource } from './limits/hourly-budgets.ts';
import {
  budgetHeaders,
  graphqlBudgetRefusal,
  restBudgetRefusal,
  secondaryRefusal,
} from './limits/refusals.ts';
import { answerApp, isAppPath } from './rest/apps.ts';
import { ssoHeader } from './rest/call.ts';
import { answerRest, findEndpoint, unknownPath } from './rest/router.ts';
import type { ServerState } from './state.ts';
import { readCredential } from './tokens/credentials.ts';
import { budgetOf, type Token } from './tokens/token.ts';
import { count, countQuery } from './usage.ts';

type Kind = 'graphql' | 'rest';

/**
 * The answer to an API request: who asks, whether they ask too much, what goes wrong, and else the truth.
 * `leave` is called by whoever sent the answer.
 */
export function answerApi(
  state: ServerState,
  request: SimulatedRequest,
  kind: Kind,
): { reply: Reply; leave: () => void } {
  if (kind === 'rest' && isAppPath(request.path)) {
    count(state.usage.routes, `${request.method} /app`);
    return { reply: answerApp({ ...state, request }), leave: () => {} };
  }
  const token = authenticate(state, request);
  if ('status' in token) return { reply: token, leave: () => {} };
  const owner = budgetOf(token);
  state.secondary.enter(owner);
  const reply = refuseTooMuch(state, request, kind, owner) ?? answerKnown(state, request, kind, token);
  const budget = state.budgets.state(owner, resourceOf(kind));
  const headers = { ...budgetHeaders(budget), ...tokenHeaders(state, token), ...reply.headers };
  return { reply: { ...reply, headers }, leave: () => state.secondary.leave(owner) };
}

function authenticate({ tokens }: ServerState, { headers }: SimulatedRequest): Token | Reply {
  const credential = readCredential(headers.authorization);
  if (credential === null) return messageReply(401, 'Requires authentication');
  return tokens.find(credential) ?? messageReply(401, 'Bad credentials');
}

function refuseTooMuch(
  { secondary, usage }: ServerState,
  { id }: SimulatedRequest,
  kind: Kind,
  owner: string,
): Reply | null {
  const seconds = secondary.refusal(owner, kind);
  if (seconds === null) return null;
  usage.secondaryLimitHits += 1;
  return secondaryRefusal(403, id, seconds);
}

function answerKnown(state: ServerState, request: SimulatedRequest, kind: Kind, token: Token): Reply {
  return kind === 'graphql' ? answerGraphql(state, request, token) : answerRestCall(state, request, token);
}

function answerGraphql(state: ServerState, request: SimulatedRequest, token: Token): Reply {
  const { budgets, usage, clock, faults, world, index, origin } = state;
  const query = prepareQuery(request.body);
  if ('status' in query) return query;
  // GitHub does not say what pricing costs; no call costs less than a point.
  const cost = query.isDryRun ? 1 : query.price.cost;
  const requestCount = query.isDryRun ? 0 : query.price.requestCount;
  const owner = budgetOf(token);
  if (!budgets.spend(owner, 'graphql', cost)) {
    usage.primaryLimitHits += 1;
    return graphqlBudgetRefusal('RATE_LIMIT', clock.now());
  }
  usage.points += cost;
  countQuery(usage, query.name, cost);
  const fault = faults.begin({
    request,
    kind: 'graphql',
    token,
    query,
    label: query.name,
    seconds: reportedSeconds(requestCount),
    clock,
    budgets,
  });
  const reply =
    fault.reply ??
    fault.change(
      runQuery(query, {
        world,
        index,
        token,
        origin,
        price: query.price,
        budget: budgets.state(owner, 'graphql'),
      }),
    );
  return delayed(state, reply, owner, 'graphql', requestCount);
}

function answerRestCall(state: ServerState, request: SimulatedRequest, token: Token): Reply {
  const { budgets, usage, faults } = state;
  const found = findEndpoint(request.path, state.world);
  if (found === null) return unknownPath(request.path);
  const label = `${request.method} ${found.endpoint.route}`;
  count(usage.routes, label);
  const owner = budgetOf(token);
  const { clock } = state;
  const fault = faults.begin({
    request,
    kind: 'rest',
    token,
    query: null,
    label,
    seconds: reportedSeconds(0),
    clock,
    budgets,
  });
  const truth = fault.reply ?? answerRest(found, { ...state, request, token, parts: found.parts });
  if (truth.status === 304) usage.notModified += 1;
  else if (found.endpoint.isFree !== true) {
    if (!budgets.spend(owner, 'core', 1)) {
      usage.primaryLimitHits += 1;
      return restBudgetRefusal();
    }
    usage.restPoints += 1;
  }
  return delayed(state, fault.reply === null ? fault.change(truth) : truth, owner, 'rest', 0);
}

/** Counts what GitHub would have worked for it, and lets the client wait for as much of that as is wanted. */
function delayed(
  { latency, secondary }: ServerState,
  reply: Reply,
  owner: string,
  kind: Kind,
  requestCount: number,
): Reply {
  const seconds = latency.secondsOf(requestCount);
  secondary.spend(owner, kind, seconds);
  const delayMs = seconds * latency.scale * 1000 + (reply.delayMs ?? 0);
  return delayMs > 0 ? { ...reply, delayMs } : reply;
}

function resourceOf(kind: Kind): Resource {
  return kind === 'graphql' ? 'graphql' : 'core';
}

function tokenHeaders({ origin, world }: ServerState, token: Token): Record<string, string> {
  return {
    ...(token.kind === 'classic' && { 'x-oauth-scopes': token.scopes.join(', ') }),
    ...(token.needsSso === true && { 'x-github-sso': ssoHeader(origin, world) }),
    'x-github-enterprise-version': 'enterprise-server@3.17.0',
  };
}
