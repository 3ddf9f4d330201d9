import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A package.json, as far as the tools look into it.
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string[]} [workspaces]
 * @property {Record<string, unknown>} [exports]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/**
 * One package of this repository.
 * @typedef {object} Workspace
 * @property {string} folder relative to the root, with forward slashes: `packages/core`
 * @property {Manifest} manifest
 */

/**
 * Every workspace that the root package.json names, sorted by folder. Plain JavaScript,
 * because `npm test` and the lint configuration need it before anything is built or transpiled.
 *
 * @param {string} root folder of the root package.json
 * @returns {Workspace[]}
 */
export function readWorkspaces(root) {
  const { workspaces = [] } = readManifest(root);
  return workspaces
    .flatMap((pattern) => expand(root, pattern))
    .filter((folder) => existsSync(path.join(root, folder, 'package.json')))
    .sort()
    .map((folder) => ({ folder, manifest: readManifest(path.join(root, folder)) }));
}

/**
 * @param {string} folder
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return /** @type {Manifest} */ (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
}

/**
 * npm allows any glob; this repository uses `folder` and `folder/*`, and anything else is refused
 * rather than silently left out.
 *
 * @param {string} root
 * @param {string} pattern
 * @returns {string[]}
 */
function expand(root, pattern) {
  if (!pattern.includes('*')) return [pattern];
  const parent = pattern.replace(/\/\*$/, '');
  if (parent.includes('*')) throw new Error(`Workspace pattern ${pattern} is not of the form folder/*`);
  if (!existsSync(path.join(root, parent))) return [];
  return readdirSync(path.join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`);
}
