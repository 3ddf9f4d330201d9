import { type Config, nameMatcher } from '@bellwether/core';
import type { DeploymentRow } from '@bellwether/warehouse';

export type EnvironmentKind = DeploymentRow['environment_kind'];

/** `pre-prod` and `nonprod` hold `prod`, so production comes last. */
const order = ['staging', 'testing', 'development', 'production'] as const;

/** What kind an environment is, by `deployments.environments`: the first kind that matches, else `other`. */
export function environmentKinds(config: Pick<Config, 'deployments'>): (name: string) => EnvironmentKind {
  const matchers = order.map((kind) => ({
    kind,
    matches: nameMatcher(config.deployments.environments[kind]),
  }));
  return (name) => matchers.find(({ matches }) => matches(name))?.kind ?? 'other';
}
