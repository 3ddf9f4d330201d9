import { defineSource } from '../source.ts';
import { beginsAgain } from './begin-again.ts';
import { needsPermission } from './needs-permission.ts';
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
    needsPermission({ permission: 'contents', what: 'code owners', stream: codeOwnerStream }),
    branchRuleStream,
    needsPermission({ permission: 'pull-requests', what: 'pull requests', stream: pullRequestStream }),
    needsPermission({
      permission: 'contents',
      what: 'commits',
      stream: beginsAgain(commitStream),
      isWanted: ({ github }) => github.commits !== 'off',
    }),
    needsPermission({
      permission: 'deployments',
      what: 'deployments',
      stream: beginsAgain(deploymentStream),
    }),
    needsPermission({ permission: 'contents', what: 'releases', stream: releaseStream }),
    needsPermission({ permission: 'contents', what: 'tags', stream: tagStream }),
    buildStream,
    needsPermission({ permission: 'issues', what: 'incidents', stream: beginsAgain(incidentStream) }),
  ],
  describe: ({ api, owner, name }) => `${api.host}/${owner}/${name}`,
  open: openSession,
});
