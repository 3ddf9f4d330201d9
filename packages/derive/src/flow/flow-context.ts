import type { Instant } from '@bellwether/core';
import { compareBytewise } from '@bellwether/lineage';
import type { FlowChange, FlowInput } from './flow-input.ts';
import type { FlowEvent, FlowRequest, FlowReview } from './read-flow.ts';
import { rowsBy } from './rows-by.ts';
import { serviceChoice, type ServiceChoice } from './service-choice.ts';
import { type Size, sizeMeter } from './size.ts';
import type { FirstDeployment } from './timing.ts';

/** What is looked up for every pull request of a repository. */
export interface FlowContext {
  input: FlowInput;
  reviewsOf: (number: number) => readonly FlowReview[];
  requestsOf: (number: number) => readonly FlowRequest[];
  /** In order of time. */
  eventsOf: (number: number) => readonly FlowEvent[];
  /** What put it on the default branch, if something did. */
  changeOf: (number: number) => FlowChange | undefined;
  deploymentOf: (changeId: string) => FirstDeployment | undefined;
  /** When a later change that took it back was merged. */
  revertedAt: (changeId: string) => Instant | null;
  servicesOf: ServiceChoice;
  sizeOf: (pullRequest: Parameters<ReturnType<typeof sizeMeter>>[0]) => Size;
}

export function flowContext(input: FlowInput): FlowContext {
  const reviews = rowsBy(input.reviews, ({ number }) => number);
  const requests = rowsBy(input.requests, ({ number }) => number);
  const events = rowsBy(input.events, ({ number }) => number);
  const changes = new Map<number, FlowChange>();
  for (const change of input.changes) if (change.row.number !== null) changes.set(change.row.number, change);
  const primary = new Map<string, FirstDeployment>();
  for (const row of input.changeDeployments) if (row.is_primary) primary.set(row.change_id, row);
  const reverted = revertTimes(input.reverts);
  return {
    input,
    reviewsOf: (number) => reviews.get(number) ?? [],
    requestsOf: (number) => requests.get(number) ?? [],
    eventsOf: (number) => events.get(number)?.sort(byTime) ?? [],
    changeOf: (number) => changes.get(number),
    deploymentOf: (changeId) => primary.get(changeId),
    revertedAt: (changeId) => reverted.get(changeId) ?? null,
    servicesOf: serviceChoice(input),
    sizeOf: sizeMeter(input.rules.pullRequests.generated),
  };
}

/** Within a second by name, which lets a pull request leave a draft or the queue before it comes back. */
function byTime(a: FlowEvent, b: FlowEvent): number {
  return a.at - b.at || compareBytewise(a.kind, b.kind) || compareBytewise(a.subject, b.subject);
}

/** The first of several; a revert that is older than what it takes back was merged by a wrong clock. */
function revertTimes(reverts: FlowInput['reverts']): Map<string, Instant> {
  const times = new Map<string, Instant>();
  for (const { revert, original } of reverts) {
    const { merged_at } = revert.row;
    if (merged_at === null || merged_at < (original.row.merged_at ?? merged_at)) continue;
    const { change_id } = original.row;
    times.set(change_id, Math.min(times.get(change_id) ?? merged_at, merged_at));
  }
  return times;
}
