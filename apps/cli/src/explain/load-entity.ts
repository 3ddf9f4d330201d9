import {
  type ChangeDeploymentRow,
  changeDeployments,
  type ChangeRow,
  type DeploymentOutcomeRow,
  deploymentOutcomes,
  type IncidentFactRow,
  incidentFacts,
  type OverrideRow,
  overrides,
  type PullRequestFactRow,
  pullRequestFacts,
  type ReviewFactRow,
  reviewFacts,
  type RowOf,
  type Table,
  type Warehouse,
} from '@bellwether/warehouse';

/** What can be known of a review without saying who wrote it. */
export type CountedReview = Omit<ReviewFactRow, 'reviewer_key'>;

/** What `--entity` can name, with the facts that its figures come from. */
export type Entity =
  | {
      kind: 'change';
      change: ChangeRow;
      /** Null for a commit, and where pull requests were not collected. */
      pull: PullRequestFactRow | null;
      reviews: CountedReview[];
      deployments: ChangeDeploymentRow[];
      outcomes: DeploymentOutcomeRow[];
    }
  | { kind: 'pull_request'; pull: PullRequestFactRow; reviews: CountedReview[] }
  | {
      kind: 'deployment';
      outcome: DeploymentOutcomeRow;
      brought: ChangeDeploymentRow[];
      /** Those that are held against it. */
      incidents: IncidentFactRow[];
      /** On it, and on the incident behind its failure. */
      rulings: OverrideRow[];
    }
  | {
      kind: 'incident';
      incident: IncidentFactRow;
      cause: DeploymentOutcomeRow | null;
      rulings: OverrideRow[];
    };

export function allColumns<T extends Table>(table: T): (keyof RowOf<T> & string)[] {
  return Object.keys(table.columns);
}

export async function loadChange(warehouse: Warehouse, change: ChangeRow): Promise<Entity> {
  const { repo, number, change_id } = change;
  const deployments = await warehouse.readRows(changeDeployments, allColumns(changeDeployments), {
    sql: 'repo = {repo:String} AND change_id = {id:String}',
    params: { repo, id: change_id },
  });
  const ids = deployments.map(({ deployment_id }) => deployment_id);
  const outcomes = await warehouse.readRows(deploymentOutcomes, allColumns(deploymentOutcomes), {
    sql: 'repo = {repo:String} AND deployment_id IN {ids:Array(String)}',
    params: { repo, ids },
  });
  const [pull = null] =
    number === null
      ? []
      : await warehouse.readRows(pullRequestFacts, allColumns(pullRequestFacts), {
          sql: 'repo = {repo:String} AND number = {number:UInt32}',
          params: { repo, number },
        });
  const reviews = pull === null ? [] : await readReviews(warehouse, pull);
  return { kind: 'change', change, pull, reviews, deployments, outcomes };
}

export async function loadPullRequest(warehouse: Warehouse, pull: PullRequestFactRow): Promise<Entity> {
  return { kind: 'pull_request', pull, reviews: await readReviews(warehouse, pull) };
}

async function readReviews(
  warehouse: Warehouse,
  { repo, number }: PullRequestFactRow,
): Promise<CountedReview[]> {
  const columns = allColumns(reviewFacts).filter((name) => name !== 'reviewer_key');
  const rows: CountedReview[] = await warehouse.readRows(reviewFacts, columns, {
    sql: 'repo = {repo:String} AND number = {number:UInt32}',
    params: { repo, number },
  });
  return rows.sort((a, b) => a.submitted_at - b.submitted_at);
}

export async function loadDeployment(warehouse: Warehouse, outcome: DeploymentOutcomeRow): Promise<Entity> {
  const { repo, deployment_id: id, incident_id } = outcome;
  return {
    kind: 'deployment',
    outcome,
    brought: await warehouse.readRows(changeDeployments, allColumns(changeDeployments), {
      sql: 'repo = {repo:String} AND deployment_id = {id:String}',
      params: { repo, id },
    }),
    incidents: await warehouse.readRows(incidentFacts, allColumns(incidentFacts), {
      sql: 'repo = {repo:String} AND deployment_id = {id:String}',
      params: { repo, id },
    }),
    rulings: await readRulings(warehouse, id, incident_id ?? ''),
  };
}

export async function loadIncident(warehouse: Warehouse, incident: IncidentFactRow): Promise<Entity> {
  const { repo, deployment_id: id, incident_id } = incident;
  const [cause = null] =
    id === ''
      ? []
      : await warehouse.readRows(deploymentOutcomes, allColumns(deploymentOutcomes), {
          sql: 'repo = {repo:String} AND deployment_id = {id:String}',
          params: { repo, id },
        });
  return { kind: 'incident', incident, cause, rulings: await readRulings(warehouse, id, incident_id) };
}

function readRulings(warehouse: Warehouse, deployment: string, incident: string): Promise<OverrideRow[]> {
  return warehouse.readRows(overrides, allColumns(overrides), {
    sql: "(kind = 'failure' AND entity = {deployment:String}) OR (kind = 'attribution' AND entity = {incident:String})",
    params: { deployment, incident },
  });
}
