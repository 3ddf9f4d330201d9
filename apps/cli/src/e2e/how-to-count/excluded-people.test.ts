import { describe, expect, it } from 'vitest';
import type { RepositoryStory } from './repository-story.ts';
import { smallCompany } from './small-company.ts';

// Europe/Berlin is an hour ahead in winter: quarters and weeks are asked for from its midnights.
const company = smallCompany({ timeZone: 'Europe/Berlin', privacy: { minimumGroupSize: 3 } });
company.team('acme/pay', ['ann', 'ben', 'cleo']);
company.team('acme/duo', ['dan', 'eve']);
const quarter = {
  since: '2025-12-31 23:00',
  until: '2026-03-31 22:00',
  grain: 'quarter',
  timeZone: 'Europe/Berlin',
} as const;

describe('review load', () => {
  company.repository('load', ({ commit, squash, review }: RepositoryStory) => {
    commit('root', '2026-03-01 00:00');
    const day = (number: number): string => `2026-03-0${String(number)}`;
    for (const number of [2, 3, 4]) {
      squash(number, `${day(number)} 08:00`, `${day(number)} 18:00`, { author_key: 'dan' });
    }
    // Of pay Ben gave three reviews, Ann one, Cleo none.
    for (const number of [2, 3, 4]) review(number, `${day(number)} 10:00`, { author_key: 'ben' });
    review(2, '2026-03-02 11:00', { author_key: 'ann' });
    // Left out: a bot's, the author's own, and one of a bot's pull request.
    review(2, '2026-03-02 11:10', { author_key: 'linter', author_is_bot: true });
    review(2, '2026-03-02 11:20', { author_key: 'dan', state: 'commented' });
    squash(5, '2026-03-05 08:00', '2026-03-05 18:00', { author_key: 'renovate', author_is_bot: true });
    review(5, '2026-03-05 10:00', { author_key: 'cleo' });
    // By the team of two.
    review(3, '2026-03-03 12:00', { author_key: 'eve' });
  });

  it('reviews by bots, of bots and of one’s own are no load that people take from each other', async () => {
    // {0, 1, 3}: all pairs differ by 1 + 2 + 3 = 6; Gini = 6 ÷ (3 people × 4 reviews) = 0.5.
    const figure = await company.figure('review_load_balance', {
      ...quarter,
      filters: { team: ['acme/pay'] },
    });
    expect(figure).toMatchObject({ kind: 'concentration', holders: 3 });
    expect(figure.value).toBeCloseTo(0.5, 9);
  });

  it('a team of two has no figure: a spread over two people names them', async () => {
    const figures = await company.figures('review_load_balance', { ...quarter, groupBy: ['team'] });
    expect(figures.filter(({ total }) => total > 0).map(({ group }) => group['team'])).toEqual(['acme/pay']);
    // In the organisation all five are counted: {0, 0, 1, 1, 3} differ by
    // 0 + 1 + 1 + 3 + 1 + 1 + 3 + 0 + 2 + 2 = 14; 14 ÷ (5 × 5) = 0.56.
    const whole = await company.figure('review_load_balance', quarter);
    expect(whole).toMatchObject({ holders: 5 });
    expect(whole.value).toBeCloseTo(0.56, 9);
  });
});

describe('knowledge', () => {
  const shop = company.repository('knowledge', ({ commit, squash }) => {
    commit('root', '2026-02-01 00:00', { has_paths: true, author_key: '' });
    let number = 0;
    const change = (
      path: string | null,
      author_key: string,
      more: { author_is_bot?: boolean } = {},
    ): void => {
      number += 1;
      const when = `2026-02-${String(1 + (number % 28)).padStart(2, '0')} 12:00`;
      const files = path === null ? { changed_file_count: 3 } : { file_paths: [path], changed_file_count: 1 };
      squash(number, when, when, { ...files, author_key, ...more });
    };
    // Ten changes, six of them by Ann: one person made more than half.
    for (const author of ['ann', 'ann', 'ann', 'ann', 'ann', 'ann', 'ben', 'ben', 'cleo', 'cleo']) {
      change('api/x.ts', author);
    }
    // Nine changes; ten by one person alone.
    for (const author of ['ann', 'ben', 'ann', 'ben', 'ann', 'ben', 'ann', 'ben', 'ann']) {
      change('few/x.ts', author);
    }
    for (let each = 0; each < 10; each += 1) change('lonely/x.ts', 'dan');
    // Ten by a bot, ten whose files nobody knows.
    for (let each = 0; each < 10; each += 1) change('api/x.ts', 'renovate', { author_is_bot: true });
    for (let each = 0; each < 10; each += 1) change(null, 'eve');
  });

  it('leaves out paths with few changes, bots, and changes without known files; a path of one person is a row', async () => {
    const figures = await shop.figures('knowledge_concentration', { ...quarter, groupBy: ['path'] });
    // Ann made 6 of 10 in api. In all 29 changes: Ann 6 + 5 = 11, Dan 10, Ben 2 + 4 = 6, Cleo 2. 11 is not more than
    // half of 29, 11 + 10 is: two people.
    expect(figures.map(({ group, value }) => [group['path'], value])).toEqual([
      ['/', 2],
      ['api', 1],
      ['lonely', 1],
    ]);
    expect(
      await company.query(
        `SELECT path, change_count, contributor_count FROM facts.path_knowledge FINAL
         WHERE repo = '${shop.repo}' ORDER BY path`,
      ),
    ).toEqual([
      { path: '/', change_count: 29, contributor_count: 4 },
      { path: 'api', change_count: 10, contributor_count: 3 },
      { path: 'lonely', change_count: 10, contributor_count: 1 },
    ]);
  });
});
