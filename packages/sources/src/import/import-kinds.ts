import { buildImport } from './builds.ts';
import { deploymentImport } from './deployments.ts';
import type { ImportKind, ImportKindName } from './import-kind.ts';
import { incidentImport } from './incidents.ts';

/** Everything that can be imported, by the word of `bellwether import <word> <file>`. */
export const importKinds: Readonly<Record<ImportKindName, ImportKind>> = {
  deployments: deploymentImport,
  incidents: incidentImport,
  builds: buildImport,
};
