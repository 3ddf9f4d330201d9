import { describe, expect, it } from 'vitest';
import type { PullRequestNode } from './api-schema.ts';
import { mapPullRequest, type MappedPullRequest } from './mapper.ts';
import { prune } from './payload.ts';
import { accountNode, eventNode, listNode, pullRequestNode, teamNode } from './testing/nodes.ts';

const NOW = Date.parse('2026-02-01T00:00:00Z');
const at = (text: string): number => Date.parse(text);

/** Keys are ids in capital letters; ids of bots begin with BOT. */
const people = {
  byId: (id: string | null) =>
    id === null ? { key: '', isBot: false } : { key: id.toUpperCase(), isBot: id.startsWith('bot') },
};

function map(changes: Partial<PullRequestNode>): MappedPullRequest {
  const payload = prune(pullRequestNode(changes), [], () => {});
  return mapPullRequest(payload, { repo: 'github.com/acme/app', people, now: NOW });
}

const ready = (createdAt: string) => eventNode('ReadyForReviewEvent', { createdAt });
const draft = (createdAt: string) => eventNode('ConvertToDraftEvent', { createdAt });

describe('when a pull request could first be reviewed', () => {
  const readyAt = (isDraft: boolean, ...events: ReturnType<typeof eventNode>[]): number | null =>
    map({ createdAt: '2026-01-01T08:00:00Z', isDraft, timelineItems: listNode(events) }).pullRequest.ready_at;

  it('is when it was opened, where it never was a draft', () => {
    expect(readyAt(false)).toBe(at('2026-01-01T08:00:00Z'));
  });

  it('is when it became ready, where it began as a draft', () => {
    expect(readyAt(false, ready('2026-01-02T08:00:00Z'))).toBe(at('2026-01-02T08:00:00Z'));
  });

  it('is when it first became ready, where it was a draft twice', () => {
    const turns = [
      ready('2026-01-02T08:00:00Z'),
      draft('2026-01-03T08:00:00Z'),
      ready('2026-01-04T08:00:00Z'),
    ];
    expect(readyAt(false, ...turns)).toBe(at('2026-01-02T08:00:00Z'));
  });

  it('is when it was opened, where it became a draft only later', () => {
    const turns = [draft('2026-01-02T08:00:00Z'), ready('2026-01-03T08:00:00Z')];
    expect(readyAt(false, ...turns)).toBe(at('2026-01-01T08:00:00Z'));
    expect(readyAt(true, draft('2026-01-02T08:00:00Z'))).toBe(at('2026-01-01T08:00:00Z'));
  });

  it('is unknown while it is the draft that it began as', () => {
    expect(readyAt(true)).toBeNull();
  });

  it('does not depend on the order of the timeline', () => {
    const turns = [draft('2026-01-03T08:00:00Z'), ready('2026-01-02T08:00:00Z')];
    expect(readyAt(true, ...turns)).toBe(at('2026-01-02T08:00:00Z'));
  });
});

describe('review requests', () => {
  const ada = accountNode('u_ada');
  const asked = (createdAt: string, requestedReviewer: typeof ada | ReturnType<typeof teamNode> | null) =>
    eventNode('ReviewRequestedEvent', { createdAt, requestedReviewer });
  const takenBack = (createdAt: string) =>
    eventNode('ReviewRequestRemovedEvent', { createdAt, requestedReviewer: ada });
  const place = { repo: 'github.com/acme/app', number: 7 };

  it('are open while they stand, whoever is asked', () => {
    const mapped = map({
      timelineItems: listNode([
        asked('2026-01-01T09:00:00Z', ada),
        asked('2026-01-01T10:00:00Z', teamNode('acme/core')),
      ]),
      reviewRequests: listNode([{ requestedReviewer: ada }, { requestedReviewer: teamNode('acme/core') }]),
    });
    const never = { removed_at: null, is_open: true };
    const nine = at('2026-01-01T09:00:00Z');
    const ten = at('2026-01-01T10:00:00Z');
    expect(mapped.reviewRequests).toEqual([
      {
        ...place,
        reviewer: 'U_ADA',
        is_team: false,
        first_requested_at: nine,
        last_requested_at: nine,
        ...never,
      },
      {
        ...place,
        reviewer: 'team:acme/core',
        is_team: true,
        first_requested_at: ten,
        last_requested_at: ten,
        ...never,
      },
    ]);
  });

  it('are fulfilled without an event, and keep both ends of being asked again', () => {
    const events = [asked('2026-01-01T09:00:00Z', ada), asked('2026-01-03T09:00:00Z', ada)];
    expect(map({ timelineItems: listNode(events) }).reviewRequests).toEqual([
      {
        ...place,
        reviewer: 'U_ADA',
        is_team: false,
        first_requested_at: at('2026-01-01T09:00:00Z'),
        last_requested_at: at('2026-01-03T09:00:00Z'),
        removed_at: null,
        is_open: false,
      },
    ]);
  });

  it('keep when they were taken back, also when they are asked for again', () => {
    const events = [
      asked('2026-01-01T09:00:00Z', ada),
      takenBack('2026-01-02T09:00:00Z'),
      asked('2026-01-03T09:00:00Z', ada),
    ];
    const [row] = map({
      timelineItems: listNode(events),
      reviewRequests: listNode([{ requestedReviewer: ada }]),
    }).reviewRequests;
    expect(row).toMatchObject({ removed_at: at('2026-01-02T09:00:00Z'), is_open: true });
  });

  it('have no times where no event tells of them', () => {
    const [row] = map({ reviewRequests: listNode([{ requestedReviewer: ada }]) }).reviewRequests;
    expect(row).toMatchObject({ first_requested_at: null, last_requested_at: null, is_open: true });
  });

  it('leave out reviewers who are gone; the event stays', () => {
    const mapped = map({
      timelineItems: listNode([asked('2026-01-01T09:00:00Z', null)]),
      reviewRequests: listNode([{ requestedReviewer: null }]),
    });
    expect(mapped.reviewRequests).toEqual([]);
    expect(mapped.events).toMatchObject([{ kind: 'review_requested', subject: '' }]);
  });
});

