import { advance } from '../empty-world.ts';
import { nextDatabaseId, nextNumber, nodeId } from '../ids.ts';
import type { Issue, Repository, User, World } from '../model.ts';

export interface NewIssue {
  readonly title: string;
  readonly body?: string;
  readonly author: User;
  readonly labels?: readonly string[];
}

export function openIssue(world: World, repository: Repository, input: NewIssue, at: number): Issue {
  const createdAt = advance(world, at);
  const databaseId = nextDatabaseId(world);
  const issue: Issue = {
    id: nodeId(world, 'I', databaseId),
    databaseId,
    number: nextNumber(world, repository),
    title: input.title,
    body: input.body ?? '',
    state: 'OPEN',
    authorId: input.author.id,
    labels: [...(input.labels ?? [])],
    createdAt,
    updatedAt: createdAt,
    closedAt: null,
  };
  repository.issues.set(issue.number, issue);
  return issue;
}

export function labelIssue(world: World, issue: Issue, label: string, at: number): void {
  if (!issue.labels.includes(label)) issue.labels.push(label);
  issue.updatedAt = advance(world, at);
}

export function closeIssue(world: World, issue: Issue, at: number): void {
  issue.state = 'CLOSED';
  issue.closedAt = advance(world, at);
  issue.updatedAt = issue.closedAt;
}

export function reopenIssue(world: World, issue: Issue, at: number): void {
  issue.state = 'OPEN';
  issue.closedAt = null;
  issue.updatedAt = advance(world, at);
}
