import type { Config } from '@bellwether/core';
import { serviceNamer } from '../../git/service-name.ts';
import { environmentKinds, type EnvironmentKind } from './environment-kind.ts';
import { type NameReading, readEnvironmentName } from './environment-name.ts';

/** Which service went where. */
export interface DeploymentTarget {
  readonly service: string;
  readonly environment: string;
  readonly kind: EnvironmentKind;
}

/** What a deployment says about its target. */
export interface TargetClues {
  /** Name of the environment at GitHub. */
  readonly environment: string;
  /** `deploy:<service>` names a service. */
  readonly task: string;
  /** `service` of its payload. */
  readonly payloadService: string | null;
}

/**
 * Reads targets by the configuration of one repository. The service is the one in the environment's name, else the
 * payload's, else the task's, else the repository's own; each as the catalogue calls it.
 */
export function targetReader(repo: string, config: Config): (clues: TargetClues) => DeploymentTarget {
  const serviceOf = serviceNamer(repo, config);
  const names = new Set(
    config.services
      .filter((service) => service.repo === repo)
      .flatMap(({ name, releases }) => [name, ...releases]),
  );
  const reading: NameReading = {
    templates: config.deployments.names,
    kindOf: environmentKinds(config),
    isService: (name) => names.has(name),
  };
  return ({ environment, task, payloadService }) => {
    const name = readEnvironmentName(environment, reading);
    const service = serviceOf(name.service ?? payloadService ?? taskService(task));
    return { service, environment: name.environment, kind: name.kind };
  };
}

function taskService(task: string): string | null {
  return /^deploy:(.+)$/.exec(task)?.[1]?.trim() || null;
}
