import type { Workspace } from '../workspaces/workspaces.js';
import { layers, ownedPackages } from './layers.js';

const scope = '@bellwether/';

/**
 * What the package.json files say that `layers` does not allow, in words. The lint rule watches what is imported;
 * this watches what is declared, which decides the order of builds.
 */
export function manifestFindings(workspaces: readonly Workspace[]): string[] {
  return [...workspaces.flatMap(findingsOf), ...cycles(workspaces)];
}

function findingsOf({ folder, manifest }: Workspace): string[] {
  const name = manifest.name.replace(scope, '');
  const layer = layers[name];
  if (layer?.folder !== folder || !manifest.name.startsWith(scope)) {
    return [
      `${folder}: ${manifest.name} with this folder is not in packages/repo-tools/src/architecture/layers.js`,
    ];
  }
  const { dependencies = {}, devDependencies = {}, peerDependencies = {} } = manifest;
  const shipped = Object.keys({ ...dependencies, ...peerDependencies });
  const all = [...shipped, ...Object.keys(devDependencies)];
  return [
    ...oursAmong(all)
      .filter(
        (to) =>
          !layer.imports.includes(to) && !(layers[to]?.isTool === true && !shipped.includes(scope + to)),
      )
      .filter((to) => !(layer.isTool === true && layers[to]?.isTool === true))
      .map((to) => `${folder}: depends on ${scope}${to}, and may not`),
    ...all.flatMap((dependency) =>
      ownedPackages
        .filter(({ owner, pattern }) => owner !== name && pattern.test(dependency))
        .map(({ owner }) => `${folder}: depends on ${dependency}, which is ${scope}${owner}'s alone`),
    ),
  ];
}

function oursAmong(dependencies: readonly string[]): string[] {
  return dependencies
    .filter((dependency) => dependency.startsWith(scope))
    .map((name) => name.slice(scope.length));
}

/** Turbo builds nothing when packages wait for each other, and development dependencies count for it. */
function cycles(workspaces: readonly Workspace[]): string[] {
  const wants = new Map(
    workspaces.map(({ manifest }) => [
      manifest.name.slice(scope.length),
      oursAmong(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })),
    ]),
  );
  const isCyclic = (start: string): boolean => {
    const seen = new Set<string>();
    const open = [...(wants.get(start) ?? [])];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === start) return true;
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(...(wants.get(name) ?? []));
    }
    return false;
  };
  const circle = [...wants.keys()].filter(isCyclic);
  return circle.length === 0 ? [] : [`these depend on each other in a circle: ${circle.join(', ')}`];
}
