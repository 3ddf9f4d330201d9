import { type PathKnowledgeRow, pathKnowledge, type ReviewFactRow, reviewFacts } from '@bellwether/warehouse';
import fc from 'fast-check';
import { instant } from '../instants.ts';
import { services, teams } from '../requests.ts';
import { pathKnown, review } from '../rows/reviews.ts';
import type { WorldKind } from '../world.ts';

/** The reviews of one repository and how many people know its paths, at random. */
export interface ReviewWorld {
  repo: string;
  reviews: ReviewFactRow[];
  paths: PathKnowledgeRow[];
}

export const reviewing: WorldKind<ReviewWorld> = {
  of: (repo) =>
    fc
      .record({
        reviews: fc.array(aReview, { maxLength: 40 }),
        paths: fc.uniqueArray(aPath, {
          maxLength: 30,
          selector: ({ path, quarter_start }) => `${path} ${String(quarter_start)}`,
        }),
      })
      .map(({ reviews, paths }) => ({
        repo,
        reviews: reviews.map((draft, index) => reviewOf(repo, index, draft)),
        paths: paths.map((path) => pathKnown({ repo, ...path })),
      })),
  async insert(warehouse, worlds) {
    await warehouse.insert(
      reviewFacts,
      worlds.flatMap(({ reviews }) => reviews),
    );
    await warehouse.insert(
      pathKnowledge,
      worlds.flatMap(({ paths }) => paths),
    );
  },
};

const team = fc.constantFrom(...teams);
const team_group = fc.constantFrom('', 'colours');

const aReview = fc.record({
  number: fc.integer({ min: 1, max: 10 }),
  team,
  team_group,
  services: fc.subarray([...services] as string[]),
  is_bot: fc.boolean(),
  submitted_at: instant,
  basis: fc.constantFrom('requested', 'ready', 'updated'),
  seconds: fc.option(fc.integer({ min: 0, max: 2_000_000 }), { freq: 5 }),
  isNegative: fc.boolean(),
});
type ReviewDraft = typeof aReview extends fc.Arbitrary<infer One> ? One : never;

function reviewOf(
  repo: string,
  index: number,
  { seconds, isNegative, ...draft }: ReviewDraft,
): ReviewFactRow {
  const isStartKnown = seconds !== null || isNegative;
  const [only = '(unattributed)'] = draft.services;
  return review({
    ...draft,
    repo,
    review_id: `review ${String(index)}`,
    service: draft.services.length > 1 ? '(several)' : only,
    basis: isStartKnown ? draft.basis : '',
    waiting_since: seconds === null ? null : draft.submitted_at - seconds * 1000,
    response_seconds: seconds,
    // Business hours are fewer; a third is as good as any other share.
    response_business_seconds: seconds === null ? null : Math.floor(seconds / 3),
    response_gap: seconds !== null ? '' : isNegative ? 'negative' : 'unknown-start',
  });
}

const aPath = fc.record({
  path: fc.constantFrom('src', 'src/api', "it's", ''),
  quarter_start: fc
    .constantFrom('2023-07-01', '2023-10-01', '2024-01-01', '2024-04-01')
    .map((day) => Date.parse(`${day}T00:00Z`)),
  service: fc.constantFrom(...services),
  is_service_withheld: fc.boolean(),
  team,
  team_group,
  bus_factor: fc.integer({ min: 1, max: 9 }),
});
