import type {
  GitHubApi,
  GraphqlDocument,
  IdPage,
  Lookup,
  Page,
  QueryAnswer,
  QueryRequest,
  RestAnswer,
  RestRequest,
  Usage,
  Walk,
} from '../api.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Gives what GitHub would put under `data`. */
export type FakeQuery = (variables: Variables) => unknown;

/** Gives a body with its ETag, or says that there is none. */
export type FakeResource = (
  query: Readonly<Record<string, string | number>>,
) =>
  | { readonly body: unknown; readonly etag?: string; readonly hasNextPage?: boolean }
  | 'not-found'
  | 'forbidden';

export interface FakeApiOptions {
  readonly host?: string;
  /** By the document's name. A query that is not among them fails the test. */
  readonly queries?: Readonly<Record<string, FakeQuery>>;
  /** By the path. */
  readonly resources?: Readonly<Record<string, FakeResource>>;
  readonly git?: GitHubApi['git'];
}

export interface FakeCall {
  /** Name of the document, or the path. */
  readonly name: string;
  readonly variables: Variables;
}

/** A GitHub that answers from functions, strictly: answers pass the streams' own schemas, and every call is noted. */
export class FakeApi implements GitHubApi {
  readonly host: string;
  readonly git?: NonNullable<GitHubApi['git']>;
  readonly calls: FakeCall[] = [];
  readonly #options: FakeApiOptions;
  #unchanged = 0;

  constructor(options: FakeApiOptions) {
    this.host = options.host ?? 'github.com';
    if (options.git) this.git = options.git;
    this.#options = options;
  }

  /** How often each was asked since the last time. */
  takeCounts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { name } of this.calls.splice(0)) counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  }

  query<Data, Vars>(request: QueryRequest<Data, Vars>): Promise<QueryAnswer<Data>> {
    const data = this.#ask(request.document, request.variables as Variables, request.schema);
    return Promise.resolve({ data, gaps: [] });
  }

  async *pages<Data, Vars, Item>(walk: Walk<Data, Vars, Item>): AsyncGenerator<Page<Data, Item>> {
    let after = walk.after ?? null;
    for (;;) {
      const variables = { ...(walk.variables as Variables), first: walk.pageSize, after };
      const data = this.#ask(walk.document, variables, walk.schema);
      const connection = walk.connection(data);
      const items = (connection?.nodes ?? []).filter((item) => item !== null);
      const { endCursor = null, hasNextPage = false } = connection?.pageInfo ?? {};
      yield { data, items, gaps: [], endCursor, hasNextPage, isOutOfReach: false };
      if (!hasNextPage) return;
      after = endCursor;
    }
  }

  async *byIds<Data, Vars, Item>(lookup: Lookup<Data, Vars, Item>): AsyncGenerator<IdPage<Item>> {
    for (let from = 0; from < lookup.ids.length; from += lookup.pageSize) {
      const ids = lookup.ids.slice(from, from + lookup.pageSize);
      const data = this.#ask(lookup.document, { ...(lookup.variables as Variables), ids }, lookup.schema);
      yield { ids, items: lookup.items(data), outOfReach: [] };
    }
  }

  get<Body>({ path, query = {}, schema, etag }: RestRequest<Body>): Promise<RestAnswer<Body>> {
    this.calls.push({ name: path, variables: query });
    const answer = this.#options.resources?.[path]?.(query);
    if (answer === undefined) throw new Error(`the fake GitHub has no resource ${path}`);
    if (typeof answer === 'string') return Promise.resolve({ kind: answer });
    if (answer.etag !== undefined && answer.etag === etag) {
      this.#unchanged++;
      return Promise.resolve({ kind: 'unchanged' });
    }
    const { hasNextPage = false } = answer;
    return Promise.resolve({
      kind: 'ok',
      body: schema.parse(answer.body),
      etag: answer.etag ?? null,
      hasNextPage,
    });
  }

  usage(): Usage {
    return { requests: this.calls.length, points: 0, restRequests: 0, unchanged: this.#unchanged };
  }

  #ask<Data>(
    { name }: GraphqlDocument<unknown, never>,
    variables: Variables,
    schema: { parse(value: unknown): Data },
  ): Data {
    this.calls.push({ name, variables });
    const answer = this.#options.queries?.[name];
    if (!answer) throw new Error(`the fake GitHub has no answer to ${name}`);
    return schema.parse(answer(variables));
  }
}

/** A page of a connection as GitHub gives it; cursors are offsets. */
export function pageOf<Node>(
  all: readonly Node[],
  { first, after }: Readonly<Record<string, unknown>>,
): { totalCount: number; nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } {
  const from = typeof after === 'string' ? Number(after) : 0;
  const nodes = all.slice(from, from + Number(first));
  const end = from + nodes.length;
  return {
    totalCount: all.length,
    nodes,
    pageInfo: { hasNextPage: end < all.length, endCursor: nodes.length === 0 ? null : String(end) },
  };
}
