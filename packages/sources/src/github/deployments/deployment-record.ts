import { z } from 'zod';
import type { Deployment, DeploymentStatus } from './api-schema.ts';

const DeploymentStatusRecord = z.object({
  state: z.enum(['ERROR', 'FAILURE', 'INACTIVE', 'IN_PROGRESS', 'PENDING', 'QUEUED', 'SUCCESS', 'WAITING']),
  at: z.number(),
});

/**
 * What is kept of a deployment. Its payload is anybody's and may hold anything, so only what is made use of leaves it;
 * who created it is not asked for.
 */
export const DeploymentRecord = z.object({
  id: z.string(),
  databaseId: z.number().nullable(),
  sha: z.string(),
  createdAt: z.number(),
  environment: z.string(),
  task: z.string(),
  ref: z.string(),
  payloadService: z.string().nullable(),
  isPayloadUnplanned: z.boolean(),
  /** Oldest first. */
  statuses: z.array(DeploymentStatusRecord),
});
export type DeploymentRecord = z.infer<typeof DeploymentRecord>;

/**
 * Prunes a deployment.
 *
 * The environment is the one it was created for: a later status can name another, and would make the same deployment
 * look different depending on when it was read.
 *
 * @param statuses all of them, newest first as GitHub lists them
 */
export function pruneDeployment(
  deployment: Deployment,
  statuses: readonly DeploymentStatus[],
): DeploymentRecord {
  const payload = readPayload(deployment.payload);
  return {
    id: deployment.id,
    databaseId: deployment.databaseId,
    sha: deployment.commitOid,
    createdAt: deployment.createdAt,
    environment: deployment.originalEnvironment ?? deployment.environment ?? '',
    task: (deployment.task ?? '').slice(0, TEXT_LIMIT),
    ref: deployment.ref?.name ?? '',
    payloadService: payload.service,
    isPayloadUnplanned: payload.isUnplanned,
    statuses: statuses.map(({ state, createdAt }) => ({ state, at: createdAt })).reverse(),
  };
}

const TEXT_LIMIT = 200;

interface Payload {
  readonly service: string | null;
  readonly isUnplanned: boolean;
}

/** `{"service": "api", "rollback": true}`; some tools write the JSON text once more as text. */
function readPayload(text: string | null): Payload {
  const value = parsed(parsed(text));
  if (typeof value !== 'object' || value === null) return { service: null, isUnplanned: false };
  const { service, rollback, hotfix } = value as Readonly<Record<string, unknown>>;
  return {
    service:
      typeof service === 'string' && service.trim() !== '' ? service.trim().slice(0, TEXT_LIMIT) : null,
    isUnplanned: rollback === true || hotfix === true,
  };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
