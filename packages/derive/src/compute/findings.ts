import type { DeploymentOutcomeRow, FindingRow, IncidentFactRow } from '@bellwether/warehouse';
import { type BackwardBuilds, ofBuilds } from '../builds/build-findings.ts';
import type { DomainDeployment, DomainPullRequest } from '../domain-snapshot.ts';
import { type CatalogueFindingInput, ofCatalogue } from './catalogue-findings.ts';
import type { ChangeDeployment } from './change-deployments.ts';
import type { Change } from './change.ts';
import type { ChosenDeployments } from './environments.ts';
import { finding } from './finding-fixes.ts';
import type { History } from './history.ts';
import type { ReleaseLine } from './release-line.ts';
import type { SilencedSignal } from './silenced-signals.ts';
import type { AllTestimony } from './testimony.ts';

export interface FindingInput extends CatalogueFindingInput {
  repo: string;
  history: History;
  lines: readonly ReleaseLine[];
  deployments: readonly DomainDeployment[];
  changeDeployments: readonly ChangeDeployment[];
  unresolvedReverts: readonly { change: Change; target: string }[];
  testimony: AllTestimony;
  silenced: readonly SilencedSignal[];
  environmentsLeftOut: ChosenDeployments['leftOut'];
  outcomes: readonly DeploymentOutcomeRow[];
  incidents: readonly IncidentFactRow[];
  /** Builds whose times run backwards, by pipeline. */
  backwardBuilds: readonly BackwardBuilds[];
  /** Merged into the default branch, by their record. */
  pullRequests: readonly DomainPullRequest[];
}

type Finding = Omit<FindingRow, 'repo'>;

/** What is wrong with the data of a repository: whatever a figure had to leave out, one row per thing. */
export function computeFindings(input: FindingInput): FindingRow[] {
  const found = [
    ...ofCommits(input),
    ...ofDeployments(input),
    ...ofChanges(input),
    ...ofSignals(input),
    ...ofIncidents(input),
    ...ofIncidentDates(input),
    ...ofBuilds(input.backwardBuilds),
    ...ofCatalogue(input),
  ];
  return found.map((finding) => ({ repo: input.repo, ...finding }));
}

function ofCommits({ history }: FindingInput): Finding[] {
  const badDates = history.commits
    .filter(({ authored_at, committed_at }) => authored_at === null || committed_at === null)
    .map((commit) =>
      finding(
        'unrealistic-commit-date',
        commit.sha,
        `${commit.authored_at === null ? 'author' : 'committer'} date before 1970 or in the future`,
      ),
    );
  const cuts = history.missingParents.map((sha) =>
    finding('missing-parent', sha, 'named as a parent, but not collected: the history was cut here'),
  );
  return [...badDates, ...cuts];
}

function ofDeployments({ deployments, lines, outcomes }: FindingInput): Finding[] {
  const undated = deployments
    .filter(({ finished_at, environment_kind }) => finished_at === null && environment_kind !== 'prerelease')
    .map(({ deployment_id, service }) =>
      finding(
        'unrealistic-deployment-date',
        deployment_id,
        'dated before 1970 or in the future, so it is not counted',
        service,
      ),
    );
  const unknownCommits = lines.flatMap((line) =>
    line.releases
      .filter((_, position) => line.releaseCommit[position] === -1)
      .map(({ deployment_id, sha }) =>
        finding(
          'unknown-deployment-commit',
          deployment_id,
          sha === null ? 'it names no revision' : `${sha} is not in the history`,
          line.service,
        ),
      ),
  );
  const backwards = outcomes
    .filter(({ failed_at, recovered_at }) => (recovered_at ?? Infinity) < (failed_at ?? -Infinity))
    .map(({ deployment_id, incident_id, service }) =>
      finding(
        'negative-recovery-time',
        deployment_id,
        `${incident_id ?? 'the incident'} was resolved before the deployment had finished`,
        service,
      ),
    );
  return [...undated, ...unknownCommits, ...backwards];
}

