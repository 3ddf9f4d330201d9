import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { answerApi } from './answer.ts';
import { FaultInjector } from './faults/injector.ts';
import { isCursor } from './graphql/cursor.ts';
import { simulatedSchema } from './graphql/schema.ts';
import { serveGit } from './git/smart-http.ts';
import { readBody } from './http/read-body.ts';
import { jsonReply, messageReply, type Reply } from './http/reply.ts';
import { kindOf, type SimulatedRequest } from './http/request.ts';
import { writeReply } from './http/write-reply.ts';
import type { GitHubOptions, Hooks, RecordedPages, SimulatedGitHub } from './options.ts';
import { newState, type ServerState } from './state.ts';

/**
 * Starts a GitHub over a world, on 127.0.0.1 alone, laid out as GitHub Enterprise Server is: REST below `/api/v3`,
 * GraphQL at `/api/graphql`, git at `/<owner>/<name>.git`.
 */
export async function startGitHub(options: GitHubOptions): Promise<SimulatedGitHub> {
  simulatedSchema();
  const state = newState(options);
  const desk = new Desk(state, options.hooks ?? {}, options.gitFolder ?? null);
  const server = createServer((incoming, response) => void desk.handle(incoming, response));
  const port = await listen(server, options.port ?? 0);
  state.origin = `http://127.0.0.1:${port}`;
  return {
    url: state.origin,
    restUrl: `${state.origin}/api/v3`,
    graphqlUrl: `${state.origin}/api/graphql`,
    port,
    usage: state.usage,
    tokens: state.tokens,
    get hooks() {
      return desk.hooks;
    },
    set hooks(hooks) {
      desk.hooks = hooks;
    },
    setFaults: (faults) => {
      state.faults = new FaultInjector(faults, options.seed, state.usage);
    },
    recordPages: () => (desk.recorded = new Map<string, string>()),
    servePages: (pages) => {
      desk.served = pages;
    },
    close: () => close(server),
  };
}

/** Takes each request in and sees it through. */
class Desk {
  hooks: Hooks;
  recorded: RecordedPages | null = null;
  served: RecordedPages | null = null;
  readonly #state: ServerState;
  readonly #gitFolder: string | null;
  #count = 0;
  #inFlight = 0;

  constructor(state: ServerState, hooks: Hooks, gitFolder: string | null) {
    this.#state = state;
    this.hooks = hooks;
    this.#gitFolder = gitFolder;
  }

  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { usage } = this.#state;
    this.#inFlight += 1;
    usage.requests += 1;
    usage.maxConcurrency = Math.max(usage.maxConcurrency, this.#inFlight);
    try {
      await this.#serve(incoming, response);
    } catch (error) {
      // A bug of the simulator must not look like a fault of GitHub's.
      const message = `The simulator failed: ${error instanceof Error ? error.message : String(error)}`;
      if (!response.headersSent) await writeReply(response, messageReply(501, message), Date.now());
      else response.destroy();
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { usage, origin, clock, latency } = this.#state;
    const url = new URL(incoming.url ?? '/', origin);
    const kind = kindOf(url.pathname);
    if (kind === 'git') {
      usage.gitRequests += 1;
      await this.hooks.onRequest?.(this.#describe(incoming, url, ''));
      const side = { ...this.#state, folder: this.#gitFolder };
      return serveGit(side, incoming, response);
    }
    const body = await readBody(incoming);
    const page = this.served?.get(body);
    if (page !== undefined) {
      sendPage(response, page);
      return;
    }
    const request = this.#describe(incoming, url, body);
    if (kind === 'graphql') usage.graphqlRequests += 1;
    else usage.restRequests += 1;
    await this.#callHooks(request);
    const { reply, leave } = answerApi(this.#state, request, kind);
    try {
      this.#record(request, reply);
      const headers = { 'x-github-request-id': request.id, ...reply.headers };
      if (reply.delayMs !== undefined) await (latency.wait ?? waitReally)(reply.delayMs);
      await writeReply(response, { ...reply, headers }, clock.now());
    } finally {
      leave();
    }
  }

  #describe(incoming: IncomingMessage, url: URL, body: string): SimulatedRequest {
    this.#count += 1;
    return {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      parameters: url.searchParams,
      headers: incoming.headers,
      body,
      id: `B011:${this.#count.toString(16).padStart(8, '0').toUpperCase()}`,
    };
  }

  async #callHooks(request: SimulatedRequest): Promise<void> {
    await this.hooks.onRequest?.(request);
    if (this.hooks.betweenPages !== undefined && continuesPages(request)) {
      await this.hooks.betweenPages(request);
    }
  }

  #record(request: SimulatedRequest, reply: Reply): void {
    if (request.method === 'POST' && reply.status === 200) this.recorded?.set(request.body, reply.body);
  }
}

function continuesPages({ path, parameters, body }: SimulatedRequest): boolean {
  if (path !== '/api/graphql') return Number(parameters.get('page') ?? 1) > 1;
  try {
    const { variables } = JSON.parse(body) as { variables?: Record<string, unknown> };
    return Object.values(variables ?? {}).some(isCursor);
  } catch {
    return false;
  }
}

/** As little work as an answer can take. */
function sendPage(response: ServerResponse, page: string): void {
  const { headers } = jsonReply(200, {});
  response.writeHead(200, {
    ...headers,
    'content-length': Buffer.byteLength(page),
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '5000',
    'x-ratelimit-used': '0',
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
    'x-ratelimit-resource': 'graphql',
  });
  response.end(page);
}

function waitReally(ms: number): Promise<void> {
  return wait(ms, undefined, { ref: false });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Closing what is closed is fine. */
function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
