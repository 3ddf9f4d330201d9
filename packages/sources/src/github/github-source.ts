import { defineSource } from '../source.ts';
import { openSession, type ProbedSession, type ProbedTarget } from './open-session.ts';
import { branchRuleStream } from './streams/branch-rules.ts';
import { buildStream } from './streams/builds.ts';
import { codeOwnerStream } from './streams/code-owners.ts';
import { commitStream } from './streams/commits.ts';
import { deploymentStream } from './streams/deployments.ts';
import { incidentStream } from './streams/incidents.ts';
import { pullRequestStream } from './streams/pull-requests.ts';
import { releaseStream } from './streams/releases.ts';
import { repositoryStream } from './streams/repository.ts';
import { tagStream } from './streams/tags.ts';

/** Repositories of a GitHub. `collectGitHub` finds the targets; the repository comes first, as all others belong to it. */
export const source = defineSource<ProbedTarget, ProbedSession>({
  name: 'github',
  streams: [
    repositoryStream,
    codeOwnerStream,
    branchRuleStream,
    pullRequestStream,
    commitStream,
    deploymentStream,
    releaseStream,
    tagStream,
    buildStream,
    incidentStream,
  ],
  describe: ({ api, owner, name }) => `${api.host}/${owner}/${name}`,
  open: openSession,
});
