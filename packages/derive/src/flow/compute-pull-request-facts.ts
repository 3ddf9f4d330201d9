import type { FindingRow, PullRequestFactRow, ReviewFactRow } from '@bellwether/warehouse';
import type { FlowFacts, FlowInput } from './flow-input.ts';
import { type FlowContext, flowContext } from './flow-context.ts';
import { pullRequestRow } from './pull-request-row.ts';
import { reviewRows } from './review-rows.ts';
import { subjectOf } from './subject.ts';

/**
 * The facts of every pull request of one repository and of the reviews that people gave. Pure: the same rows in any
 * order give the same facts.
 */
export function computePullRequestFacts(input: FlowInput): FlowFacts {
  const context: FlowContext = flowContext(input);
  const pullRequests: PullRequestFactRow[] = [];
  const reviews: ReviewFactRow[] = [];
  const findings: FindingRow[] = [];
  for (const pullRequest of input.pullRequests) {
    const subject = subjectOf(pullRequest, context);
    const given = reviewRows(subject, context);
    const { row, negative } = pullRequestRow(subject, given, context);
    pullRequests.push(row);
    for (const review of given) reviews.push(review);
    for (const { about, detail, fix } of negative) {
      const entity = about === 'cycle' ? row.change_id : `${row.change_id} ${about}`;
      findings.push({ repo: input.repo, service: '', kind: 'negative-stage', entity, detail, fix });
    }
  }
  return { pullRequests, reviews, findings };
}
