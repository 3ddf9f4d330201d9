import type { World } from '@bellwether/simulator';

/** The configuration that somebody who knows the organisation would write: its catalogue, and how it deploys. */
export function demoConfig(world: World, url: string): string {
  const host = new URL(url).hostname;
  const { login } = world.organisation;
  const services = [...world.repositories.values()].flatMap((repository) =>
    repository.services.length < 2
      ? []
      : repository.services.map(({ name, path }) => ({
          name,
          repo: `${host}/${login}/${repository.name}`,
          paths: [`${path}/**`],
        })),
  );
  // JSON is YAML.
  return JSON.stringify({
    github: { url, organisations: [login] },
    deployments: {
      names: ['{service}-{environment}', '{environment}'],
      workflows: ['Deploy {service}', 'Deploy'],
    },
    incidents: { windowHours: 72 },
    services,
  });
}
