import { gitIdentity, personKey, usageError } from '@bellwether/core';
import { removeOverride, storeOverride } from '@bellwether/sources';
import { deploymentOutcomes, type OverrideRow, overrides, type Warehouse } from '@bellwether/warehouse';
import { findDeployment, findIncident } from './find-entities.ts';

/** A ruling as a person gave it. */
export interface Ruling {
  readonly entity: string;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whose address; empty where nobody said. */
  readonly by: string;
  readonly secret: string;
}

/** Rules whether a deployment failed. */
export async function ruleOnFailure(
  warehouse: Warehouse,
  ruling: Ruling,
  isFailure: boolean,
): Promise<OverrideRow> {
  const { repo, deployment_id: entity } = await findDeployment(warehouse, ruling.entity);
  return store(warehouse, ruling, { repo, kind: 'failure', entity, ruling: isFailure ? 'yes' : 'no' });
}

/**
 * Rules which deployment caused an incident.
 *
 * @param deployment null: none did
 */
export async function ruleOnAttribution(
  warehouse: Warehouse,
  ruling: Ruling,
  deployment: string | null,
): Promise<OverrideRow> {
  const { repo, incident_id: entity } = await findIncident(warehouse, ruling.entity);
  const cause = deployment === null ? '' : (await findDeployment(warehouse, deployment)).deployment_id;
  return store(warehouse, ruling, { repo, kind: 'attribution', entity, ruling: cause });
}

async function store(
  warehouse: Warehouse,
  { reason, at, by, secret }: Ruling,
  what: Pick<OverrideRow, 'repo' | 'kind' | 'entity' | 'ruling'>,
): Promise<OverrideRow> {
  const by_key = by === '' ? '' : personKey(secret, gitIdentity(by));
  const row: OverrideRow = { ...what, reason, ruled_at: at, by_key };
  await storeOverride(warehouse, row);
  return row;
}

export function readRulings(warehouse: Warehouse): Promise<OverrideRow[]> {
  return warehouse.readRows(overrides, Object.keys(overrides.columns) as (keyof OverrideRow)[], {
    sql: '1 ORDER BY ruled_at, repo, kind, entity',
  });
}

/**
 * Takes back the ruling on a deployment or an incident.
 *
 * @throws BellwetherError `override-unknown`, `entity-ambiguous`
 */
export async function removeRuling(warehouse: Warehouse, text: string): Promise<OverrideRow> {
  const rows = await readRulings(warehouse);
  const exact = rows.filter(({ entity }) => entity === text);
  const matches =
    exact.length > 0 ? exact : rows.filter(({ entity }) => /[@/]/.test(entity) && endsWith(entity, text));
  const [match, other] = matches;
  if (match === undefined || other !== undefined) {
    throw usageError(
      match === undefined ? 'override-unknown' : 'entity-ambiguous',
      match === undefined
        ? `Nobody ruled on "${text.slice(0, 200)}".`
        : `"${text.slice(0, 200)}" can be several things.`,
      match === undefined
        ? 'bellwether override list'
        : `Say which: ${matches
            .map(({ entity }) => entity)
            .slice(0, 10)
            .join(', ')}`,
    );
  }
  await removeOverride(warehouse, match);
  return match;
}

function endsWith(entity: string, text: string): boolean {
  return ['@', '/', ''].some((sign) => (sign !== '' || text.startsWith('#')) && entity.endsWith(sign + text));
}

/** Whether figures rest on a deployment: a ruling on one that does not count changes nothing, and should say so. */
export async function isCounted(warehouse: Warehouse, deploymentId: string): Promise<boolean> {
  const rows = await warehouse.readRows(deploymentOutcomes, ['deployment_id'], {
    sql: 'deployment_id = {id:String}',
    params: { id: deploymentId },
  });
  return rows.length > 0;
}
