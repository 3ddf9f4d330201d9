// Generated from the folder names by `npm run registries`; do not edit.
import { metric as abandonedPullRequests } from './abandoned-pull-requests/metric.ts';
import { metric as botFindings } from './bot-findings/metric.ts';
import { metric as branchProtectionCoverage } from './branch-protection-coverage/metric.ts';
import { metric as changeCausedIncidentRate } from './change-caused-incident-rate/metric.ts';
import { metric as changeFailRate } from './change-fail-rate/metric.ts';
import { metric as changeLeadTime } from './change-lead-time/metric.ts';
import { metric as changeRevertRate } from './change-revert-rate/metric.ts';
import { metric as changesAwaitingDeployment } from './changes-awaiting-deployment/metric.ts';
import { metric as ciCost } from './ci-cost/metric.ts';
import { metric as ciJobTime } from './ci-job-time/metric.ts';
import { metric as ciQueueTime } from './ci-queue-time/metric.ts';
import { metric as ciRetryRate } from './ci-retry-rate/metric.ts';
import { metric as ciRunTime } from './ci-run-time/metric.ts';
import { metric as ciSuccessRate } from './ci-success-rate/metric.ts';
import { metric as ciTimeLost } from './ci-time-lost/metric.ts';
import { metric as codeOwnerCoverage } from './code-owner-coverage/metric.ts';
import { metric as codingTime } from './coding-time/metric.ts';
import { metric as crossTeamReviewRate } from './cross-team-review-rate/metric.ts';
import { metric as cycleTime } from './cycle-time/metric.ts';
import { metric as dataFindings } from './data-findings/metric.ts';
import { metric as deployTime } from './deploy-time/metric.ts';
import { metric as deploymentBatchSize } from './deployment-batch-size/metric.ts';
import { metric as deploymentFrequency } from './deployment-frequency/metric.ts';
import { metric as deploymentLinkRate } from './deployment-link-rate/metric.ts';
import { metric as deploymentRevisionRate } from './deployment-revision-rate/metric.ts';
import { metric as deploymentReworkRate } from './deployment-rework-rate/metric.ts';
import { metric as deploymentSuccessRate } from './deployment-success-rate/metric.ts';
import { metric as failedDeploymentRecoveryTime } from './failed-deployment-recovery-time/metric.ts';
import { metric as flakyRunRate } from './flaky-run-rate/metric.ts';
import { metric as incidentAcknowledgeTime } from './incident-acknowledge-time/metric.ts';
import { metric as incidentAttributionRate } from './incident-attribution-rate/metric.ts';
import { metric as incidentResolveTime } from './incident-resolve-time/metric.ts';
import { metric as incidents } from './incidents/metric.ts';
import { metric as knowledgeConcentration } from './knowledge-concentration/metric.ts';
import { metric as lintAdoption } from './lint-adoption/metric.ts';
import { metric as mergeQueueTime } from './merge-queue-time/metric.ts';
import { metric as mergeWaitTime } from './merge-wait-time/metric.ts';
import { metric as outOfHoursIncidentRate } from './out-of-hours-incident-rate/metric.ts';
import { metric as pickupTime } from './pickup-time/metric.ts';
import { metric as pullRequestSize } from './pull-request-size/metric.ts';
import { metric as reviewDepth } from './review-depth/metric.ts';
import { metric as reviewLoadBalance } from './review-load-balance/metric.ts';
import { metric as reviewResponseTime } from './review-response-time/metric.ts';
import { metric as reviewRounds } from './review-rounds/metric.ts';
import { metric as reviewTime } from './review-time/metric.ts';
import { metric as selfMergeRate } from './self-merge-rate/metric.ts';
import { metric as silentApprovalRate } from './silent-approval-rate/metric.ts';
import { metric as sourceFreshness } from './source-freshness/metric.ts';
import { metric as teamAttributionRate } from './team-attribution-rate/metric.ts';
import { metric as timeToFirstReview } from './time-to-first-review/metric.ts';
import { metric as timeToGreen } from './time-to-green/metric.ts';
import { metric as truncations } from './truncations/metric.ts';
import { metric as workInProgress } from './work-in-progress/metric.ts';

export const metrics = [
  abandonedPullRequests,
  botFindings,
  branchProtectionCoverage,
  changeCausedIncidentRate,
  changeFailRate,
  changeLeadTime,
  changeRevertRate,
  changesAwaitingDeployment,
  ciCost,
  ciJobTime,
  ciQueueTime,
  ciRetryRate,
  ciRunTime,
  ciSuccessRate,
  ciTimeLost,
  codeOwnerCoverage,
  codingTime,
  crossTeamReviewRate,
  cycleTime,
  dataFindings,
  deployTime,
  deploymentBatchSize,
  deploymentFrequency,
  deploymentLinkRate,
  deploymentRevisionRate,
  deploymentReworkRate,
  deploymentSuccessRate,
  failedDeploymentRecoveryTime,
  flakyRunRate,
  incidentAcknowledgeTime,
  incidentAttributionRate,
  incidentResolveTime,
  incidents,
  knowledgeConcentration,
  lintAdoption,
  mergeQueueTime,
  mergeWaitTime,
  outOfHoursIncidentRate,
  pickupTime,
  pullRequestSize,
  reviewDepth,
  reviewLoadBalance,
  reviewResponseTime,
  reviewRounds,
  reviewTime,
  selfMergeRate,
  silentApprovalRate,
  sourceFreshness,
  teamAttributionRate,
  timeToFirstReview,
  timeToGreen,
  truncations,
  workInProgress,
] as const;