describe('reviews', () => {
  const review = (changes: object) => ({
    id: 'r1',
    author: accountNode('u_bob'),
    state: 'APPROVED' as const,
    body: '',
    submittedAt: '2026-01-05T10:00:00Z',
    commit: { oid: 'c0ffee' },
    comments: { totalCount: 3 },
    ...changes,
  });

  it('say what was said and not how', () => {
    const mapped = map({ reviews: listNode([review({ body: 'Fine by me, ada@example.org' })]) });
    expect(mapped.reviews).toEqual([
      {
        repo: 'github.com/acme/app',
        number: 7,
        review_id: 'r1',
        author_key: 'U_BOB',
        author_is_bot: false,
        state: 'approved',
        submitted_at: at('2026-01-05T10:00:00Z'),
        commit_sha: 'c0ffee',
        comment_count: 3,
        has_body: true,
      },
    ]);
  });

  it('are left out while they are not handed in', () => {
    const pending = review({ state: 'PENDING', submittedAt: null });
    expect(map({ reviews: listNode([pending]) }).reviews).toEqual([]);
  });

  it('of an account or a commit that is gone have none', () => {
    const [row] = map({
      reviews: listNode([review({ author: null, commit: null, state: 'DISMISSED' })]),
    }).reviews;
    expect(row).toMatchObject({ author_key: '', commit_sha: null, state: 'dismissed', has_body: false });
  });
});

describe('a pull request', () => {
  it.each([
    ['revert-12-topic', 12],
    ['revert-12', null],
    ['revert-0-topic', null],
    ['revert-99999999999-topic', null],
    ['topic/revert-12-x', null],
  ])('from the branch %s takes back %s', (headRefName, number) => {
    expect(map({ headRefName }).pullRequest.reverts_number).toBe(number);
  });

  it('keeps dates of commits that can be believed, and none of the others', () => {
    const commit = (oid: string, authoredDate: string) => ({ commit: { oid, authoredDate, author: null } });
    const commits = listNode([
      commit('a', '2026-01-01T00:00:00Z'),
      commit('b', '1969-12-31T00:00:00Z'),
      commit('c', '2036-01-01T00:00:00Z'),
    ]);
    expect(map({ commits }).pullRequest).toMatchObject({
      commit_shas: ['a', 'b', 'c'],
      commit_authored_at: [at('2026-01-01T00:00:00Z'), null, null],
      commit_author_keys: ['', '', ''],
    });
  });

  it('leaves addresses out of its title', () => {
    expect(map({ title: 'Write to ada@example.org' }).pullRequest.title).toBe('Write to (address)');
  });

  it('names what happened in the words of the table', () => {
    const events = [
      eventNode('LabeledEvent', { label: { name: 'bug' } }),
      eventNode('RemovedFromMergeQueueEvent', {
        reason: 'FAILED_CHECKS',
        actor: accountNode('bot_queue', 'Bot'),
      }),
      eventNode('HeadRefForcePushedEvent', { beforeCommit: { oid: 'old' }, afterCommit: null }),
      eventNode('SomethingNewEvent', {}),
    ];
    expect(map({ timelineItems: listNode(events) }).events).toMatchObject([
      { kind: 'labeled', subject: 'bug', actor_key: 'U_ADA', actor_is_bot: false, before_sha: null },
      { kind: 'dequeued', subject: 'FAILED_CHECKS', actor_key: 'BOT_QUEUE', actor_is_bot: true },
      { kind: 'force_pushed', subject: '', before_sha: 'old', after_sha: null },
    ]);
  });

  it('is kept without logins, bodies and addresses', () => {
    const node = pullRequestNode({
      title: 'Ask ada@example.org',
      reviews: listNode([
        {
          id: 'r',
          author: accountNode('u_bob'),
          state: 'COMMENTED',
          body: 'a secret',
          submittedAt: '2026-01-05T10:00:00Z',
          commit: null,
          comments: { totalCount: 0 },
        },
      ]),
      reviewRequests: listNode([{ requestedReviewer: accountNode('u_cleo') }]),
    });
    const met: string[] = [];
    const text = JSON.stringify(prune(node, [], ({ login }) => void met.push(login)));
    expect(met.sort()).toEqual(['login of u_ada', 'login of u_bob', 'login of u_cleo']);
    expect(text).not.toMatch(/login of|secret|example\.org/);
  });

  it('with a time that is none is no answer of GitHub', () => {
    expect(() => map({ updatedAt: 'yesterday' })).toThrow(expect.objectContaining({ code: 'github-schema' }));
  });
});
