import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest } from '../workspaces/workspaces.js';

/**
 * Where a package stands. Plain JavaScript, because the lint configuration imports this file and
 * Node 20 cannot load TypeScript.
 *
 * @typedef {object} Layer
 * @property {string} folder relative to the root
 * @property {readonly string[]} imports which of our packages it may import, besides itself
 * @property {boolean} [isTool] tests and other tools may import it, and nobody else
 */

const root = fileURLToPath(new URL('../../../..', import.meta.url));

const storage = ['core', 'lineage', 'warehouse'];
const features = ['dashboards', 'sources', 'derive', 'metrics', 'review-rules'];
const everythingButApps = [
  ...storage,
  ...features,
  'simulator',
  'repo-tools',
  'eslint-plugin',
  'eslint-config',
];

/**
 * Dependencies point one way (docs/architecture.md). This is the only place that says which way: the lint
 * rule `repository/import-directions` and the test of every package.json both read it.
 *
 * The key is the package's name without its scope.
 *
 * @type {Readonly<Record<string, Layer>>}
 */
export const layers = {
  core: { folder: 'packages/core', imports: [] },

  lineage: { folder: 'packages/lineage', imports: ['core'] },
  warehouse: { folder: 'packages/warehouse', imports: ['core'] },

  sources: { folder: 'packages/sources', imports: storage },
  derive: { folder: 'packages/derive', imports: storage },
  metrics: { folder: 'packages/metrics', imports: storage },
  'review-rules': { folder: 'packages/review-rules', imports: storage },
  // Panels are made from metric definitions.
  dashboards: { folder: 'dashboards', imports: [...storage, 'metrics'] },

  // `bellwether simulate github` starts the simulator and `bellwether serve` the server; both are loaded only then.
  cli: { folder: 'apps/cli', imports: [...storage, ...features, 'simulator', 'server'] },
  server: { folder: 'apps/server', imports: [...storage, ...features] },
  preview: { folder: 'apps/preview', imports: [...storage, ...features] },
  'review-bot': { folder: 'apps/review-bot', imports: [...storage, ...features] },

  // Others install these two without the rest of Bellwether.
  'eslint-plugin': { folder: 'packages/eslint-plugin', imports: [] },
  'eslint-config': { folder: 'packages/eslint-config', imports: [] },

  simulator: { folder: 'packages/simulator', imports: everythingButApps, isTool: true },
  'repo-tools': { folder: 'packages/repo-tools', imports: everythingButApps, isTool: true },
  benchmarks: { folder: 'benchmarks', imports: everythingButApps, isTool: true },
};

/** Packages of others that only one of ours may know: everything else reaches them through it. */
export const ownedPackages = /** @type {const} */ ([
  {
    pattern: /^(@clickhouse\/|@chdb\/|chdb(\/|$))/,
    owner: 'warehouse',
    names: '@clickhouse/client and chdb',
  },
]);

/** What only tests use: they may import tools, and the `/testing` entry of a package. */
const testCode =
  /(\.(test|spec|bench|soak)\.[cm]?[jt]sx?$)|(^|\/)(test|testing|fixtures)\/|(^|\/)(contract-tests|testing)\.ts$/;

/**
 * @param {string} file absolute path
 * @returns {string | null} the key of `layers`, or null for a file of no package, such as eslint.config.js
 */
export function packageOfFile(file) {
  const relative = path.relative(root, file).split(path.sep).join('/');
  const found = Object.entries(layers).find(([, { folder }]) => relative.startsWith(`${folder}/`));
  if (found) return found[0];
  return /^(?:apps|packages)\/([^/]+)\//.exec(relative)?.[1] ?? null;
}

/** @param {string} file absolute path */
export function isTestCode(file) {
  return testCode.test(path.relative(root, file).split(path.sep).join('/'));
}

/**
 * The entries that a package offers beside its main one: `./testing` for `@bellwether/lineage`.
 *
 * @param {string} name key of `layers`
 * @returns {readonly string[]} empty where the package does not exist yet
 */
export function declaredEntries(name) {
  const folder = path.join(root, layers[name]?.folder ?? '');
  if (!existsSync(path.join(folder, 'package.json'))) return [];
  return Object.keys(readManifest(folder).exports ?? {});
}
