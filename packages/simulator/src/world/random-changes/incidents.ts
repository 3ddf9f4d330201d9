import type { Issue } from '../model.ts';
import { closeIssue, labelIssue, openIssue, reopenIssue } from '../mutations/issues.ts';
import { type Change, type Occasion, pickOne, pickPerson } from './change.ts';

export const incidentChanges = {
  'incident.opened': openOne,
  'incident.labelled': labelOne,
  'incident.closed': onIncident('OPEN', ({ world, at }, issue) => closeIssue(world, issue, at)),
  'incident.reopened': onIncident('CLOSED', ({ world, at }, issue) => reopenIssue(world, issue, at)),
} satisfies Record<string, Change>;

function openOne(occasion: Occasion): string | null {
  const { world, random, repository, at } = occasion;
  const author = pickPerson(occasion);
  if (!author) return null;
  const service = random.pick(repository.services).name;
  const labels = ['incident', `severity/${random.integer(1, 4)}`, `service/${service}`];
  return openIssue(world, repository, { title: `${service} is slow`, author, labels }, at).id;
}

/** An ordinary issue may turn out to be an incident, an incident worse than it looked. */
function labelOne({ world, random, repository, at }: Occasion): string | null {
  const label = random.pick(['incident', 'severity/1', 'severity/2', 'post-mortem']);
  const issue = pickOne(random, repository.issues.values(), ({ labels }) => !labels.includes(label));
  if (!issue) return null;
  labelIssue(world, issue, label, at);
  return issue.id;
}

function onIncident(state: Issue['state'], change: (occasion: Occasion, issue: Issue) => void): Change {
  return (occasion) => {
    const { random, repository } = occasion;
    const issue = pickOne(random, repository.issues.values(), (each) => each.state === state);
    if (!issue) return null;
    change(occasion, issue);
    return issue.id;
  };
}
