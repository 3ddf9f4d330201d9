import type { Clock } from '@bellwether/core';
import type { World } from '../world/model.ts';
import type { Faults } from './faults/plans.ts';
import type { SimulatedRequest } from './http/request.ts';
import type { Latency } from './latency.ts';
import type { Limits } from './limits/limits.ts';
import type { App } from './tokens/app.ts';
import type { TokenStore } from './tokens/token-store.ts';
import type { Token } from './tokens/token.ts';
import type { Usage } from './usage.ts';

export interface GitHubOptions {
  /** Shown as it is at each moment; whoever holds it may change it between two requests. */
  readonly world: World;
  /** Default 0: any free one. */
  readonly port?: number;
  readonly tokens: readonly Token[];
  readonly app?: App;
  /** What differs from GitHub's documented limits. */
  readonly limits?: Partial<Limits>;
  readonly faults?: Faults;
  /** Of faults and made-up tokens. */
  readonly seed: number;
  /** Of limits, tokens and headers. */
  readonly clock: Clock;
  /** As `writeRepositories` fills it. Left out: git answers 404. */
  readonly gitFolder?: string;
  /** Default: answers come at once, and no CPU time is counted. */
  readonly latency?: Latency;
  readonly hooks?: Hooks;
}

/** For tests that change the world while somebody reads it. */
export interface Hooks {
  /** Before every request. */
  onRequest?(request: SimulatedRequest): void | Promise<void>;
  /** Before a request that goes on where another ended: a GraphQL cursor, or a REST page after the first. */
  betweenPages?(request: SimulatedRequest): void | Promise<void>;
}

export interface SimulatedGitHub {
  /** `http://127.0.0.1:<port>`: the base of everything, and of git. */
  readonly url: string;
  /** `<url>/api/v3` */
  readonly restUrl: string;
  /** `<url>/api/graphql` */
  readonly graphqlUrl: string;
  readonly port: number;
  readonly usage: Usage;
  readonly tokens: TokenStore;
  /** Can be exchanged at any time. */
  hooks: Hooks;
  /** Can be exchanged at any time; every plan begins to count anew. */
  setFaults(faults: Faults): void;
  /** From now on, keeps the answer to each different body of a GraphQL request. */
  recordPages(): RecordedPages;
  /** From now on, bodies that were recorded are answered from memory: no limits, no faults, no hooks. Null ends it. */
  servePages(pages: RecordedPages | null): void;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** Request body → response body. */
export type RecordedPages = Map<string, string>;
