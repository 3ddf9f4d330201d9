import type { PageSize } from '../../engine/budget/page-size.ts';
import type { Gap, IdPage, Lookup, Page, Walk } from '../api.ts';
import { tooHeavy, unexpectedAnswer } from './errors.ts';
import type { Graphql } from './graphql.ts';

/** How often one item alone is tried: it may have been GitHub's bad minute, and stepping over it leaves a hole. */
const TRIES_ALONE = 5;

/**
 * Walks a connection. A page that was too heavy is asked for again from the same place with half as many items;
 * a single one that is too heavy is stepped over where the walk knows a light query for that.
 */
export async function* walkPages<Data, Variables, Item>(
  graphql: Graphql,
  walk: Walk<Data, Variables, Item>,
): AsyncGenerator<Page<Data, Item>, void, undefined> {
  const size = await graphql.pageSize(walk.document.name, walk.key, walk.pageSize);
  let next: Promise<Page<Data, Item>> | null = fetchPage(graphql, walk, size, walk.after ?? null);
  try {
    while (next !== null) {
      const page: Page<Data, Item> = await next;
      const follow = page.hasNextPage ? () => fetchPage(graphql, walk, size, page.endCursor) : null;
      next = follow !== null && walk.isWhole === true ? follow() : null;
      // Awaited when it is its turn, or never where whoever walks has enough.
      next?.catch(() => {});
      yield page;
      next ??= follow?.() ?? null;
    }
  } finally {
    await size.keep();
  }
}

/** One page, in however many tries. */
async function fetchPage<Data, Variables, Item>(
  graphql: Graphql,
  walk: Walk<Data, Variables, Item>,
  size: PageSize,
  after: string | null,
): Promise<Page<Data, Item>> {
  const { document, schema, key } = walk;
  let aloneFailures = 0;
  for (let failures = 1; ; failures++) {
    const first = size.size;
    const variables = { ...walk.variables, first, after };
    const answer = await graphql.attempt({ document, schema, variables, key });
    if (answer.kind === 'heavy') {
      size.wasTooHeavy(first);
      if (first > 1 || ++aloneFailures < TRIES_ALONE) {
        await graphql.pause(failures);
        continue;
      }
    } else {
      size.succeeded(answer.ms);
    }
    const page = answer.kind === 'ok' ? pageOf(walk, answer, false) : await skipOne(graphql, walk, after);
    if (page.hasNextPage && (page.endCursor === null || page.endCursor === after)) {
      throw unexpectedAnswer(document.name, 'pageInfo.endCursor', 'it does not lead on');
    }
    return page;
  }
}

function pageOf<Data, Variables, Item>(
  walk: Walk<Data, Variables, Item>,
  { data, gaps }: { readonly data: Data; readonly gaps: readonly Gap[] },
  isOutOfReach: boolean,
): Page<Data, Item> {
  const connection = walk.connection(data);
  return {
    data,
    items: isOutOfReach ? [] : (connection?.nodes ?? []).filter((node) => node !== null),
    gaps,
    endCursor: connection?.pageInfo.endCursor ?? null,
    hasNextPage: connection?.pageInfo.hasNextPage ?? false,
    isOutOfReach,
  };
}

async function skipOne<Data, Variables, Item>(
  graphql: Graphql,
  walk: Walk<Data, Variables, Item>,
  after: string | null,
): Promise<Page<Data, Item>> {
  const { skip, key } = walk;
  if (!skip) throw tooHeavy(walk.document.name);
  const variables = { ...walk.variables, first: 1, after };
  const answer = await graphql.attempt({ ...skip, variables, key });
  if (answer.kind === 'heavy') throw tooHeavy(skip.document.name);
  return pageOf(walk, answer, true);
}

/** Looks things up by their ids, fewer at a time where they are too heavy together. */
export async function* walkIds<Data, Variables, Item>(
  graphql: Graphql,
  lookup: Lookup<Data, Variables, Item>,
): AsyncGenerator<IdPage<Item>, void, undefined> {
  const { document, schema, key } = lookup;
  const size = await graphql.pageSize(document.name, key, Math.min(100, lookup.pageSize));
  let start = 0;
  let failures = 0;
  let aloneFailures = 0;
  try {
    while (start < lookup.ids.length) {
      const ids = lookup.ids.slice(start, start + size.size);
      const variables = { ...lookup.variables, ids };
      const answer = await graphql.attempt({ document, schema, variables, key });
      if (answer.kind === 'ok') {
        size.succeeded(answer.ms);
        const items = itemsOf(lookup, answer.data, ids);
        const absent = ids.filter((_, at) => items[at] === null);
        // What is missing once may be there a moment later; a second look decides.
        const again = absent.length === 0 ? null : await lookAgain(graphql, lookup, absent);
        yield {
          ids,
          items: items.map((item, at) => item ?? again?.get(ids[at] ?? '') ?? null),
          outOfReach: [],
        };
      } else {
        size.wasTooHeavy(ids.length);
        failures++;
        if (ids.length > 1 || ++aloneFailures < TRIES_ALONE) {
          await graphql.pause(failures);
          continue;
        }
        yield { ids, items: [null], outOfReach: ids };
      }
      start += ids.length;
      failures = aloneFailures = 0;
    }
  } finally {
    await size.keep();
  }
}

/** Those of the ids that are there after all. */
async function lookAgain<Data, Variables, Item>(
  graphql: Graphql,
  lookup: Lookup<Data, Variables, Item>,
  ids: readonly string[],
): Promise<Map<string, Item>> {
  const { document, schema, key } = lookup;
  await graphql.pause(1);
  const answer = await graphql.attempt({ document, schema, variables: { ...lookup.variables, ids }, key });
  if (answer.kind !== 'ok') return new Map();
  const items = itemsOf(lookup, answer.data, ids);
  const found = new Map<string, Item>();
  ids.forEach((id, at) => {
    const item = items[at] ?? null;
    if (item !== null) found.set(id, item);
  });
  return found;
}

/** @throws BellwetherError `github-schema` when it is not one item for each id */
function itemsOf<Data, Variables, Item>(
  { document, items }: Lookup<Data, Variables, Item>,
  data: Data,
  ids: readonly string[],
): readonly (Item | null)[] {
  const found = items(data);
  if (found.length === ids.length) return found;
  throw unexpectedAnswer(document.name, '', `${ids.length} ids asked for, ${found.length} answered`);
}