function ofChanges(input: FindingInput): Finding[] {
  const negative = input.changeDeployments
    .filter(({ row }) => row.lead_time_gap === 'negative')
    .map(({ row }) =>
      finding(
        'negative-lead-time',
        `${row.change_id} ${row.deployment_id}`,
        'deployed before the work began, by the recorded dates',
        row.service,
      ),
    );
  const reverts = input.unresolvedReverts.map(({ change, target }) =>
    finding(
      'unresolved-revert',
      change.row.change_id,
      `says it reverts ${target}, which is not on the default branch`,
    ),
  );
  const unlanded = pullRequestsWithoutCommit(input).map(({ number }) =>
    finding(
      'unlanded-pull-request',
      `${input.repo}#${String(number)}`,
      'merged into the default branch, but no commit of it is there',
    ),
  );
  return [...negative, ...uniqueByEntity(reverts), ...unlanded];
}

function ofSignals({ silenced, environmentsLeftOut }: FindingInput): Finding[] {
  const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
  const quiet = silenced.map(({ service, environment, signal, count, by, since }) =>
    finding(
      'silenced-signal',
      `${service} ${environment} ${signal}`,
      `${String(count)} not counted, though the last ${by} is from ${dayOf(since)}`,
      service,
    ),
  );
  const unmapped = environmentsLeftOut.filter(({ kind }) => kind === 'other');
  const surplus = environmentsLeftOut.filter(({ kind }) => kind !== 'other');
  return [
    ...quiet,
    ...oneFor(unmapped, 'unmapped-environment', 'what it is for is not known, see deployments.environments'),
    ...oneFor(surplus, 'environment-without-facts', 'one of too many of its kind'),
  ];
}

/** One row for all: a platform can make an environment for each pull request. */
function oneFor(
  [busiest, ...others]: FindingInput['environmentsLeftOut'],
  kind: FindingRow['kind'],
  why: string,
): Finding[] {
  if (busiest === undefined) return [];
  const more = others.length === 0 ? '' : `; others like it: ${String(others.length)}`;
  return [finding(kind, busiest.environment, why + more, busiest.service)];
}

function ofIncidentDates({ incidents, lines }: FindingInput): Finding[] {
  return incidents
    .filter(({ is_primary }) => is_primary)
    .flatMap((incident) => {
      const { incident_id, service, opened_at, resolve_gap } = incident;
      const backwards = finding(
        'incident-resolved-before-opened',
        incident_id,
        'resolved before it was opened, so how long it took is not known',
        service,
      );
      const releases = lines
        .filter((line) => line.service === service)
        .flatMap((line) => line.releases[0] ?? []);
      const isTooEarly = releases.length > 0 && releases.every(({ finished_at }) => opened_at < finished_at);
      const early = finding(
        'incident-before-any-deployment',
        incident_id,
        `opened before the first deployment of ${service} that is known`,
        service,
      );
      return [...(resolve_gap === 'negative' ? [backwards] : []), ...(isTooEarly ? [early] : [])];
    });
}

function ofIncidents({ testimony }: FindingInput): Finding[] {
  const causes = testimony.unresolvedCauses.map(({ incident, name }) =>
    finding(
      'unresolved-incident-cause',
      incident.incident_id,
      `names "${name.slice(0, 200)}" as its cause, which is no deployment that is known`,
      incident.service,
    ),
  );
  const homeless = testimony.homeless.map(({ incident_id, service }) =>
    finding(
      'incident-without-service',
      incident_id,
      service === ''
        ? 'says neither which service it hit nor what caused it'
        : `hit ${service.slice(0, 200)}, of which no deployment to production is known`,
    ),
  );
  const rulings = testimony.unresolvedRulings.map((entity) =>
    finding('unresolved-ruling', entity, 'somebody ruled on it, and it is no deployment that counts'),
  );
  return [...causes, ...homeless, ...rulings];
}

/** Where the history was cut, older pull requests have no commit, and that is said once for all of them. */
function pullRequestsWithoutCommit({ history, pullRequests }: FindingInput): readonly DomainPullRequest[] {
  if (history.commits.length === 0 || history.missingParents.length > 0) return [];
  const landed = new Set([...history.landed.values()].map(({ number }) => number));
  return pullRequests.filter(({ number }) => !landed.has(number));
}

/** A change may name several things that are not there; one finding is enough to look at it. */
function uniqueByEntity(rows: readonly Finding[]): Finding[] {
  return [...new Map(rows.map((row) => [row.entity, row])).values()];
}
