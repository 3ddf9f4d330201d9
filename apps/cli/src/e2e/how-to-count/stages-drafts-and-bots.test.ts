import { describe, expect, it } from 'vitest';
import { type Answers, smallCompany } from './small-company.ts';
import { at, HOUR } from './when.ts';

const company = smallCompany();
const stages = ['coding_time', 'pickup_time', 'review_time', 'merge_wait_time', 'deploy_time'];

/** The five stages of the one pull request of a repository, in hours. */
async function stagesOf(shop: Answers): Promise<(number | null)[]> {
  const found: (number | null)[] = [];
  for (const stage of stages) {
    const { value } = await shop.figure(stage);
    found.push(value === null ? null : value / HOUR);
  }
  return found;
}

describe('stages', () => {
  const usual = company.repository('usual', ({ commit, squash, review, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    const opened = at('2026-03-02 10:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 16:00', { created_at: opened, ready_at: opened });
    review(1, '2026-03-02 11:00', { state: 'commented' });
    review(1, '2026-03-02 13:00');
    review(1, '2026-03-02 17:00', { author_key: 'cleo' });
    deploy('v2', 'm1', '2026-03-03 08:00');
  });

  it('coding, pickup, review, merge wait and deploy sum to the whole, exactly', async () => {
    // 08 coding 10 pickup 11 review 13 merge wait 16 deploy 08 next day; the approval after the merge moves nothing.
    expect(await stagesOf(usual)).toEqual([2, 1, 2, 3, 16]);
    // 2 + 1 + 2 + 3 + 16 = 24
    expect(await usual.figure('cycle_time')).toMatchObject({ value: 24 * HOUR, n: 1 });
  });

  const unreviewed = company.repository('unreviewed', ({ commit, squash, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    const opened = at('2026-03-02 10:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 16:00', { created_at: opened, ready_at: opened });
    deploy('v2', 'm1', '2026-03-02 18:00');
  });

  it('a stage that did not happen is null, not 0, and its time goes to the neighbour that held it', async () => {
    // No review: the six hours from ready to merge are merge wait. 2 + 6 + 2 = 10.
    expect(await stagesOf(unreviewed)).toEqual([2, null, null, 6, 2]);
    expect(await unreviewed.figure('pickup_time')).toMatchObject({
      n: 0,
      total: 1,
      gaps: { 'did-not-happen': 1 },
    });
    expect(await unreviewed.figure('cycle_time')).toMatchObject({ value: 10 * HOUR });
  });

  const early = company.repository('reviewed-early', ({ commit, squash, review, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    const [created_at, ready_at] = [at('2026-03-02 08:00'), at('2026-03-02 12:00')];
    squash(1, '2026-03-02 08:00', '2026-03-02 14:00', { created_at, ready_at });
    review(1, '2026-03-02 09:00', { state: 'commented' });
    review(1, '2026-03-02 13:00');
    deploy('v2', 'm1', '2026-03-02 15:00');
  });

  it('a boundary is clamped to be no earlier than the one before: reviewed while still a draft', async () => {
    // Reviewed at 9, ready at 12: pickup is 0, and review runs from 12 to 13. 4 + 0 + 1 + 1 + 1 = 7.
    expect(await stagesOf(early)).toEqual([4, 0, 1, 1, 1]);
    expect(await early.figure('cycle_time')).toMatchObject({ value: 7 * HOUR });
  });
});

describe('drafts', () => {
  const shop = company.repository('drafts', ({ commit, squash, review, event, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    const [created_at, ready_at] = [at('2026-03-02 08:00'), at('2026-03-02 12:00')];
    squash(1, '2026-03-02 07:00', '2026-03-02 17:00', { created_at, ready_at });
    event(1, 'ready', '2026-03-02 12:00');
    event(1, 'draft', '2026-03-02 13:00');
    event(1, 'ready', '2026-03-02 15:00');
    review(1, '2026-03-02 16:00');
    deploy('v2', 'm1', '2026-03-02 18:00');
  });

  it('the clock of pickup starts when it is ready; time back in draft is taken out', async () => {
    // Ready at 12, reviewed and approved at 16, of which 13 to 15 in draft: pickup 2 h, review 0.
    // Coding 07 → 12 and the two hours back in draft: 7 h. 7 + 2 + 0 + 1 + 1 = 11 = 07 → 18.
    expect(await stagesOf(shop)).toEqual([7, 2, 0, 1, 1]);
    expect(await shop.figure('cycle_time')).toMatchObject({ value: 11 * HOUR });
    expect(await shop.figure('time_to_first_review')).toMatchObject({ value: 2 * HOUR });
  });
});

describe('bots', () => {
  const shop = company.repository('bots', ({ commit, squash, review, deploy }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-01 01:00');
    squash(1, '2026-03-02 08:00', '2026-03-02 16:00');
    review(1, '2026-03-02 08:30', { author_key: 'linter', author_is_bot: true });
    review(1, '2026-03-02 09:00', { author_key: 'ann', state: 'commented' });
    review(1, '2026-03-02 12:00');
    const bot = { author_key: 'renovate', author_is_bot: true };
    squash(2, '2026-03-02 15:00', '2026-03-02 16:00', bot);
    review(2, '2026-03-02 15:30');
    deploy('v2', 'm2', '2026-03-02 18:00');
  });

  it('neither a bot’s review nor the author’s own ends the wait', async () => {
    // Ready at 08:00, the first review by another person at 12:00.
    expect(await shop.figure('time_to_first_review')).toMatchObject({ value: 4 * HOUR, n: 1, total: 1 });
    expect(await shop.figure('pickup_time')).toMatchObject({ value: 4 * HOUR });
  });

  it('pull requests by bots are out of the human flow, and can be shown apart', async () => {
    const merged = { filters: { kind: ['pull_request'] } };
    // 08:00 → 18:00 by a person, 15:00 → 18:00 by a bot.
    expect(await shop.figure('change_lead_time', merged)).toMatchObject({ value: 10 * HOUR, n: 1 });
    const only = { filters: { ...merged.filters, bots: 'only' as const } };
    expect(await shop.figure('change_lead_time', only)).toMatchObject({ value: 3 * HOUR, n: 1 });
    expect(await shop.figure('cycle_time', { filters: { bots: 'include' } })).toMatchObject({ n: 2 });
    // The reviews of a bot's pull request are apart as well: of the two by people one remains.
    expect(await shop.figure('review_response_time')).toMatchObject({ n: 1 });
    expect(await shop.figure('review_response_time', { filters: { bots: 'include' } })).toMatchObject({
      n: 2,
    });
  });
});
