import type { FindingRow } from '@bellwether/warehouse';

type Kind = FindingRow['kind'];

/** The next step for whoever wants the figure to be right: one sentence per kind. */
const fixes: Record<Kind, string> = {
  'unrealistic-commit-date':
    'Nothing can be done about a published commit; mend the clock of the machine that made it.',
  'unrealistic-deployment-date': 'Import the deployment again with the time at which it really finished.',
  'negative-lead-time':
    'Look at the clock of whatever recorded the deployment, or override its time by importing it again.',
  'unknown-deployment-commit':
    'Let the deployment name a commit of this repository, or collect the whole history.',
  'missing-parent': 'Fetch the rest of the history (git fetch --unshallow) and collect again.',
  'unresolved-revert': 'Name the whole sha or the number of the pull request in the commit that reverts.',
  'unlanded-pull-request':
    'Fetch the default branch and collect again; its merge is not in the history that was read.',
  'negative-recovery-time':
    'Correct when the incident was resolved, or which deployment it names as its cause.',
  'unresolved-incident-cause':
    'Name a deployment by its id, tag or sha, or rule on it with bellwether override.',
  'unresolved-ruling': 'Rule on a deployment that counts; bellwether override list shows the rulings.',
  'incident-without-service': 'Give the incident the label of a service that is deployed, or name its cause.',
  'silenced-signal': 'Put the living signal first in deployments.signals.',
  'environment-without-facts':
    'Give environments that come and go a name that deployments.environments puts under development.',
  'negative-stage':
    'Look at the clocks behind the dates of this pull request; the figure stays unknown until they agree.',
  'negative-build-time': 'Look at the clock of the machines that run this pipeline.',
  'incident-resolved-before-opened': 'Correct the dates of the incident where it was written down.',
  'incident-before-any-deployment':
    'Import the deployments before that date, or correct which service it hit.',
  'unmapped-environment': 'Say what the environment is for under deployments.environments.',
  'service-without-owner': 'Give the service the name of a team as its owner in the catalogue.',
  'globs-match-nothing': 'Correct the paths of the service in the catalogue.',
  'authors-without-team':
    'Add them to a team at the source, or collect the teams of the organisation they belong to.',
  'team-in-two-groups': 'Leave one entry of the team for each time under teams in the configuration.',
  'overlapping-membership': 'Close the earlier membership before the later one begins.',
  'unknown-time-zone': 'Use a name of the IANA list such as Europe/Berlin.',
};

/** A finding with its next step. */
export function finding(kind: Kind, entity: string, detail: string, service = ''): Omit<FindingRow, 'repo'> {
  return { kind, service, entity, detail, fix: fixes[kind] };
}
