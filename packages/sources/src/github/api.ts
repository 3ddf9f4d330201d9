import type { z } from 'zod';
import type { GitAccess } from './mirror/git-access.ts';

/**
 * What the streams of this source may ask of GitHub. Behind it stand the connection, the credentials and the budget:
 * every call waits until the budget allows it, retries what is worth it, and takes smaller pages where GitHub says
 * that one was too heavy. Streams never see a rate limit, a dropped connection or a broken body.
 *
 * All calls throw BellwetherError: `github-auth` and its kin (exit code 3), `github-unreachable` (retry 'later'),
 * `github-schema` (an answer that is not what GitHub documents), `cancelled`.
 */
export interface GitHubApi {
  /** Host that names repositories: `github.com`. */
  readonly host: string;
  /** How git reaches the same GitHub; absent: it cannot, and commits come by queries. */
  readonly git?: GitAccess;
  /** Runs one query. What GitHub could not or would not give stands in `gaps`, its value is null in `data`. */
  query<Data, Variables>(request: QueryRequest<Data, Variables>): Promise<QueryAnswer<Data>>;
  /** Walks a connection page by page. Pages come in order; each may have another size. */
  pages<Data, Variables, Item>(walk: Walk<Data, Variables, Item>): AsyncIterable<Page<Data, Item>>;
  /** Things by their node ids, at most 100 a request; items in the order of the ids, null for what is gone. */
  byIds<Data, Variables, Item>(lookup: Lookup<Data, Variables, Item>): AsyncIterable<IdPage<Item>>;
  /** One REST resource. 404, 410 and 304 are answers; 403 without permission is `forbidden`. */
  get<Body>(request: RestRequest<Body>): Promise<RestAnswer<Body>>;
  /** What was spent so far. */
  usage(): Usage;
}

/** A query of `queries/*.graphql`; `queries/generated.ts` holds its text and types. */
export interface GraphqlDocument<Data, Variables> {
  readonly name: string;
  readonly text: string;
  /** Only for the types. */
  readonly types?: (variables: Variables) => Data;
}

export interface QueryRequest<Data, Variables> {
  readonly document: GraphqlDocument<unknown, Variables>;
  /** Every answer passes it. */
  readonly schema: z.ZodType<Data>;
  readonly variables: Variables;
}

export interface QueryAnswer<Data> {
  readonly data: Data;
  readonly gaps: readonly Gap[];
}

/** Something that was asked for and not given. */
export interface Gap {
  readonly kind: 'not-found' | 'forbidden' | 'insufficient-scopes' | 'other';
  /** Where in the answer: `['repository', 'branchProtectionRules']`. */
  readonly path: readonly (string | number)[];
}

export interface Walk<Data, Variables, Item> {
  readonly document: GraphqlDocument<unknown, Variables>;
  readonly schema: z.ZodType<Data>;
  /** Without `first` and `after`, which the walk fills in. */
  readonly variables: Omit<Variables, 'first' | 'after'>;
  /** Null: the parent is not there (see `gaps` of the page). */
  readonly connection: (data: Data) => Connection<Item> | null;
  /** Where to begin; a cursor of an earlier page of the same query. */
  readonly after?: string | null;
  /** Page size to begin with and never to exceed. */
  readonly pageSize: number;
  /** Learnt page sizes are remembered per query and this key: the repository (`owner/name`) or the organisation. */
  readonly key: string;
  /**
   * Whether the walk goes to its end: then the next page is asked for while the one before it is worked on. Of a walk
   * that may be left halfway that would be a page too many.
   */
  readonly isWhole?: boolean;
  /**
   * A light query over the same connection, in the same order and with the same variables, whose answer has no items:
   * only where the next page begins. It is asked where even one item is more than GitHub gives, and the walk goes on
   * behind that item. Without it the walk ends with `github-too-heavy`.
   */
  readonly skip?: {
    readonly document: GraphqlDocument<unknown, Variables>;
    readonly schema: z.ZodType<Data>;
  };
}

export interface Connection<Item> {
  readonly nodes: readonly (Item | null)[] | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface Page<Data, Item> {
  readonly data: Data;
  readonly items: readonly Item[];
  readonly gaps: readonly Gap[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  /**
   * Even one item alone was more than GitHub gives: `items` is empty, and the walk goes on behind it. The stream says
   * so in ops.truncations.
   */
  readonly isOutOfReach: boolean;
}

export interface Lookup<Data, Variables, Item> {
  readonly document: GraphqlDocument<unknown, Variables>;
  readonly schema: z.ZodType<Data>;
  /** Without `ids`. */
  readonly variables: Omit<Variables, 'ids'>;
  readonly ids: readonly string[];
  readonly items: (data: Data) => readonly (Item | null)[];
  readonly pageSize: number;
  readonly key: string;
}

export interface IdPage<Item> {
  readonly ids: readonly string[];
  readonly items: readonly (Item | null)[];
  /** The ids of which even one alone was more than GitHub gives; their items are null. */
  readonly outOfReach: readonly string[];
}

export interface RestRequest<Body> {
  /** Below the API's root, with values already encoded: `/repos/acme/app/actions/runs`. Build it with `restPath`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly schema: z.ZodType<Body>;
  /** From an earlier answer: unchanged costs nothing. */
  readonly etag?: string | null;
}

export type RestAnswer<Body> =
  | { readonly kind: 'ok'; readonly body: Body; readonly etag: string | null; readonly hasNextPage: boolean }
  | { readonly kind: 'unchanged' | 'not-found' | 'forbidden' };

export interface Usage {
  readonly requests: number;
  readonly points: number;
  readonly restRequests: number;
  /** Of `restRequests`, how many were answered 304 and cost nothing. */
  readonly unchanged: number;
}
