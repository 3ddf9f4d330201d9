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

/** Stand where numbers go, and are as long as these: filling them in is copying bytes. */
const PAGE_MARK = '@page@@';
const NUMBER_MARK = '"@num@"';
const TOTAL_MARK = '"@all@"';
const WIDTH = 7;
const END = '"hasNextPage":true ,"endCursor":"';

/**
 * Makes a mould of a recorded page: pull requests, reviews and events get ids and numbers of their own on every page,
 * people stay the same. As little work as an answer can take, because whoever asks shares the machine.
 */
export function pageTemplate(recorded: string): PageTemplate {
  const page = JSON.parse(recorded) as Page;
  const { pullRequests } = page.data.repository;
  const pageSize = pullRequests.nodes.length;
  for (const node of pullRequests.nodes) {
    node.id = ownId(node.id);
    // Becomes a number again when the mark is filled in with its quotes.
    (node as { number: unknown }).number = JSON.parse(NUMBER_MARK);
    for (const item of [...node.reviews.nodes, ...node.timelineItems.nodes]) item.id = ownId(item.id);
  }
  // A total that is not what comes would have the whole list read again.
  (pullRequests as { totalCount: unknown }).totalCount = JSON.parse(TOTAL_MARK);
  pullRequests.pageInfo = { hasNextPage: true, endCursor: PAGE_MARK };
  const text = JSON.stringify(page).replace('"hasNextPage":true,"endCursor":"', END);
  const bytes = Buffer.from(text);
  const ids = placesOf(bytes, PAGE_MARK);
  const numbers = placesOf(bytes, NUMBER_MARK);
  const totals = placesOf(bytes, TOTAL_MARK);
  const flag = bytes.indexOf(END);
  if (flag < 0) throw new Error('the recorded page has no end');
  const cursorAt = flag + END.length;
  return {
    pageSize,
    page(number, pageCount) {
      const own = digits(number);
      for (const at of ids) bytes.write(at === cursorAt ? digits(number + 1) : own, at, 'latin1');
      numbers.forEach((at, place) => bytes.write(digits(number * pageSize + place + 1, ' '), at, 'latin1'));
      for (const at of totals) bytes.write(digits(pageCount * pageSize, ' '), at, 'latin1');
      bytes.write(number + 1 < pageCount ? 'true ' : 'false', flag + '"hasNextPage":'.length, 'latin1');
      return Buffer.from(bytes);
    },
  };
}

/** Behind the kind, so that ids grow with time as GitHub's do. */
function ownId(id: string): string {
  const kindEnd = id.indexOf('_') + 1;
  return `${id.slice(0, kindEnd)}${PAGE_MARK}${id.slice(kindEnd)}`;
}

function digits(number: number, filler = '0'): string {
  return String(number).padStart(WIDTH, filler);
}

function placesOf(bytes: Buffer, mark: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) places.push(at);
  return places;
}
