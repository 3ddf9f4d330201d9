import { usageError } from '@bellwether/core';
import {
  type ChangeDeploymentRow,
  changeDeployments,
  type ChangeRow,
  changes,
  type DeploymentOutcomeRow,
  deploymentOutcomes,
  type OverrideRow,
  overrides,
  type Warehouse,
} from '@bellwether/warehouse';

/** What `--entity` can name, with the facts that its figures come from. */
export type Entity =
  | {
      kind: 'change';
      change: ChangeRow;
      deployments: ChangeDeploymentRow[];
      outcomes: DeploymentOutcomeRow[];
    }
  | {
      kind: 'deployment';
      outcome: DeploymentOutcomeRow;
      brought: ChangeDeploymentRow[];
      /** On it, and on the incident behind its failure. */
      rulings: OverrideRow[];
    };

/** Enough to choose from, few enough to read. */
const CANDIDATES_SHOWN = 10;

/**
 * Finds a change (`#123`, `<repo>#123`, a sha or its beginning) or a deployment (its id, its tag).
 *
 * @throws BellwetherError `entity-unknown`, `entity-ambiguous`
 */
export async function findEntity(warehouse: Warehouse, text: string): Promise<Entity> {
  const candidates = [...(await findChanges(warehouse, text)), ...(await findDeployments(warehouse, text))];
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only.load();
  if (only === undefined) {
    throw usageError(
      'entity-unknown',
      `Nothing is known under "${text.slice(0, 200)}".`,
      'Name a change (#123 or a sha) or a deployment (its tag); `bellwether query "SELECT * FROM metrics.change_lead_time LIMIT 5"` shows some.',
    );
  }
  const ids = candidates.slice(0, CANDIDATES_SHOWN).map(({ id }) => id);
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

async function findChanges(warehouse: Warehouse, text: string): Promise<Candidate[]> {
  const rows = await warehouse.readRows(changes, Object.keys(changes.columns) as (keyof ChangeRow)[], {
    sql: `change_id = {text:String}
      OR ({number:UInt32} > 0 AND number = {number:UInt32})
      OR ({isSha:Bool} AND (startsWith(merge_sha, {text:String}) OR arrayExists(sha -> startsWith(sha, {text:String}), commit_shas)))`,
    params: {
      text,
      number: Number(/^#(\d{1,9})$/.exec(text)?.[1] ?? 0),
      isSha: /^[0-9a-f]{7,64}$/.test(text),
    },
  });
  return rows.map((change) => ({ id: change.change_id, load: () => loadChange(warehouse, change) }));
}

async function loadChange(warehouse: Warehouse, change: ChangeRow): Promise<Entity> {
  const deployments = await warehouse.readRows(
    changeDeployments,
    Object.keys(changeDeployments.columns) as (keyof ChangeDeploymentRow)[],
    { sql: 'change_id = {id:String}', params: { id: change.change_id } },
  );
  const outcomes = await warehouse.readRows(
    deploymentOutcomes,
    Object.keys(deploymentOutcomes.columns) as (keyof DeploymentOutcomeRow)[],
    {
      sql: 'deployment_id IN {ids:Array(String)}',
      params: { ids: deployments.map(({ deployment_id }) => deployment_id) },
    },
  );
  return { kind: 'change', change, deployments, outcomes };
}

async function findDeployments(warehouse: Warehouse, text: string): Promise<Candidate[]> {
  const rows = await warehouse.readRows(
    deploymentOutcomes,
    Object.keys(deploymentOutcomes.columns) as (keyof DeploymentOutcomeRow)[],
    { sql: 'deployment_id = {text:String} OR ref = {text:String}', params: { text } },
  );
  return rows.map((outcome) => ({
    id: outcome.deployment_id,
    load: async () => ({
      kind: 'deployment' as const,
      outcome,
      brought: await warehouse.readRows(
        changeDeployments,
        Object.keys(changeDeployments.columns) as (keyof ChangeDeploymentRow)[],
        { sql: 'deployment_id = {id:String}', params: { id: outcome.deployment_id } },
      ),
      rulings: await readRulings(warehouse, outcome),
    }),
  }));
}

function readRulings(
  warehouse: Warehouse,
  { deployment_id, incident_id }: DeploymentOutcomeRow,
): Promise<OverrideRow[]> {
  return warehouse.readRows(overrides, Object.keys(overrides.columns) as (keyof OverrideRow)[], {
    sql: "(kind = 'failure' AND entity = {deployment:String}) OR (kind = 'attribution' AND entity = {incident:String})",
    params: { deployment: deployment_id, incident: incident_id ?? '' },
  });
}
