import type { Issue, Repository } from '../model.ts';
import { closeIssue, openIssue } from '../mutations/issues.ts';
import type { FailureResponse } from '../parameters.ts';
import { hour, type Life, members, minute, wait } from './context.ts';
import { deploy, type ReleaseLine } from './release-line.ts';
import { planHotfix, planRevert } from './repairs.ts';
import {
  changesOf,
  type ProductionRecord,
  recordFailure,
  type Recorded,
  recordRollback,
} from './truth-recorder.ts';

/** A release has broken production: it is noticed, perhaps filed as an incident, and answered. */
export function breakProduction(
  line: ReleaseLine,
  broken: Recorded,
  production: ProductionRecord,
  at: number,
): void {
  const { random, parameters, schedule } = line.life;
  const { detectionHours, lateRollbackShare, incidentShare } = parameters.failures;
  const response = chooseResponse(line, broken, production);
  const target = rollbackTarget(production, broken);
  if (
    response === 'rollback' &&
    target &&
    line.productions.length === 1 &&
    random.chance(lateRollbackShare)
  ) {
    line.latent = { broken, target };
    line.isBusy = false;
    return;
  }
  line.isBusy = true;
  schedule.at(at + wait(random, detectionHours, 0.7), (when) => {
    const isFiled = response === 'none' || random.chance(incidentShare);
    const incident = isFiled ? fileIncident(line, broken, when) : null;
    const repaired = (then: number) => endIncident(line, broken, incident, then);
    answer(line, { response, broken, production, target, repaired }, when);
  });
}

/** Noticed only after one more release on top: back to before both. The first that is undone was the broken one. */
export function findLatentFailure(line: ReleaseLine, at: number): void {
  const { random, parameters, schedule } = line.life;
  const { broken, target } = line.latent!;
  line.latent = null;
  schedule.at(at + wait(random, parameters.failures.detectionHours, 0.7), (when) => {
    rollBack(line, line.productions[0]!, { broken, target }, () => (line.isBusy = false), when);
  });
}

interface Answer {
  readonly response: FailureResponse;
  readonly broken: Recorded;
  readonly production: ProductionRecord;
  readonly target: Recorded | null;
  readonly repaired: (at: number) => void;
}

function answer(
  line: ReleaseLine,
  { response, broken, production, target, repaired }: Answer,
  at: number,
): void {
  const { random, parameters, schedule } = line.life;
  const repairAt = at + wait(random, parameters.failures.repairHours, 0.6);
  schedule.at(repairAt, (when) => {
    switch (response) {
      case 'rollback':
        rollBack(line, production, { broken, target: target! }, repaired, when);
        break;
      case 'revert':
        planRevert(line, broken, repaired, when);
        break;
      case 'hotfix':
        planHotfix(line, broken, production, repaired, when);
        break;
      case 'none':
        repaired(when);
        break;
    }
  });
}

/** Only what is possible: there is something to go back to, or a change to take back. */
function chooseResponse(line: ReleaseLine, broken: Recorded, production: ProductionRecord): FailureResponse {
  const weights = { ...line.life.parameters.failures.responses };
  if (rollbackTarget(production, broken) === null) weights.rollback = 0;
  if (changesOf(production, broken).length === 0) weights.revert = 0;
  // In the other productions the deployment before the hotfix was fine, and its name would accuse that one.
  if (line.productions.length > 1) weights.hotfix = 0;
  if (weights.rollback + weights.revert + weights.hotfix + weights.none === 0) weights.none = 1;
  return line.life.random.weighted(weights);
}

/** The deployment before, unless it is a revision of its own that a rollback had put there. */
function rollbackTarget(production: ProductionRecord, broken: Recorded): Recorded | null {
  const before = production.history[production.history.indexOf(broken) - 1];
  return before && before.revision.sha !== broken.revision.sha ? before : null;
}

function rollBack(
  line: ReleaseLine,
  production: ProductionRecord,
  { broken, target }: { broken: Recorded; target: Recorded },
  repaired: (at: number) => void,
  at: number,
): void {
  const { repository } = line.life;
  const { revision } = target;
  deploy(line, production, { revision, ref: repository.defaultBranch }, at, (recorded, when) => {
    recordRollback(broken, recorded);
    repaired(when);
  });
}

function fileIncident(line: ReleaseLine, broken: Recorded, at: number): Issue {
  const { life, service } = line;
  const { random, parameters } = life;
  const { id, finishedAt, commitSha } = broken.deployment;
  const isNamed = random.chance(parameters.failures.incidentNamesDeploymentShare);
  const cause = numberOf(life.repository, id);
  const body = isNamed ? `Deployment: ${cause}\nRevision: ${commitSha}` : 'Customers see errors.';
  const incident = openIncident(life, service, { title: `${service} fails`, body }, at);
  const evidence = isNamed ? 'named-incident' : 'incident';
  // An incident says when the failure was felt, not since when it was there.
  const failedAt = Math.max(incident.createdAt, finishedAt);
  recordFailure(broken, evidence, { failedAt, recoveredAt: null }, incident.number);
  return incident;
}

/** As people call it: nobody sees the node id of a deployment or run. A tag is called by its name. */
function numberOf({ deployments, workflowRuns }: Repository, id: string): string {
  const run = [...workflowRuns.values()].find((each) => each.id === id);
  return String(deployments.get(id)?.databaseId ?? run?.databaseId ?? id);
}

function endIncident(line: ReleaseLine, broken: Recorded, incident: Issue | null, at: number): void {
  const { world, random, schedule } = line.life;
  line.isBusy = false;
  if (!incident) return;
  schedule.at(at + random.integer(5, 50) * minute, (when) => {
    closeIssue(world, incident, when);
    const { failure } = broken.deployment;
    if (failure?.cause === 'incident') broken.deployment.failure = { ...failure, recoveredAt: when };
  });
}

function openIncident(
  { world, repository, random, ...life }: Life,
  service: string,
  { title, body }: { title: string; body: string },
  at: number,
): Issue {
  const author = random.pick(members({ world, team: life.team }));
  const labels = ['incident', `severity/${random.integer(1, 4)}`, `service/${service}`];
  return openIssue(world, repository, { title, body, author, labels }, at);
}

/** Trouble that no release has caused, long after the newest one, so that nobody could blame it. */
export function planUnrelatedIncidents(line: ReleaseLine, from: number): void {
  const { life, service } = line;
  const { world, random, parameters, schedule, end, repository } = life;
  const perYear = parameters.failures.unrelatedIncidentsPerYear / repository.services.length;
  if (perYear <= 0) return;
  const mean = (365.25 * 24 * hour) / perYear;
  for (let at = from + random.exponential(mean); at < end; at += random.exponential(mean)) {
    schedule.at(at, (when) => {
      const newest = Math.max(
        ...line.productions.map(({ history }) => history.at(-1)?.deployment.finishedAt ?? 0),
      );
      if (line.isBusy || when - newest < 72 * hour) return;
      const text = { title: `${service}: a supplier is down`, body: 'Not caused by us.' };
      const incident = openIncident(life, service, text, when);
      schedule.at(when + wait(random, 2, 0.7), (then) => closeIssue(world, incident, then));
    });
  }
}
