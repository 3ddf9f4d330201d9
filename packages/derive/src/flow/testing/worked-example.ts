import type { FlowInput } from '../flow-input.ts';
import type { FlowEvent, FlowReview } from '../read-flow.ts';
import {
  firstDeployment,
  flowChange,
  flowEvent,
  flowInput,
  flowPullRequest,
  flowReview,
  hour,
  minute,
  monday,
} from './flow-input.ts';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'next-Mon'];

interface Happening {
  verb: string;
  at: number;
}

/**
 * The one pull request that a line such as `commit Mon 09:00 · opened Mon 10:00 · merged Mon 11:00` tells of.
 *
 * @throws Error for a word that is not known, so that no example is half understood
 */
export function inputOf(story: string): FlowInput {
  const happenings = story.split(' · ').map(happeningOf);
  const at = (verb: string): number | null => happenings.find((each) => each.verb === verb)?.at ?? null;
  const events: FlowEvent[] = [];
  const reviews: FlowReview[] = [];
  for (const each of happenings) {
    const review = reviewOf(each);
    const kind = eventKinds[each.verb];
    if (review !== null) reviews.push(review);
    else if (kind !== undefined) events.push(flowEvent(kind, each.at));
    else if (!facts.has(each.verb)) throw new Error(`the example says "${each.verb}", which nobody knows`);
  }
  const opened = at('opened') ?? at('opened-as-draft');
  if (opened === null) throw new Error(`never opened: ${story}`);
  const merged = at('merged');
  const [commit, deployed, baseline] = [at('commit'), at('deployed'), at('first-deployment')];
  const pullRequest = flowPullRequest({
    state: merged !== null ? 'merged' : at('closed') === null ? 'open' : 'closed',
    base_branch: at('onto-maintenance') === null ? 'main' : 'maintenance',
    created_at: opened,
    ready_at: at('opened') ?? at('ready'),
    merged_at: merged,
    closed_at: merged ?? at('closed'),
    commit_authored_at: commit === null ? [] : [commit],
  });
  const isChange = merged !== null && pullRequest.base_branch === 'main';
  const deployedAt = deployed ?? baseline;
  return flowInput({
    pullRequests: [pullRequest],
    events,
    reviews,
    changes: isChange
      ? [
          flowChange({
            number: 1,
            merged_at: merged,
            first_authored_at: commit,
            starts_at: commit === null ? 'merge' : 'first_commit',
          }),
        ]
      : [],
    changeDeployments:
      deployedAt === null
        ? []
        : [
            firstDeployment(deployedAt, {
              is_baseline: baseline !== null,
              is_deployed_before_merge: deployedAt < (merged ?? -Infinity),
            }),
          ],
  });
}

const facts = new Set([
  'commit',
  'opened',
  'opened-as-draft',
  'merged',
  'deployed',
  'first-deployment',
  'onto-maintenance',
]);

const eventKinds: Readonly<Record<string, FlowEvent['kind']>> = {
  ready: 'ready',
  draft: 'draft',
  closed: 'closed',
  reopened: 'reopened',
  'force-push': 'force_pushed',
};

function reviewOf({ verb, at }: Happening): FlowReview | null {
  if (verb === 'comment') return flowReview(at);
  if (verb === 'approval') return flowReview(at, { state: 'approved' });
  if (verb === 'bot-approval') {
    return flowReview(at, { state: 'approved', author_key: 'bot', author_is_bot: true });
  }
  return verb === 'own-comment' ? flowReview(at, { author_key: 'ann' }) : null;
}

function happeningOf(text: string): Happening {
  const [, verb = '', day = '', hours = '', minutes = ''] =
    /^([a-z-]+) ([A-Za-z-]+) (\d\d):(\d\d)$/.exec(text.trim()) ?? [];
  const index = days.indexOf(day);
  if (index === -1) throw new Error(`the example says "${text}", which is no day and time`);
  return { verb, at: monday + (index * 24 + Number(hours)) * hour + Number(minutes) * minute };
}
