/**
 * What the generator did, in the terms of DORA. How each of it is counted stands in the package's readme. Mutations
 * leave it as it was.
 */
export interface Truth {
  readonly deployments: TrueDeployment[];
  /** One entry per change and service that a successful production deployment first carried. */
  readonly deliveries: TrueDelivery[];
  /** The same for commits that were pushed to the default branch without a pull request. */
  readonly directDeliveries: TrueDirectDelivery[];
  /** Repository name → how it announces its deployments. */
  readonly signals: Map<string, DeploymentSignal>;
}

export type DeploymentSignal = 'deployment' | 'workflow' | 'release' | 'tag';

/** A successful deployment to production. */
export interface TrueDeployment {
  readonly repository: string;
  readonly service: string;
  readonly environment: string;
  /** The deployment's node id; the tag's or release's name where the repository announces by those. */
  readonly id: string;
  readonly commitSha: string;
  readonly finishedAt: number;
  /** The first of its service: what it carried counts for nothing. */
  readonly isFirst: boolean;
  /** It broke production. */
  readonly failure: {
    readonly cause: 'incident' | 'rollback' | 'hotfix' | 'revert';
    /** Incident issue number, where there is one. */
    readonly incidentNumber: number | null;
    readonly failedAt: number;
    /** Null: not recovered yet. */
    readonly recoveredAt: number | null;
  } | null;
  /** Unplanned work that an incident or failure caused: a rollback, a hotfix or a revert. */
  readonly isRework: boolean;
}

export interface TrueDelivery {
  readonly repository: string;
  readonly number: number;
  readonly service: string;
  readonly deploymentId: string;
  readonly firstAuthoredAt: number;
  readonly deployedAt: number;
}

export interface TrueDirectDelivery extends Omit<TrueDelivery, 'number'> {
  readonly sha: string;
}
