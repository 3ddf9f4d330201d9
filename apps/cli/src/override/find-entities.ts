import { usageError } from '@bellwether/core';
import {
  type DeploymentRow,
  deployments,
  type IncidentRow,
  incidents,
  type Warehouse,
} from '@bellwether/warehouse';

type Deployment = Pick<DeploymentRow, 'repo' | 'deployment_id' | 'ref'>;
type Incident = Pick<IncidentRow, 'repo' | 'incident_id'>;

const SHOWN = 5;

/**
 * A deployment by its id, by the end of its id, or by its tag where only one has it.
 *
 * @throws BellwetherError `entity-unknown` with the nearest, `entity-ambiguous`
 */
export async function findDeployment(warehouse: Warehouse, text: string): Promise<Deployment> {
  const found = await warehouse.readRows(deployments, ['repo', 'deployment_id', 'ref'], {
    sql: "deployment_id = {text:String} OR ref = {text:String} OR endsWith(deployment_id, concat('@', {text:String}))",
    params: { text },
  });
  // Of several under one tag, the one with this very id is meant.
  const exact = found.filter(({ deployment_id: id }) => id === text);
  const [match, other] = exact.length > 0 ? exact : found;
  if (match !== undefined && other === undefined) return match;
  const ids = found.map(({ deployment_id: id }) => id);
  if (ids.length > 0) throw ambiguous(text, ids);
  throw unknown('deployment', text, await nearest(warehouse, 'domain.deployments', 'deployment_id', text));
}

/**
 * An incident by its id, or by the number of its issue (`#12`) where only one has it.
 *
 * @throws BellwetherError `entity-unknown` with the nearest, `entity-ambiguous`
 */
export async function findIncident(warehouse: Warehouse, text: string): Promise<Incident> {
  const found = await warehouse.readRows(incidents, ['repo', 'incident_id'], {
    sql: "incident_id = {text:String} OR (startsWith({text:String}, '#') AND endsWith(incident_id, {text:String})) OR endsWith(incident_id, concat('/', {text:String}))",
    params: { text },
  });
  const exact = found.filter(({ incident_id: id }) => id === text);
  const [match, other] = exact.length > 0 ? exact : found;
  if (match !== undefined && other === undefined) return match;
  const ids = found.map(({ repo, incident_id: id }) => (exact.length > 0 ? `${id} of ${repo}` : id));
  if (ids.length > 0) throw ambiguous(text, ids);
  throw unknown('incident', text, await nearest(warehouse, 'domain.incidents', 'incident_id', text));
}

async function nearest(
  warehouse: Warehouse,
  table: 'domain.deployments' | 'domain.incidents',
  column: 'deployment_id' | 'incident_id',
  text: string,
): Promise<string[]> {
  const rows = await warehouse.query<{ id: string }>(
    `SELECT DISTINCT ${column} AS id FROM ${table} FINAL
     ORDER BY ngramDistanceCaseInsensitive(id, {text:String}), id LIMIT ${String(SHOWN)}`,
    { text: text.slice(0, 500) },
  );
  return rows.map(({ id }) => id);
}

function unknown(kind: string, text: string, near: readonly string[]): Error {
  return usageError(
    'entity-unknown',
    `No ${kind} is known under "${text.slice(0, 200)}".`,
    near.length === 0
      ? `There is no ${kind} at all yet; collect or import some.`
      : `Nearest are: ${near.join(', ')}`,
  );
}

function ambiguous(text: string, ids: readonly string[]): Error {
  return usageError(
    'entity-ambiguous',
    `"${text.slice(0, 200)}" can be several things.`,
    `Say which: ${ids.slice(0, 2 * SHOWN).join(', ')}`,
  );
}
