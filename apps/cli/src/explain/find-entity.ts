import { usageError } from '@bellwether/core';
import {
  changes,
  deploymentOutcomes,
  incidentFacts,
  pullRequestFacts,
  type Warehouse,
} from '@bellwether/warehouse';
import {
  allColumns,
  type Entity,
  loadChange,
  loadDeployment,
  loadIncident,
  loadPullRequest,
} from './load-entity.ts';

/** Enough to choose from, few enough to read. */
const CANDIDATES_SHOWN = 10;

/**
 * Finds a change or pull request (`#123`, `<repo>#123`, a sha or its beginning), a deployment (its id, its tag) or an
 * incident (its id).
 *
 * @throws BellwetherError `entity-unknown`, `entity-ambiguous`
 */
export async function findEntity(warehouse: Warehouse, text: string): Promise<Entity> {
  const candidates = [
    ...(await findChanges(warehouse, text)),
    ...(await findDeployments(warehouse, text)),
    ...(await findIncidents(warehouse, text)),
  ];
  // Of several things under one tag or number, the one with this very id is meant.
  const exact = candidates.filter(({ id }) => id === text);
  const [only, ...others] = exact.length > 0 ? exact : candidates;
  if (only !== undefined && others.length === 0) return only.load();
  if (only === undefined) {
    throw usageError(
      'entity-unknown',
      `Nothing is known under "${text.slice(0, 200)}".`,
      'Name a change (#123 or a sha), a deployment (its tag) or an incident (its id); `bellwether explain change_lead_time --rows` shows some.',
    );
  }
  const ids = [...new Set(candidates.map(({ id }) => id))].slice(0, CANDIDATES_SHOWN);
  throw usageError(
    'entity-ambiguous',
    `"${text.slice(0, 200)}" can be several things.`,
    `Say which: ${ids.join(', ')}`,
  );
}

interface Candidate {
  id: string;
  load(): Promise<Entity>;
}

/** Changes that landed, and pull requests that did not. */
async function findChanges(warehouse: Warehouse, text: string): Promise<Candidate[]> {
  const number = Number(/^#(\d{1,9})$/.exec(text)?.[1] ?? 0);
  const landed = await warehouse.readRows(changes, allColumns(changes), {
    sql: `change_id = {text:String}
      OR ({number:UInt32} > 0 AND number = {number:UInt32})
      OR ({isSha:Bool} AND (startsWith(merge_sha, {text:String}) OR arrayExists(sha -> startsWith(sha, {text:String}), commit_shas)))`,
    params: { text, number, isSha: /^[0-9a-f]{7,64}$/.test(text) },
  });
  const pulls = await warehouse.readRows(pullRequestFacts, allColumns(pullRequestFacts), {
    sql: "concat(repo, '#', toString(number)) = {text:String} OR ({number:UInt32} > 0 AND number = {number:UInt32})",
    params: { text, number },
  });
  const known = new Set(landed.map(({ change_id }) => change_id));
  return [
    ...landed.map((change) => ({ id: change.change_id, load: () => loadChange(warehouse, change) })),
    ...pulls
      .map((pull) => ({
        id: `${pull.repo}#${String(pull.number)}`,
        load: () => loadPullRequest(warehouse, pull),
      }))
      .filter(({ id }) => !known.has(id)),
  ];
}

async function findDeployments(warehouse: Warehouse, text: string): Promise<Candidate[]> {
  const rows = await warehouse.readRows(deploymentOutcomes, allColumns(deploymentOutcomes), {
    sql: 'deployment_id = {text:String} OR ref = {text:String}',
    params: { text },
  });
  return rows.map((outcome) => ({
    id: outcome.deployment_id,
    load: () => loadDeployment(warehouse, outcome),
  }));
}

/** One that is about several repositories is one thing. */
async function findIncidents(warehouse: Warehouse, text: string): Promise<Candidate[]> {
  const rows = await warehouse.readRows(incidentFacts, allColumns(incidentFacts), {
    sql: "is_primary AND (incident_id = {text:String} OR (startsWith({text:String}, '#') AND endsWith(incident_id, {text:String})))",
    params: { text },
  });
  return rows.map((incident) => ({
    id: incident.incident_id,
    load: () => loadIncident(warehouse, incident),
  }));
}
