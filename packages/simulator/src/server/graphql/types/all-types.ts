import type { TypeResolvers } from '../define-type.ts';
import { bot, user, userStatus } from './actor.ts';
import { checkRun, checkSuite, workflow, workflowRun } from './checks.ts';
import { commit, gitActor } from './commit.ts';
import { deployment, deploymentStatus } from './deployment.ts';
import { issue } from './issue.ts';
import { label } from './label.ts';
import { organization } from './organization.ts';
import {
  branchProtectionRule,
  pullRequestParameters,
  refNameCondition,
  rule,
  ruleset,
  rulesetConditions,
} from './protection.ts';
import { pullRequest, pullRequestChangedFile, pullRequestCommit } from './pull-request.ts';
import { query, rateLimit } from './query.ts';
import { blob, ref, tag } from './ref.ts';
import { release } from './release.ts';
import { language, repository } from './repository.ts';
import { review, reviewRequest } from './review.ts';
import { team } from './team.ts';
import { timelineEvents } from './timeline.ts';

/** Every type that the simulator can show. */
export const allTypes: readonly TypeResolvers[] = [
  blob,
  bot,
  branchProtectionRule,
  checkRun,
  checkSuite,
  commit,
  deployment,
  deploymentStatus,
  gitActor,
  issue,
  label,
  language,
  organization,
  pullRequest,
  pullRequestChangedFile,
  pullRequestCommit,
  pullRequestParameters,
  query,
  rateLimit,
  ref,
  refNameCondition,
  release,
  repository,
  review,
  reviewRequest,
  rule,
  ruleset,
  rulesetConditions,
  tag,
  team,
  user,
  userStatus,
  workflow,
  workflowRun,
  ...timelineEvents,
];
