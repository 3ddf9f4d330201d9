/**
 * A place where an addition is one new folder. What the folder must hold, and which list of them is
 * generated from the folder names, stands here and nowhere else.
 */
export interface Registry {
  /** As in `npm run new <kind> <name>`. */
  kind: string;
  /** Parent of the folders, relative to the root. Skipped while it does not exist. */
  folder: string;
  /** The file that the registry imports from each folder. */
  marker: string;
  /** What the marker file exports. A folder whose marker does not is something else, such as an engine. */
  exportName: string;
  /** Files by which a folder is known for one of these even so; then a missing export is a mistake. */
  tellTales: readonly string[];
  /** What each folder holds: a file, a `folder/`, or a name with `*` in it. */
  holds: readonly string[];
  /** The generated file, relative to the root, and the name of the list that it exports. */
  output: string;
  listName: string;
}

export const registries: readonly Registry[] = [
  {
    kind: 'source',
    folder: 'packages/sources/src',
    marker: 'index.ts',
    exportName: 'source',
    tellTales: ['mapper.ts', 'api-schema.ts'],
    // A source that reads a program, such as git, has no client, schema or fixtures of an API.
    holds: ['index.ts', 'mapper.ts', 'streams/', 'readme.md', '*.contract.test.ts'],
    output: 'packages/sources/src/registry.ts',
    listName: 'sources',
  },
  {
    kind: 'metric',
    folder: 'packages/metrics/src',
    marker: 'metric.ts',
    exportName: 'metric',
    tellTales: ['metric.ts', 'view.sql', 'metric.test.ts'],
    holds: ['metric.ts', 'view.sql', 'metric.test.ts', 'readme.md'],
    output: 'packages/metrics/src/registry.ts',
    listName: 'metrics',
  },
  {
    kind: 'dashboard',
    folder: 'dashboards/src',
    marker: 'dashboard.ts',
    exportName: 'dashboard',
    tellTales: ['dashboard.ts'],
    holds: ['dashboard.ts', 'readme.md'],
    output: 'dashboards/src/registry.ts',
    listName: 'dashboards',
  },
];
