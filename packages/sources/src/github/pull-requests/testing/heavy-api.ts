import type { GitHubApi, Lookup, Page, Walk } from '../../api.ts';

/** What GitHub cannot give of what pull request, even alone. */
export interface Heavy {
  /** As a whole. */
  readonly numbers: readonly number[];
  /** Documents that fail for them by id, `pull-request-files`. */
  readonly documents: readonly string[];
}

/** The same GitHub, for which some pull requests are too heavy. */
export function heavyApi(api: GitHubApi, { numbers, documents }: Heavy): GitHubApi {
  const ids = new Set<string>();

  async function* pages<Data, Variables, Item>(
    walk: Walk<Data, Variables, Item>,
  ): AsyncGenerator<Page<Data, Item>> {
    if (!walk.skip) {
      yield* api.pages(walk);
      return;
    }
    let after = walk.after ?? null;
    for await (const page of api.pages({ ...walk, pageSize: 1 })) {
      const item = page.items[0] as { id: string; number: number } | undefined;
      if (item && numbers.includes(item.number)) {
        ids.add(item.id);
        const variables = { ...walk.variables, first: 1, after } as Variables;
        const { data, gaps } = await api.query({ ...walk.skip, variables });
        yield { ...page, data, gaps, items: [], isOutOfReach: true };
      } else {
        yield page;
      }
      after = page.endCursor;
    }
  }

  async function* byIds<Data, Variables, Item>(lookup: Lookup<Data, Variables, Item>) {
    for await (const page of api.byIds(lookup)) {
      const isHeavy = (id: string): boolean => ids.has(id) && documents.includes(lookup.document.name);
      const items = page.items.map((item, at) => (isHeavy(page.ids[at]!) ? null : item));
      yield { ids: page.ids, items, outOfReach: page.ids.filter(isHeavy) };
    }
  }

  return { ...api, pages, byIds };
}
