/** A recorded answer to the pull requests' query, as a mould for as many pages as anybody wants. */
export interface PageTemplate {
  readonly pageSize: number;
  /** The answer with that number, from 0, of so many. */
  page(number: number, pageCount: number): Buffer;
}

interface Page {
  data: {
    repository: {
      pullRequests: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
        nodes: Node[];
      };
    };
  };
}

interface Node {
  id: string;
  number: number;
  reviews: { nodes: { id: string }[] };
  timelineItems: { nodes: { id: string }[] };
}

/** Stands where a page's own number goes. */
const MARK = '\u0001';

/**
 * Makes a mould of a recorded page: pull requests, reviews and events get ids and numbers of their own on every page,
 * people stay the same.
 */
export function pageTemplate(recorded: string): PageTemplate {
  const page = JSON.parse(recorded) as Page;
  const { pullRequests } = page.data.repository;
  const pageSize = pullRequests.nodes.length;
  pullRequests.nodes.forEach((node, at) => {
    node.id += MARK;
    // Becomes a number again when the quotes are cut off below.
    (node as { number: unknown }).number = `${MARK}${String(at)}`;
    for (const item of [...node.reviews.nodes, ...node.timelineItems.nodes]) item.id += MARK;
  });
  pullRequests.pageInfo = { hasNextPage: true, endCursor: `${MARK}next` };
  const text = JSON.stringify(page).replaceAll('\\u0001', MARK);
  const parts = text.split(MARK);
  return {
    pageSize,
    page(number, pageCount) {
      let made = parts[0] ?? '';
      for (const part of parts.slice(1)) {
        const position = /^(\d+)"/.exec(part);
        if (position !== null && made.endsWith('"number":"')) {
          made = `${made.slice(0, -1)}${String(number * pageSize + Number(position[1]) + 1)}${part.slice(position[0].length)}`;
        } else if (part.startsWith('next"')) {
          made += `${String(number + 1)}${part.slice('next'.length)}`;
        } else {
          made += `${String(number)}${part}`;
        }
      }
      const isLast = number + 1 >= pageCount;
      return Buffer.from(isLast ? made.replace('"hasNextPage":true,"endCursor"', '"hasNextPage":false,"endCursor"') : made);
    },
  };
}
