import type { MetricDefinition } from '@bellwether/metrics';
import { describeChange } from './describe-change.ts';
import { describeDeployment } from './describe-deployment.ts';
import { describeIncident } from './describe-incident.ts';
import { describeOpenPullRequest, describePullRequest } from './describe-pull-request.ts';
import type { Entity } from './load-entity.ts';

/**
 * Everything that figures take from one thing, with the names of what is behind and before it.
 *
 * @param metric what is being explained; null: everything
 */
export function describeEntity(entity: Entity, metric: MetricDefinition | null): string[] {
  switch (entity.kind) {
    case 'deployment':
      return describeDeployment(entity.outcome, entity.brought, entity.rulings, entity.incidents);
    case 'incident':
      return describeIncident(entity.incident, entity.cause, entity.rulings);
    case 'pull_request':
      return describeOpenPullRequest(entity.pull, entity.reviews);
    case 'change': {
      const { change, pull, reviews, deployments, outcomes } = entity;
      return [
        ...describeChange(change, deployments),
        ...(pull === null ? [] : ['', ...describePullRequest(pull, reviews)]),
        // A metric of deployments speaks of those that carried the change.
        ...(metric === null || isOfDeployments(metric)
          ? outcomes.flatMap((each) => ['', ...describeDeployment(each, [])])
          : []),
      ];
    }
  }
}

function isOfDeployments({ drillDown }: MetricDefinition): boolean {
  return drillDown[0] === 'deployment_id';
}
